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
    // What becomes of a name that occurs twice: the form fails, or the name has no value.
    enum class Repeated : bool { refused, unread };

    // Fails with Errc::bad_request for bad escapes, text that is not UTF-8, or more than `most` fields; the messages are fit
    // for the sender.
    static Result<Form> parse(std::string_view text, std::size_t most = 64, Repeated repeated = Repeated::refused);

    // The value of `name`; empty if it is absent. Lives as long as the Form.
    std::string_view text(std::string_view name) const&;
    std::string_view text(std::string_view name) && = delete;
    bool has(std::string_view name) const;

private:
    void blank(std::string_view name);

    std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace immunobot::channels
