// URLs of calls that we make, and whether they may be made. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace immunobot::server {

struct WebAddress {
    bool secure = true;      // https
    std::string host;        // lower case; an IPv6 address without its brackets
    std::uint16_t port = 443;
    std::string target;      // path and query, begins with '/'

    // As it stands in the Host field.
    std::string authority() const;
    bool same_origin(WebAddress const& other) const { return secure == other.secure && host == other.host && port == other.port; }
};

// Fails for anything but http(s)://host[:port][/...] in printable ASCII: no user, no fragment, no blanks, and a host that is
// a name or an address in its usual form.
std::optional<WebAddress> parse_web_address(std::string_view url);

// `base` and `target` with exactly one slash between them.
std::string joined(std::string_view base, std::string_view target);

// Whether a call to `url`, which came from outside, may be made: https at its usual port, and a host of the list. An item of the
// list is a host ("hooks.slack.com"), a domain with all its hosts (".slack.com"), or an origin ("http://127.0.0.1:8090"), which
// allows exactly that.
bool is_listed(WebAddress const& url, std::span<std::string const> allowed);

}  // namespace immunobot::server
