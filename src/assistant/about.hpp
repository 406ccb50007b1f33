// Fixed replies that the FAQ shows too: who answers, what it can answer.
#pragma once

#include "intents/intent.hpp"
#include "knowledge/model.hpp"

#include <vector>

namespace immunobot::assistant {

// In the order of the intents. They have an id, one question and one answer in each language, and no source.
std::vector<knowledge::FaqEntry> about_entries(std::vector<intents::Intent> const& intents);

}  // namespace immunobot::assistant
