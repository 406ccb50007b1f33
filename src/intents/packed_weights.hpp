// Weights that were learned, in a quarter of the room: a byte each, of one scale for all. What the rounding moves in a
// margin is far below what parts two classes.
//
// Immutable once made; any number of threads may read.
#pragma once

#include "base/kept.hpp"
#include "intents/svm.hpp"
#include "intents/vocabulary.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace immunobot::intents {

class PackedWeights {
public:
    PackedWeights() = default;
    explicit PackedWeights(LinearWeights const& weights);

    std::uint32_t classes() const { return static_cast<std::uint32_t>(bias_.size()); }
    // The margin of each class for a text, bias included, into out[0..classes()).
    void margins(std::span<Weighted const> cells, std::vector<float>& out) const;
    // The largest weight of a feature, in bytes.
    int heaviest(std::uint32_t feature) const;
    // Leaves only these features, numbered anew in this order.
    void keep(std::span<std::uint32_t const> features);

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(scale_, bias_, bytes_);
    }

private:
    std::int8_t const* row(std::uint32_t feature) const { return bytes_.data() + std::size_t{feature} * bias_.size(); }

    float scale_ = 0;
    std::vector<float> bias_;
    Kept<std::int8_t> bytes_;   // a row of one per class for each feature
};

}  // namespace immunobot::intents
