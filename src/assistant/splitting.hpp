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

// A part without the "and" or "et" that joins it to the next.
std::string_view without_join(std::string_view part);

// A message cut in two: two wishes of one question, or two words of one wish, which only the answers can tell.
struct Wishes {
    std::vector<std::string_view> parts;   // two
    bool names_again = false;              // both name the same: "FOO acronym and FOO address"
    bool differ = false;                   // their keywords are of different intents
};

// "FOO: year of foundation, founders, headcount": three wishes or more, which are the keywords of different intents. Nothing if
// they are not.
std::vector<std::string_view> split_list(std::string_view text, Analysis const& whole);

// At an "and", "+" and the like before a word of substance or a name, with a wish on either side: the ways to cut, the last
// first, no more than a few.
std::vector<Wishes> split_wishes(std::string_view text, Analysis const& whole);

}  // namespace immunobot::assistant
