// The Explanation of a reply: what was read, what decided, what lost and why.
#pragma once

#include "assistant/answering.hpp"

namespace immunobot::assistant {

std::unique_ptr<Explanation> explain(std::string_view text, Decision const& decision, Snapshot const& snapshot);

}  // namespace immunobot::assistant
