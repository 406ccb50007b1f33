// application/x-www-form-urlencoded and the escapes of RFC 3986, as bytes. Pure; any thread.
#pragma once

#include "base/error.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace immunobot::text {

// Escapes all that RFC 3986 does not call unreserved: for a part of a path or a value of a form.
std::string percent_encoded(std::string_view text);

// "%41" as "A"; '+' stays. Nothing for a broken escape or what is not UTF-8 then.
std::optional<std::string> percent_decoded(std::string_view text);

// Calls `take` with the name and the value of each field in turn, both decoded, until it fails. Errc::bad_request for what
// cannot be decoded; the message is fit for the sender.
Result<> each_form_field(std::string_view text, std::function<Result<>(std::string name, std::string value)> const& take);

}  // namespace immunobot::text
