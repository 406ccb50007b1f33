#include "server/client_address.hpp"

#include "server/head_rules.hpp"
#include "text/trim.hpp"

#include <algorithm>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace immunobot::server {
namespace {

bool is_mapped(ClientAddress const& address)
{
    constexpr std::array<std::uint8_t, 12> prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return std::equal(prefix.begin(), prefix.end(), address.bytes.begin());
}

ClientAddress mapped(in_addr const& address)
{
    ClientAddress result;
    result.bytes[10] = result.bytes[11] = 0xff;
    std::memcpy(result.bytes.data() + 12, &address, 4);
    return result;
}

std::string_view without_port(std::string_view text)
{
    if (text.starts_with('['))
        return text.substr(1, std::min(text.find(']'), text.size()) - 1);
    if (std::count(text.begin(), text.end(), ':') == 1)
        return text.substr(0, text.find(':'));
    return text;
}

}  // namespace

ClientAddress ClientAddress::limited() const
{
    ClientAddress result = *this;
    if (!is_mapped(result))
        std::fill(result.bytes.begin() + 8, result.bytes.end(), std::uint8_t{0});
    return result;
}

std::optional<ClientAddress> parse_address(std::string_view text)
{
    std::string const plain(without_port(text));
    in_addr four{};
    if (inet_pton(AF_INET, plain.c_str(), &four) == 1)
        return mapped(four);
    ClientAddress six;
    if (inet_pton(AF_INET6, plain.c_str(), six.bytes.data()) == 1)
        return six;
    return std::nullopt;
}

ClientAddress address_of(sockaddr const& peer)
{
    ClientAddress result;
    if (peer.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &peer, sizeof four);
        return mapped(four.sin_addr);
    }
    if (peer.sa_family == AF_INET6) {
        sockaddr_in6 six{};
        std::memcpy(&six, &peer, sizeof six);
        std::memcpy(result.bytes.data(), &six.sin6_addr, 16);
    }
    return result;
}

std::string to_string(ClientAddress const& address)
{
    char text[INET6_ADDRSTRLEN] = {};
    bool const four = is_mapped(address);
    inet_ntop(four ? AF_INET : AF_INET6, address.bytes.data() + (four ? 12 : 0), text, sizeof text);
    return text;
}

Result<TrustedProxies> TrustedProxies::create(std::vector<std::string> const& addresses)
{
    TrustedProxies proxies;
    for (auto const& text : addresses) {
        auto const address = parse_address(text);
        if (!address)
            return Error{Errc::bad_option, "trusted proxy \"" + text + "\" is not an IP address"};
        proxies.addresses_.push_back(*address);
    }
    return proxies;
}

bool TrustedProxies::trusts(ClientAddress const& address) const
{
    return std::find(addresses_.begin(), addresses_.end(), address) != addresses_.end();
}

ClientAddress TrustedProxies::client(ClientAddress const& peer, Request const& request) const
{
    if (!trusts(peer))
        return peer;
    auto nearest = peer;
    for (auto header = request.headers.rbegin(); header != request.headers.rend(); ++header) {
        if (!same_letters(header->name, "x-forwarded-for"))
            continue;
        auto rest = header->value;
        while (true) {
            auto const comma = rest.rfind(',');
            auto const one = parse_address(text::trimmed_field(comma == std::string_view::npos ? rest : rest.substr(comma + 1)));
            if (!one)
                return nearest;
            nearest = *one;
            if (!trusts(nearest))
                return nearest;
            if (comma == std::string_view::npos)
                break;
            rest = rest.substr(0, comma);
        }
    }
    return nearest;
}

}  // namespace immunobot::server
