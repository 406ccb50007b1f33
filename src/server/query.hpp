// The parameters of a query string, decoded, and numbers among them.
#pragma once

#include "channels/form.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace immunobot::server {

// What one part of a path means: %41 is an 'A'. Nothing for a broken escape or what is not UTF-8 without control characters.
std::optional<std::string> path_part(std::string_view text);

class Query {
public:
    // Fails as channels::Form does; at most 32 parameters.
    static Result<Query> parse(std::string_view text);

    // The value of `name`; empty if it is absent. Lives as long as the Query.
    std::string_view text(std::string_view name) const& { return form_.text(name); }
    std::string_view text(std::string_view name) && = delete;

    // The number `name`, or `otherwise` if it is absent; fails outside of [least, most].
    Result<std::size_t> number(std::string_view name, std::size_t otherwise, std::size_t least, std::size_t most) const;

private:
    channels::Form form_;
};

}  // namespace immunobot::server
