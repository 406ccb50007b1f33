// How the words of the knowledge (kinds of entities, properties) are grouped and named on the pages.
#pragma once

#include "base/language.hpp"

#include <span>
#include <string>
#include <string_view>

namespace immunobot::pages {

struct TopicKinds {
    std::string_view id;
    std::string_view kinds;  // blanks between them
    bool holds(std::string_view kind) const;
};

// In the order of the pages. Every kind is in one of them; one that is new goes to the last.
std::span<TopicKinds const> topic_kinds();

std::span<std::string_view const> theme_ids();
// A property that is new goes to the first.
std::string_view theme_of(std::string_view property);

// "Headcount"; the word itself for one that has no name.
std::string property_name(std::string_view property, Language language);
std::string kind_name(std::string_view kind, Language language);

}  // namespace immunobot::pages
