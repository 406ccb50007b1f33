// Any bytes as what a platform tells us on the way: an address to answer to or a time to wait.
#include "server/retry_time.hpp"
#include "server/web_address.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void demand(bool holds)
{
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace immunobot::server;
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    if (auto const seconds = seconds_to_wait(bytes, 1'767'605'400))
        demand(*seconds >= 0 && *seconds <= 3600);
    static std::array<std::string, 3> const allowed = {"hooks.slack.com", ".example.org", "http://127.0.0.1:8090"};
    auto const address = parse_web_address(bytes);
    if (!address)
        return 0;
    demand(!address->host.empty() && address->target.starts_with('/') && address->port != 0);
    if (is_listed(*address, allowed))
        demand(address->host == "hooks.slack.com" || address->host.ends_with(".example.org") || address->host == "example.org" || address->host == "127.0.0.1");
    // What was read and is written again is the same address.
    auto const again = parse_web_address((address->secure ? "https://" : "http://") + address->authority() + address->target);
    demand(again && again->same_origin(*address) && again->target == address->target);
    return 0;
}
