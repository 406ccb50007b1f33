// Secrets of sessions, links and tokens: 256 bits from the system's generator. What is stored is a digest. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace immunobot::staff {

// 43 letters, digits, '-' and '_'.
std::string new_secret();

std::string digest_of(std::string_view secret);

// In a time that does not tell where they differ.
bool same_secret(std::string_view one, std::string_view other);

}  // namespace immunobot::staff
