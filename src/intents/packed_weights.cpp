#include "intents/packed_weights.hpp"

#include "intents/lanes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace immunobot::intents {
namespace {

constexpr float largest_packed = 127;

}  // namespace

PackedWeights::PackedWeights(LinearWeights const& weights)
{
    float most = 0;
    for (std::uint32_t feature = 0; feature < weights.features; ++feature)
        for (std::uint32_t k = 0; k < weights.classes; ++k)
            most = std::max(most, std::abs(weights.row(feature)[k]));
    scale_ = most / largest_packed;
    if (weights.classes > 0)
        bias_.assign(weights.row(weights.features), weights.row(weights.features) + weights.classes);
    std::vector<std::int8_t> bytes;
    bytes.reserve(std::size_t{weights.features} * weights.classes);
    for (std::uint32_t feature = 0; feature < weights.features; ++feature)
        for (std::uint32_t k = 0; k < weights.classes; ++k)
            bytes.push_back(static_cast<std::int8_t>(scale_ > 0 ? std::lround(weights.row(feature)[k] / scale_) : 0));
    bytes_ = Kept(std::move(bytes));
}

void PackedWeights::margins(std::span<Weighted const> cells, std::vector<float>& out) const
{
    out.assign(bias_.begin(), bias_.end());
    add_byte_rows(out.data(), bytes_.data(), bias_.size(), cells, scale_);
}

int PackedWeights::heaviest(std::uint32_t feature) const
{
    int most = 0;
    for (std::size_t k = 0; k < bias_.size(); ++k)
        most = std::max(most, std::abs(int{row(feature)[k]}));
    return most;
}

void PackedWeights::keep(std::span<std::uint32_t const> features)
{
    std::vector<std::int8_t> kept;
    kept.reserve(features.size() * bias_.size());
    for (std::uint32_t const feature : features)
        kept.insert(kept.end(), row(feature), row(feature) + bias_.size());
    bytes_ = Kept(std::move(kept));
}

}  // namespace immunobot::intents
