// The FAQ: what is known, as questions. A first page with the most frequent ones and the topics, and a page for each
// topic, in sections by entity. Each question and each fact has an anchor, its id.
#pragma once

#include "pages/layout.hpp"

#include <string>
#include <string_view>

namespace immunobot::pages {

inline constexpr std::size_t longest_search = 200;  // characters

std::string faq_page(View const& view);
std::string topic_page(View const& view, Topic const& topic);

// The questions that hold these words. Search engines are told not to keep it.
std::string faq_results(View const& view, std::string_view words);

// The script that the search box loads when somebody types: all questions with their addresses.
std::string faq_index(View const& view);

}  // namespace immunobot::pages
