// The words of the pages, in both languages: web/pages/texts.csv and web/console/console.csv, compiled into the program. What the pages tell of
// the cluster comes from the knowledge; only what stands around it is here.
#pragma once

#include "base/language.hpp"
#include "text/spoken.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace immunobot::pages {

using Holes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// The text of `key`; the key itself when there is none (a test looks for that). Any thread.
std::string const& say(std::string_view key, Language language);

// With each "{name}" replaced.
std::string say(std::string_view key, Language language, Holes holes);

// "1 fact", "12 facts": the text of `key`.one or `key`.many, with {n}.
std::string count(std::string_view key, std::size_t n, Language language);

using text::spoken_date;

// A number with its thousands parted.
std::string spoken_number(std::size_t n, Language language);

bool has_text(std::string_view key);
std::vector<std::string_view> text_keys();

}  // namespace immunobot::pages
