// HMAC-SHA256, base64 and comparison in constant time, for the channels' proofs of origin.
// Pure functions over bytes; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace immunobot::channels {

// The 32 bytes of HMAC-SHA256 of `message` under `key`.
std::string hmac_sha256(std::string_view key, std::string_view message);

std::string to_base64(std::string_view bytes);

// Strict: right alphabet, padded, no white space; nothing otherwise.
std::optional<std::string> from_base64(std::string_view text);

// True if both are equal. The time taken depends on their lengths alone. An empty secret equals nothing.
bool same_secret(std::string_view secret, std::string_view given);

}  // namespace immunobot::channels
