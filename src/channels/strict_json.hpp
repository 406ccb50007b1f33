// JSON from outside, read strictly: one document, valid UTF-8, at most 32 levels deep, at most 64 keys
// an object, no key twice, finite numbers only. Any thread; nothing is kept.
#pragma once

#include "base/error.hpp"
#include "text/quoted.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace immunobot::channels {

// The value lives in `memory` (a monotonic resource of the caller, or the default one).
// Fails with Errc::bad_request; the message is fit for the sender and repeats nothing of what was sent.
Result<boost::json::value> parse_strict(std::string_view text, boost::json::storage_ptr memory = {});

// What is written.
using text::append_quoted;

}  // namespace immunobot::channels
