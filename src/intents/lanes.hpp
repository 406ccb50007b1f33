// The loops that training and asking spend their time in: sums of rows of floats, several classes at a time.
//
// Uses the wide registers of the machine where it has them; the sums are made in the same order and rounded the same way
// everywhere, so the result has the same bits.
#pragma once

#include "intents/vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace immunobot::intents {

constexpr std::uint32_t lane_width = 8;  // rows are padded to a multiple of this many floats

// out[0..stride) += the sum over `cells` of value * matrix[feature * stride ...].
void add_rows(float* out, float const* matrix, std::uint32_t stride, std::span<Weighted const> cells);

// matrix[feature * stride ...] += value * steps[0..stride), for each of `cells` (no feature twice).
void add_to_rows(float* matrix, std::uint32_t stride, std::span<Weighted const> cells, float const* steps);

// One step of dual coordinate descent for `stride` classes of which none is that of the row: the duals move, `steps` is
// what the weights are to be moved by, and the largest violation of the optimum comes back.
float step_apart(float const* margins, float* duals, float* steps, std::uint32_t stride, float length, float slack);

// out[0..stride) += the sum over `cells` of value * scale * matrix[feature * stride ...]; any stride.
void add_byte_rows(float* out, std::int8_t const* matrix, std::size_t stride, std::span<Weighted const> cells, float scale);

// out[row] = the product of each of `rows` rows of `matrix` and `with`; `length`, a multiple of lane_width, is that of all.
void dot_rows(float* out, float const* matrix, std::size_t rows, float const* with, std::size_t length);

}  // namespace immunobot::intents
