// How words, numbers and dates look in print. Pure.
#pragma once

#include "base/language.hpp"

#include <string>
#include <string_view>

namespace immunobot::pages {

// The apostrophe inside of a word is the printed one, " - " a dash. In French, the blanks before ? ! : ; and inside of quotation
// marks, and between the thousands of a number, do not break. For texts to be read, not for addresses or what is sent back.
std::string typeset(std::string_view text, Language language);

}  // namespace immunobot::pages
