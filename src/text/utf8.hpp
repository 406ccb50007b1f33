// UTF-8 at the edge: validity, code points, counting. Pure; no locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace immunobot::text {

// True if `text` is well-formed UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF).
bool is_valid_utf8(std::string_view text);

// Bytes of the well-formed character that begins at `at`; 0 if there is none.
std::size_t character_size(std::string_view text, std::size_t at);

// The text with each bad byte, and each NUL, as U+FFFD.
std::string replace_bad(std::string_view text);

// The code point that begins at `at`, which moves behind it. A bad byte gives U+FFFD and moves by one.
char32_t next_code_point(std::string_view text, std::size_t& at);

void append_code_point(std::string& out, char32_t code);

// Number of code points. Bytes that are not UTF-8 count as one each.
std::size_t length(std::string_view text);

// The first `count` code points of `text`.
std::string_view prefix(std::string_view text, std::size_t count);

// `text` in Unicode NFC; nothing if it is not valid UTF-8.
std::optional<std::string> to_nfc(std::string_view text);

}  // namespace immunobot::text
