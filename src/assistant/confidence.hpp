// How sure it is that the best fact answers the question: the probability that decides between answer, choice and
// silence.
//
// Boosted trees (confidence_trees.hpp) over what speaks for the best fact, how far the next one is behind, and how much of the question
// nothing in the knowledge has to do with. Fitted by bench/learn_ranking on questions that the index has not seen, and on
// questions that the knowledge cannot answer.
#pragma once

#include "assistant/ranking.hpp"

#include <array>
#include <vector>

namespace immunobot::assistant {

inline constexpr std::size_t confidence_terms = evidences + 57;
inline constexpr std::size_t embedding_terms = 3;   // the last of them

// What the trees read of `ranked[0]` (which must be there): its evidence, then the rest.
std::array<float, confidence_terms> confidence_input(Snapshot const& snapshot, Analysis const& analysis, std::vector<RankedFact> const& ranked);

// 0..1; 0 when nothing was found.
float confidence(Snapshot const& snapshot, Analysis const& analysis, std::vector<RankedFact> const& ranked);

}  // namespace immunobot::assistant
