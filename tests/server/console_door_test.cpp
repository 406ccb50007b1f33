// What of a request goes to the desk.
#include "server/console_door.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::server;

namespace {

constexpr char const* proxy_secret = "0123456789abcdef0123456789abcdef";

struct Door {
    Door()
    {
        options.staff_proxy_header = "x-remote-email";
        options.staff_proxy_secret = proxy_secret;
    }
    console::Request through(ClientAddress const& peer, std::vector<channels::Header> headers)
    {
        Request request;
        request.path = "/console";
        request.headers = std::move(headers);
        return for_console(request, peer, proxies, options);
    }
    ServerOptions options;
    TrustedProxies proxies = TrustedProxies::create({"127.0.0.1"}).value();
    ClientAddress const proxy = *parse_address("127.0.0.1");
};

}  // namespace

TEST_CASE("a proxy vouches for one person, with the secret, once", "[server]")
{
    Door door;
    CHECK(door.through(door.proxy, {{"X-Immunobot-Proxy-Secret", proxy_secret}, {"X-Remote-Email", "ada@example.org"}}).vouched == "ada@example.org");
    CHECK(door.through(*parse_address("192.0.2.1"), {{"X-Immunobot-Proxy-Secret", proxy_secret}, {"X-Remote-Email", "ada@example.org"}}).vouched.empty());
    CHECK(door.through(door.proxy, {{"X-Immunobot-Proxy-Secret", "guess"}, {"X-Remote-Email", "ada@example.org"}}).vouched.empty());
    CHECK(door.through(door.proxy, {{"X-Remote-Email", "ada@example.org"}}).vouched.empty());
    CHECK(door.through(door.proxy, {{"X-Immunobot-Proxy-Secret", proxy_secret}, {"x-remote-email", "admin@example.org"}, {"X-Remote-Email", "ada@example.org"}}).vouched.empty());
    CHECK(door.through(door.proxy, {{"X-Immunobot-Proxy-Secret", proxy_secret}, {"X-Immunobot-Proxy-Secret", "guess"}, {"X-Remote-Email", "ada@example.org"}}).vouched.empty());
}

TEST_CASE("who tries passwords is known by what they cannot choose freely", "[server]")
{
    Door door;
    auto const one = door.through(*parse_address("2001:db8:1:2::1"), {}).address;
    CHECK(one == door.through(*parse_address("2001:db8:1:2:ffff::9"), {}).address);
    CHECK(one != door.through(*parse_address("2001:db8:1:3::1"), {}).address);
    CHECK(door.through(*parse_address("192.0.2.7"), {}).address == "192.0.2.7");
}
