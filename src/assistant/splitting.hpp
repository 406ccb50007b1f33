// Cuts a message into the questions it asks.
#pragma once

#include "assistant/analysis.hpp"

#include <string_view>
#include <vector>

namespace immunobot::assistant {

// At sentence ends, and before a question word after a comma or "and"; a part that asks nothing stays with the next.
// `whole` is the analysis of `text`. At least one part.
std::vector<std::string_view> split_questions(std::string_view text, Analysis const& whole);

// Whether only a comma or a colon is between them: what is told first, then what is asked of it, rather than two questions.
bool hangs_on(std::string_view before, std::string_view part);

// At the last "and", "+" and the like before a word of substance: two wishes of one question, or two words of one wish, which
// only the answers can tell. One part or two.
std::vector<std::string_view> split_wishes(std::string_view text, Analysis const& whole);

}  // namespace immunobot::assistant
