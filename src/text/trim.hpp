// A text without the blanks around it.
#pragma once

#include <string_view>

namespace immunobot::text {

inline std::string_view trimmed(std::string_view text, std::string_view blanks = " \t\r\n")
{
    auto const first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// Of a part of an HTTP field: what RFC 9110 calls optional white space.
inline std::string_view trimmed_field(std::string_view text)
{
    return trimmed(text, " \t");
}

}  // namespace immunobot::text
