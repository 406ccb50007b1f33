// What Excel and other programs of Windows write where nobody asks them for UTF-8. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace immunobot::text {

// As UTF-8; nothing for bytes that stand for no letter there, of which text has none.
std::optional<std::string> from_windows_1252(std::string_view bytes);

}  // namespace immunobot::text
