// Who is asking, as far as limits are concerned: an IPv4 address, or the /64 of an IPv6 address.
#pragma once

#include "base/error.hpp"
#include "server/exchange.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace immunobot::server {

struct ClientAddress {
    std::array<std::uint8_t, 16> bytes{};  // IPv4 as ::ffff:a.b.c.d

    friend auto operator<=>(ClientAddress const&, ClientAddress const&) = default;

    // The part that one client cannot choose freely.
    ClientAddress limited() const;
};

// "192.0.2.1", "2001:db8::1", "[2001:db8::1]:443" or "192.0.2.1:443"; nothing for other text.
std::optional<ClientAddress> parse_address(std::string_view text);

ClientAddress address_of(sockaddr const& peer);

// "192.0.2.1", "2001:db8::1"
std::string to_string(ClientAddress const& address);

// The proxies in front of us, whose X-Forwarded-For is believed.
class TrustedProxies {
public:
    static Result<TrustedProxies> create(std::vector<std::string> const& addresses);

    // `peer`, or when that is a trusted proxy the rightmost address of X-Forwarded-For that is not one.
    ClientAddress client(ClientAddress const& peer, Request const& request) const;

    bool trusts(ClientAddress const& address) const;

private:
    std::vector<ClientAddress> addresses_;
};

}  // namespace immunobot::server
