// JSON as channels read and write it: see text/strict_json.hpp.
#pragma once

#include "text/quoted.hpp"
#include "text/strict_json.hpp"

namespace immunobot::channels {

using text::JsonFault;
using text::JsonLimits;
using text::parse_strict;

// What platforms send is theirs to shape.
inline constexpr JsonLimits platform_json{128, 256};

// What is written.
using text::append_quoted;

}  // namespace immunobot::channels
