// Which web pages may use the service from a browser. Any thread once made.
#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace immunobot::server {

class AllowedOrigins {
public:
    // Each is scheme://host[:port] in lower case, http or https. Fails with Errc::bad_option for anything
    // else, "*" and "null" included: a wildcard would let every page on the web in.
    static Result<AllowedOrigins> create(std::vector<std::string> origins);

    bool allows(std::string_view origin) const;
    // Each with `separator` before it.
    std::string joined(std::string_view separator) const;
    bool empty() const { return origins_.empty(); }

private:
    std::vector<std::string> origins_;
};

}  // namespace immunobot::server
