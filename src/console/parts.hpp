// Parts that several pages have.
#pragma once

#include "console/page.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace immunobot::console {

// Rows of answers with what copies them; `id` of the list for the script.
void put_rows(Html& html, Page const& page, std::vector<staff::Found> const& found);

// What the bot would say to `question`, and why.
void put_bot_says(Html& html, Page const& page, std::string_view question, bool whole);

// Both texts side by side, as visitors see them.
void put_texts(Html& html, Page const& page, knowledge::Answer const& answer);

// Word by word.
void put_difference(Html& html, Page const& page, std::string_view before, std::string_view after);

// Every field that differs.
void put_changes(Html& html, Page const& page, knowledge::Answer const& before, knowledge::Answer const& after);

// The same for any row of the history, whose versions are JSON; empty: it was not there.
void put_row_changes(Html& html, Page const& page, std::string_view before, std::string_view after);

// The name of a field or column.
std::string const& field_name(Page const& page, std::string_view name);

// What asking all stored questions again has shown.
void put_regression(Html& html, Page const& page, staff::Regression const& regression);

// "valid until", "to be looked at again": what a reader has to know; nothing when all is well.
void put_warnings(Html& html, Page const& page, std::string_view valid_to, std::string_view review_by);

}  // namespace immunobot::console
