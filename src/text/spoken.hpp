// Dates as people of a language say them. Pure.
#pragma once

#include "base/language.hpp"

#include <string>
#include <string_view>

namespace immunobot::text {

// "3 May 2026", "May 2026", "2026" of 2026-05-03 and so on; other text as it is.
std::string spoken_date(std::string_view date, Language language);

}  // namespace immunobot::text
