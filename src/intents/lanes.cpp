#include "intents/lanes.hpp"

#include <algorithm>
#include <cstring>

namespace immunobot::intents {
namespace {

using Lane = float __attribute__((vector_size(lane_width * sizeof(float))));

[[gnu::always_inline]] inline void load(Lane& lane, float const* from)
{
    std::memcpy(&lane, from, sizeof lane);
}

[[gnu::always_inline]] inline void store(float* to, Lane const& lane)
{
    std::memcpy(to, &lane, sizeof lane);
}

// `width` lanes of the sum at a time, so that they stay in registers.
template <int width>
[[gnu::always_inline]] inline void add_rows_part(float* out, float const* matrix, std::uint32_t stride,
                                                 std::span<Weighted const> cells)
{
    Lane sums[width];
    for (int i = 0; i < width; ++i)
        load(sums[i], out + i * int{lane_width});
    for (auto const& cell : cells) {
        float const* const row = matrix + std::size_t{cell.feature} * stride;
        for (int i = 0; i < width; ++i) {
            Lane lane;
            load(lane, row + i * int{lane_width});
            sums[i] += cell.value * lane;
        }
    }
    for (int i = 0; i < width; ++i)
        store(out + i * int{lane_width}, sums[i]);
}

[[gnu::always_inline]] inline void add_rows_any(float* out, float const* matrix, std::uint32_t stride,
                                                std::span<Weighted const> cells)
{
    constexpr std::uint32_t wide = 4;
    std::uint32_t at = 0;
    for (; at + wide * lane_width <= stride; at += wide * lane_width)
        add_rows_part<wide>(out + at, matrix + at, stride, cells);
    for (; at < stride; at += lane_width)
        add_rows_part<1>(out + at, matrix + at, stride, cells);
}

// One lane of all rows, if it has a step at all: late in training most have none.
[[gnu::always_inline]] inline void add_to_rows_any(float* matrix, std::uint32_t stride,
                                                   std::span<Weighted const> cells, float const* steps)
{
    for (std::uint32_t at = 0; at < stride; at += lane_width) {
        if (std::all_of(steps + at, steps + at + lane_width, [](float step) { return step == 0; }))
            continue;
        Lane step;
        load(step, steps + at);
        for (auto const& cell : cells) {
            float* const row = matrix + std::size_t{cell.feature} * stride + at;
            Lane lane;
            load(lane, row);
            lane += cell.value * step;
            store(row, lane);
        }
    }
}

[[gnu::always_inline]] inline float step_apart_any(float const* margins, float* duals, float* steps, std::uint32_t stride, float length, float slack)
{
    Lane const zero{};
    Lane worst{};
    for (std::uint32_t at = 0; at < stride; at += lane_width) {
        Lane margin, dual;
        load(margin, margins + at);
        load(dual, duals + at);
        Lane const slope = -margin - 1.0f + slack * dual;
        Lane const violation = dual <= zero ? (slope < zero ? slope : zero) : slope;
        Lane const moved = dual - slope / (length + slack);
        Lane const next = moved < zero ? zero : moved;
        store(steps + at, dual - next);
        store(duals + at, next);
        Lane const size = violation < zero ? -violation : violation;
        worst = worst < size ? size : worst;
    }
    float out = 0;
    for (std::uint32_t i = 0; i < lane_width; ++i)
        out = std::max(out, worst[i]);
    return out;
}

// Rows lie far apart: each is asked for while those before it are added.
[[gnu::always_inline]] inline void fetch(std::int8_t const* row, std::size_t length)
{
    constexpr std::size_t line = 64;
    for (std::size_t at = 0; at < length; at += line)
        __builtin_prefetch(row + at);
}

[[gnu::always_inline]] inline void add_byte_rows_any(float* __restrict out, std::int8_t const* __restrict matrix, std::size_t stride,
                                                     std::span<Weighted const> cells, float scale)
{
    constexpr std::size_t ahead = 8;
    for (std::size_t i = 0; i < std::min(ahead, cells.size()); ++i)
        fetch(matrix + cells.data()[i].feature * stride, stride);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i + ahead < cells.size())
            fetch(matrix + cells.data()[i + ahead].feature * stride, stride);
        float const value = cells.data()[i].value * scale;
        std::int8_t const* const row = matrix + cells.data()[i].feature * stride;
        for (std::size_t k = 0; k < stride; ++k)
            out[k] += value * static_cast<float>(row[k]);
    }
}

// In this order, whatever the width of the registers.
[[gnu::always_inline]] inline float sum_of(Lane const& lane)
{
    return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

// `count` rows side by side, so that none has to wait for its own sums.
template <int count>
[[gnu::always_inline]] inline void dot_rows_part(float* out, float const* matrix, float const* with, std::size_t length)
{
    Lane sums[count] = {};
    for (std::size_t d = 0; d < length; d += lane_width) {
        Lane right;
        load(right, with + d);
        for (int i = 0; i < count; ++i) {
            Lane left;
            load(left, matrix + static_cast<std::size_t>(i) * length + d);
            sums[i] += left * right;
        }
    }
    for (int i = 0; i < count; ++i)
        out[i] = sum_of(sums[i]);
}

[[gnu::always_inline]] inline void dot_rows_any(float* out, float const* matrix, std::size_t rows, float const* with, std::size_t length)
{
    constexpr int wide = 4;
    std::size_t row = 0;
    for (; row + wide <= rows; row += wide)
        dot_rows_part<wide>(out + row, matrix + row * length, with, length);
    for (; row < rows; ++row)
        dot_rows_part<1>(out + row, matrix + row * length, with, length);
}

#if defined(__x86_64__)
bool has_wide_registers()
{
    static bool const has = __builtin_cpu_supports("avx2") != 0;
    return has;
}

[[gnu::target("avx2")]] void add_rows_wide(float* out, float const* matrix, std::uint32_t stride,
                                           std::span<Weighted const> cells)
{
    add_rows_any(out, matrix, stride, cells);
}

[[gnu::target("avx2")]] void add_to_rows_wide(float* matrix, std::uint32_t stride, std::span<Weighted const> cells,
                                              float const* steps)
{
    add_to_rows_any(matrix, stride, cells, steps);
}

[[gnu::target("avx2")]] float step_apart_wide(float const* margins, float* duals, float* steps, std::uint32_t stride, float length, float slack)
{
    return step_apart_any(margins, duals, steps, stride, length, slack);
}

[[gnu::target("avx2")]] void add_byte_rows_wide(float* out, std::int8_t const* matrix, std::size_t stride, std::span<Weighted const> cells, float scale)
{
    add_byte_rows_any(out, matrix, stride, cells, scale);
}

[[gnu::target("avx2")]] void dot_rows_wide(float* out, float const* matrix, std::size_t rows, float const* with, std::size_t length)
{
    dot_rows_any(out, matrix, rows, with, length);
}
#endif

}  // namespace

void add_rows(float* out, float const* matrix, std::uint32_t stride, std::span<Weighted const> cells)
{
#if defined(__x86_64__)
    if (has_wide_registers())
        return add_rows_wide(out, matrix, stride, cells);
#endif
    add_rows_any(out, matrix, stride, cells);
}

void add_to_rows(float* matrix, std::uint32_t stride, std::span<Weighted const> cells, float const* steps)
{
#if defined(__x86_64__)
    if (has_wide_registers())
        return add_to_rows_wide(matrix, stride, cells, steps);
#endif
    add_to_rows_any(matrix, stride, cells, steps);
}

float step_apart(float const* margins, float* duals, float* steps, std::uint32_t stride, float length, float slack)
{
#if defined(__x86_64__)
    if (has_wide_registers())
        return step_apart_wide(margins, duals, steps, stride, length, slack);
#endif
    return step_apart_any(margins, duals, steps, stride, length, slack);
}

void add_byte_rows(float* out, std::int8_t const* matrix, std::size_t stride, std::span<Weighted const> cells, float scale)
{
#if defined(__x86_64__)
    if (has_wide_registers())
        return add_byte_rows_wide(out, matrix, stride, cells, scale);
#endif
    add_byte_rows_any(out, matrix, stride, cells, scale);
}

void dot_rows(float* out, float const* matrix, std::size_t rows, float const* with, std::size_t length)
{
#if defined(__x86_64__)
    if (has_wide_registers())
        return dot_rows_wide(out, matrix, rows, with, length);
#endif
    dot_rows_any(out, matrix, rows, with, length);
}

}  // namespace immunobot::intents
