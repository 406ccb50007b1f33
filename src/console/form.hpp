// What a form or the query of an address says. Names may occur more than once.
#pragma once

#include "base/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace immunobot::console {

class Form {
public:
    // application/x-www-form-urlencoded. Fails with Errc::bad_request for bad escapes, bad UTF-8, or more than 300 fields.
    static Result<Form> parse(std::string_view text);

    // multipart/form-data, with the same limits. A file is a field whose bytes are as they were sent, whatever they are.
    static Result<Form> parse_parts(std::string_view content_type, std::string_view body);

    // The first value; empty if there is none. Lives as long as the Form.
    std::string_view text(std::string_view name) const&;
    std::string_view text(std::string_view name) && = delete;
    std::vector<std::string> all(std::string_view name) const;
    // The lines of a text field that are not empty.
    std::vector<std::string> lines(std::string_view name) const;
    // 0 for anything but a number.
    std::int64_t number(std::string_view name) const;
    bool has(std::string_view name) const;
    // All of them, in their order.
    std::vector<std::pair<std::string, std::string>> const& fields() const { return fields_; }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace immunobot::console
