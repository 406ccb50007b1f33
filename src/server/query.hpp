// The parameters of a query string, decoded.
#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <optional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace immunobot::server {

// What one part of a path means: %41 is an 'A'. Nothing for a broken escape or what is not UTF-8 without control characters.
std::optional<std::string> path_part(std::string_view text);

class Query {
public:
    // Fails with Errc::bad_request for bad escapes, text that is not UTF-8, or a name that occurs twice;
    // the messages are fit for the sender.
    static Result<Query> parse(std::string_view text);

    // The value of `name`; empty if it is absent. Lives as long as the Query.
    std::string_view text(std::string_view name) const&;
    std::string_view text(std::string_view name) && = delete;

    // The number `name`, or `otherwise` if it is absent; fails outside of [least, most].
    Result<std::size_t> number(std::string_view name, std::size_t otherwise, std::size_t least, std::size_t most) const;

private:
    std::vector<std::pair<std::string, std::string>> parameters_;
};

}  // namespace immunobot::server
