// What the channels' proofs of origin are made of: HMAC-SHA256, Ed25519, base64, hex, time stamps, comparison in
// constant time. Pure functions over bytes; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace immunobot::channels {

// As OpenSSL takes them.
unsigned char const* bytes_of(std::string_view text);

// The 32 bytes of HMAC-SHA256 of `message` under `key`.
std::string hmac_sha256(std::string_view key, std::string_view message);

// The 32 bytes of SHA-256.
std::string sha256(std::string_view message);

// Whether `signature` (64 bytes) is one of `message` by the holder of `public_key` (32 bytes), as RFC 8032 has it: a
// signature whose S is not below the order of the group is refused.
bool ed25519_holds(std::string_view public_key, std::string_view message, std::string_view signature);

std::string to_base64(std::string_view bytes);

// Strict: right alphabet, padded, no white space; nothing otherwise.
std::optional<std::string> from_base64(std::string_view text);

// As JWTs have it: '-' and '_', no padding.
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

// Lower case.
std::string to_hex(std::string_view bytes);
// Either case; nothing unless all of it is pairs of hex digits.
std::optional<std::string> from_hex(std::string_view text);

// True if both are equal. The time taken depends on their lengths alone. An empty secret equals nothing.
bool same_secret(std::string_view secret, std::string_view given);

// A number of 1 to 12 decimal digits and nothing else.
std::optional<std::int64_t> decimal(std::string_view text);

// Whether the time stamp `text` (seconds since 1970) is within `window` seconds of `now`, before or after.
bool is_fresh(std::string_view text, std::int64_t now, std::int64_t window);

}  // namespace immunobot::channels
