// The shape of what bench/learn_ranking fits to tell right answers from wrong ones: trees of three questions each, whose
// values are added up. The trees themselves stand in confidence_trees.inc.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace immunobot::assistant {

inline constexpr std::size_t confidence_leaves = 8;

struct ConfidenceTree {
    // Of node n the children are 2n + 1, for inputs up to most_left, and 2n + 2; beyond the nodes come the leaves.
    std::array<std::uint8_t, confidence_leaves - 1> inputs{};
    std::array<float, confidence_leaves - 1> most_left{};
    std::array<float, confidence_leaves> leaves{};
};

inline float value_of(ConfidenceTree const& tree, std::span<float const> input)
{
    std::size_t node = 0;
    while (node < tree.inputs.size())
        node = 2 * node + (input[tree.inputs[node]] <= tree.most_left[node] ? 1 : 2);
    return tree.leaves[node - tree.inputs.size()];
}

// 0..1; `start` is added to what the trees say.
inline float probability(std::span<ConfidenceTree const> trees, std::span<float const> input, float start = 0)
{
    float sum = start;
    for (auto const& tree : trees)
        sum += value_of(tree, input);
    return 1 / (1 + std::exp(-sum));
}

}  // namespace immunobot::assistant
