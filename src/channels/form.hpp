// application/x-www-form-urlencoded: the fields of a query string or of a body, decoded. Pure; any thread.
#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace immunobot::channels {

class Form {
public:
    // Fails with Errc::bad_request for bad escapes, text that is not UTF-8, a name that occurs twice, or more than `most`
    // fields; the messages are fit for the sender.
    static Result<Form> parse(std::string_view text, std::size_t most = 64);

    // The value of `name`; empty if it is absent. Lives as long as the Form.
    std::string_view text(std::string_view name) const&;
    std::string_view text(std::string_view name) && = delete;
    bool has(std::string_view name) const;

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

// Escapes all that RFC 3986 does not call unreserved: for a part of a path or a value of a form.
std::string percent_encoded(std::string_view text);

// "%41" as "A"; '+' stays. Nothing for a broken escape or what is not UTF-8 then.
std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace immunobot::channels
