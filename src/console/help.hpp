// Which screens there are to help with: one table, from which every "?" and every page of help follows.
#pragma once

#include <string>
#include <string_view>

namespace immunobot::console {

// The address of the help for the screen of this path; that of the overview, if it has none of its own.
std::string help_address(std::string_view path);

}  // namespace immunobot::console
