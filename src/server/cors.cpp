#include "server/cors.hpp"

#include "server/head_rules.hpp"

#include <algorithm>

namespace immunobot::server {
namespace {

bool is_origin(std::string_view text)
{
    for (std::string_view const scheme : {"https://", "http://"})
        if (text.starts_with(scheme))
            return is_valid_host(text.substr(scheme.size())) &&
                   std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return false;
}

}  // namespace

Result<AllowedOrigins> AllowedOrigins::create(std::vector<std::string> origins)
{
    for (auto const& origin : origins)
        if (!is_origin(origin))
            return Error{Errc::bad_option, "allowed origin \"" + origin + "\" is not an origin",
                         "write it as https://www.example.org, without a path; '*' and 'null' are not accepted"};
    AllowedOrigins result;
    result.origins_ = std::move(origins);
    return result;
}

std::string AllowedOrigins::joined(std::string_view separator) const
{
    std::string all;
    for (auto const& origin : origins_)
        all.append(separator).append(origin);
    return all;
}

bool AllowedOrigins::allows(std::string_view origin) const
{
    return std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

}  // namespace immunobot::server
