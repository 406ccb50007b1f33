#include "server/web_address.hpp"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace immunobot::server {
namespace {

constexpr std::size_t longest_url = 4096;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_host_letter(char c)
{
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '.' || c == '_';
}

// Numbers as resolvers read them ("0x7f.1", "2130706433", "0177.0.0.1") are not names; only the usual form of IPv4 is let in.
bool is_usual_host(std::string_view host)
{
    if (host.empty() || host.size() > 253 || host.front() == '.' || host.back() == '.' || !std::ranges::all_of(host, is_host_letter))
        return false;
    if (host.find("..") != std::string_view::npos)
        return false;
    auto const last = host.substr(host.rfind('.') + 1);   // all of it where there is no dot
    bool const number = is_digit(last.front());
    in_addr address{};
    return !number || inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

// Takes the host off the front of `rest`.
std::optional<std::string> take_host(std::string_view& rest)
{
    if (!rest.starts_with('[')) {
        auto host = lower(rest.substr(0, rest.find_first_of(":/?")));
        rest.remove_prefix(host.size());
        return is_usual_host(host) ? std::optional(std::move(host)) : std::nullopt;
    }
    auto const end = rest.find(']');
    if (end == std::string_view::npos)
        return std::nullopt;
    std::string host(rest.substr(1, end - 1));
    rest.remove_prefix(end + 1);
    in6_addr address{};
    char usual[INET6_ADDRSTRLEN];
    if (inet_pton(AF_INET6, host.c_str(), &address) != 1 || !inet_ntop(AF_INET6, &address, usual, sizeof usual))
        return std::nullopt;
    return usual;
}

bool take_port(std::string_view& rest, std::uint16_t& port)
{
    if (!rest.starts_with(':'))
        return true;
    rest.remove_prefix(1);
    auto const digits = rest.substr(0, rest.find_first_of("/?"));
    auto const [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    rest.remove_prefix(digits.size());
    return !digits.empty() && failed == std::errc() && end == digits.data() + digits.size() && port > 0;
}

}  // namespace

std::string WebAddress::authority() const
{
    std::string out = host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (port != (secure ? 443 : 80))
        out += ":" + std::to_string(port);
    return out;
}

std::optional<WebAddress> parse_web_address(std::string_view url)
{
    bool const printable = std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>'; });
    if (url.size() > longest_url || !printable || url.find('#') != std::string_view::npos)
        return std::nullopt;
    WebAddress address;
    auto const colon = url.find("://");
    auto const scheme = lower(url.substr(0, colon));
    if (colon == std::string_view::npos || (scheme != "https" && scheme != "http"))
        return std::nullopt;
    address.secure = scheme == "https";
    address.port = address.secure ? 443 : 80;
    auto rest = url.substr(scheme.size() + 3);
    if (rest.substr(0, rest.find_first_of("/?")).find('@') != std::string_view::npos)
        return std::nullopt;
    auto host = take_host(rest);
    if (!host || !take_port(rest, address.port) || (!rest.empty() && rest.front() != '/' && rest.front() != '?'))
        return std::nullopt;
    address.host = std::move(*host);
    address.target = rest.starts_with('/') ? std::string(rest) : "/" + std::string(rest);
    return address;
}

std::string joined(std::string_view base, std::string_view target)
{
    while (base.ends_with('/'))
        base.remove_suffix(1);
    while (target.starts_with('/'))
        target.remove_prefix(1);
    return std::string(base).append("/").append(target);
}

bool is_listed(WebAddress const& url, std::span<std::string const> allowed)
{
    for (std::string_view const item : allowed) {
        if (item.find("://") != std::string_view::npos) {
            auto const origin = parse_web_address(item);
            if (origin && origin->same_origin(url))
                return true;
        } else if (url.secure && url.port == 443 && !item.empty()) {
            auto const name = lower(item);
            if (url.host == name || (name.starts_with('.') && url.host.size() > name.size() && url.host.ends_with(name)))
                return true;
        }
    }
    return false;
}

}  // namespace immunobot::server
