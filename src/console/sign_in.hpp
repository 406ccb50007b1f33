// The cookies of the console.
#pragma once

#include <string>
#include <string_view>

namespace immunobot::console {

inline constexpr std::string_view language_cookie = "immunobot-language";

// With https the name alone keeps others from setting it.
std::string_view session_cookie_name(bool https);

// The value of Set-Cookie; an empty secret takes it back.
std::string session_cookie(std::string_view secret, bool https);

}  // namespace immunobot::console
