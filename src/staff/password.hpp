// Passwords: Argon2id with 19 MiB and two passes, which takes about a twentieth of a second. Any thread; not one that
// answers visitors.
#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>

namespace immunobot::staff {

inline constexpr std::size_t shortest_password = 12;    // characters
inline constexpr std::size_t longest_password = 200;

enum class PasswordFault { none, too_short, too_long, common };

// A password of somebody's own making: long enough, not one of those that are tried first, nor the address itself.
PasswordFault fault_of(std::string_view password, std::string_view email);

// Fails with Errc::busy when there is not memory enough.
Result<std::string> hash_password(std::string_view password);

// Against an empty hash (no account, no password yet) it takes as long, and is false.
bool fits(std::string_view hash, std::string_view password);

// Made with less than is asked for today.
bool is_outdated(std::string_view hash);

}  // namespace immunobot::staff
