// data/phrases.csv as it was when the program was built: what is said where the file in use lacks a sentence.
#pragma once

#include <string_view>

namespace immunobot::assistant {

extern std::string_view const shipped_phrases;

}  // namespace immunobot::assistant
