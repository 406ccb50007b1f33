// Text as a JSON string. Pure.
#pragma once

#include <string>
#include <string_view>

namespace immunobot::text {

// Appends `text` as a JSON string with its quotes. Valid UTF-8 goes through unescaped, except for control
// characters and the separators U+2028 and U+2029.
void append_quoted(std::string& out, std::string_view text);

}  // namespace immunobot::text
