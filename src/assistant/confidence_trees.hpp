// The shape of what bench/learn_ranking fits to tell right answers from wrong ones: trees of three questions each, whose
// values are added up. The trees themselves stand in confidence_trees.inc.
#pragma once

#include <array>
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

}  // namespace immunobot::assistant
