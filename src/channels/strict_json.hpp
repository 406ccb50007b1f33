// JSON from outside, read strictly: one document, valid UTF-8, not too deep, not too many keys an object, no key twice,
// finite numbers only. Any thread; nothing is kept.
#pragma once

#include "base/error.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace immunobot::channels {

struct JsonLimits {
    std::size_t depth = 32;
    std::size_t keys = 64;   // an object
};

// What platforms send is theirs to shape.
inline constexpr JsonLimits platform_json{128, 256};

// The value lives in `memory` (a monotonic resource of the caller, or the default one).
// Fails with Errc::bad_request; the message is fit for the sender and repeats nothing of what was sent.
Result<boost::json::value> parse_strict(std::string_view text, boost::json::storage_ptr memory = {},
                                        JsonLimits limits = {});

// Appends `text` as a JSON string with its quotes. Valid UTF-8 goes through unescaped, except for control
// characters and the separators U+2028 and U+2029.
void append_quoted(std::string& out, std::string_view text);

}  // namespace immunobot::channels
