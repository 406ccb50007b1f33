// What is known of each entity, fact by fact, with sources and dates.
#pragma once

#include "pages/layout.hpp"

#include <string>

namespace immunobot::pages {

std::string facts_page(View const& view);
std::string entity_page(View const& view, Entity const& entity);

}  // namespace immunobot::pages
