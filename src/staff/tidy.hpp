// What somebody typed into a field, as it is kept: in normal form C, without carriage returns and the blanks around it. Bad
// UTF-8 is nothing.
#pragma once

#include "text/trim.hpp"
#include "text/utf8.hpp"

#include <string>
#include <string_view>

namespace immunobot::staff {

inline std::string tidy(std::string_view text)
{
    auto out = text::to_nfc(text).value_or(std::string());
    std::erase(out, '\r');
    return std::string(text::trimmed(out));
}

}  // namespace immunobot::staff
