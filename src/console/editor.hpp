// Parts of the page on which an answer is written.
#pragma once

#include "console/page.hpp"

#include <vector>

namespace immunobot::console {

// Both sides of a draft: its ways of asking and its texts, each with what is wrong about it. (editor_fields.cpp)
void put_editor_texts(Html& html, Page const& page, knowledge::Draft const& draft, std::vector<staff::Fault> const& faults);
// Whom it is about, where it comes from, how long it holds and for whom it is; nothing for the ways of asking for a fact, whose row
// has all that. (editor_fields.cpp)
void put_editor_fields(Html& html, Page const& page, knowledge::Draft const& draft, std::vector<staff::Fault> const& faults);

// What is doubtful about both texts while they are written, or that their links are well. (cautions.cpp)
void put_text_hints(Html& html, Page const& page, knowledge::Answer const& answer);
// What only saving would refuse otherwise, of the faults of a text.
void put_mixed_letters(Html& html, Page const& page, std::vector<staff::Fault> const& faults);

// What is known of the wordings and the addresses while they are written: the check before publishing knows it exactly, and takes
// longer. (editor_hints.cpp)
void put_hints(Html& html, Page const& page, knowledge::Answer const& answer);

}  // namespace immunobot::console
