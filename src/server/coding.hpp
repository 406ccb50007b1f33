// Which content coding an answer is sent in, and how its versions are told apart (RFC 9110). Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace immunobot::server {

enum class Coding : std::uint8_t { identity, gzip, brotli };

// "gzip", "br"; empty for identity.
std::string_view name(Coding coding);

// The smallest that the field Accept-Encoding permits; identity if it is absent or cannot be read.
Coding best_coding(std::string_view accept_encoding);

// Whether the field Accept-Encoding permits this coding by name.
bool accepts(std::string_view accept_encoding, Coding coding);

// The strong entity tag of a representation: each coding is another.
std::string entity_tag(std::string_view hash, Coding coding);

// Whether the field If-None-Match names content of this hash in any coding, or is "*".
bool has_tag(std::string_view if_none_match, std::string_view hash);

}  // namespace immunobot::server
