// Answers laid out as HTML: paragraphs, lists, links and strong words, the same wherever an answer is read.
#pragma once

#include "assistant/blocks.hpp"
#include "pages/html.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::pages {

// Where a text leads, as the page writes it; empty: nowhere.
using AddressOf = std::function<std::string(assistant::Run const&)>;

// By its own address alone: for pages that have none for those whom an answer names.
std::string own_address(assistant::Run const& run);

void put_blocks(Html& html, std::vector<assistant::Block> const& blocks, Language language, AddressOf const& address_of = own_address);

void put_text(Html& html, text::Marked const& text, Language language);
// An answer as staff have written it, with its marks.
void put_written(Html& html, std::string_view written, Language language);

}  // namespace immunobot::pages
