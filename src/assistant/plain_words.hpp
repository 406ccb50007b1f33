// Why this answer, in sentences that a visitor understands. Pure.
#pragma once

#include "assistant/answering.hpp"
#include "assistant/reply.hpp"
#include "assistant/wording.hpp"

#include <string>
#include <vector>

namespace immunobot::assistant {

// In the language of the reply; two to five sentences from data/phrases.csv.
std::vector<std::string> plain_words(Reply const& reply, Decision const& decision, Snapshot const& snapshot, Wording const& wording);

}  // namespace immunobot::assistant
