// How likely it is that a follow-up was meant in one of the ways to read it, and is answered by what that way would be
// answered with.
//
// Boosted trees (confidence_trees.hpp) over how sure the answer is, how the reading came about, what the message says itself, and
// what was said before. Fitted by bench/learn_readings on conversations that people wrote.
#pragma once

#include "assistant/answering.hpp"

#include <vector>

namespace immunobot::assistant {

// What the trees read of `trials[which]`; all trials of the message have been made.
std::vector<float> reading_input(Snapshot const& snapshot, Analysis const& message, Conversation const& conversation, std::vector<ReadingTrial> const& trials, std::size_t which);

// 0..1
float reading_confidence(std::vector<float> const& input);

}  // namespace immunobot::assistant
