// What somebody signs in with, in two words that they know it by: "Firefox, Linux". No version and no model: it is to be told from
// others of one's own, not recognised. Pure.
#pragma once

#include <string>
#include <string_view>

namespace immunobot::console {

// Of a User-Agent field, which may be anything; empty if nothing of it is known.
std::string device_of(std::string_view user_agent);

}  // namespace immunobot::console
