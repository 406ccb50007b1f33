// JSON from outside, read strictly: one document, valid UTF-8, not too deep, not too many keys an object, no key twice,
// finite numbers only. Any thread; nothing is kept.
#pragma once

#include "base/error.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace immunobot::text {

struct JsonLimits {
    std::size_t depth = 32;
    std::size_t keys = 64;          // an object
    std::size_t key_bytes = 1024;   // a key
};

// What is wrong with a text that is refused. The first fault counts: what stands behind it is not looked at.
enum class JsonFault : std::uint8_t {
    not_json,
    not_taken   // beyond a limit, a key twice, a number beyond all bounds
};

// The value lives in `memory` (a monotonic resource of the caller, or the default one).
// Fails with Errc::bad_request; the message is fit for the sender and repeats nothing of what was sent. `fault` is set then,
// for callers that answer its kinds differently, and `at` to the byte where it was seen.
Result<boost::json::value> parse_strict(std::string_view text, boost::json::storage_ptr memory = {},
                                        JsonLimits limits = {}, JsonFault* fault = nullptr, std::size_t* at = nullptr);

}  // namespace immunobot::text
