// What browsers are told of every page of the staff's console, whoever asks and whatever comes of it.
#include "staff_world.hpp"

#include "console/routes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace immunobot;
using namespace immunobot::server;

namespace {

std::string path_with_id(console::Route const& route)
{
    std::string path(route.path);
    if (auto const at = path.find("{id}"); at != std::string::npos)
        path.replace(at, 4, "1");
    return path;
}

void check_headers(Answer const& answer)
{
    CHECK(answer.field("content-security-policy") == console::policy);
    CHECK(answer.field("x-content-type-options") == "nosniff");
    CHECK(answer.field("cache-control") == "no-store");
    CHECK(answer.field("referrer-policy") == "no-referrer");
    CHECK(answer.field("cross-origin-opener-policy") == "same-origin");
    CHECK(answer.body.find(" style=") == std::string::npos);
    CHECK(answer.body.find("<script>") == std::string::npos);
    CHECK(answer.body.find(" onclick=") == std::string::npos);
}

}  // namespace

TEST_CASE("the policy of the console lets nothing run that is not ours, and nobody frame it", "[server]")
{
    std::string const policy(console::policy);
    for (auto const* part : {"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"})
        CHECK(policy.find(part) != std::string::npos);
    for (auto const* part : {"unsafe", "*", "http:", "https:", "data:", "blob:"})
        CHECK(policy.find(part) == std::string::npos);
}

TEST_CASE("every route of the console has its headers, for nobody and for every role", "[server]")
{
    StaffWorld world;
    world.start({});
    std::vector<std::string> cookies = {""};
    for (auto const role : {staff::Role::viewer, staff::Role::admin}) {
        auto const in = world.desk->accounts.vouched(std::string(staff::name(role)) + "@example.org", "127.0.0.1").value().value();
        cookies.push_back("Cookie: immunobot-session=" + in.secret + "\r\n");
    }
    std::size_t seen = 0;
    for (auto const& route : console::routes()) {
        auto const path = path_with_id(route);
        if (path == "/console/sign-out")
            continue;
        for (auto const& cookie : cookies) {
            INFO((route.post ? "POST " : "GET ") << path << ' ' << cookie);
            auto const answer = route.post ? world.ask(post(path, "token=guess", cookie + "Origin: http://localhost\r\n", "application/x-www-form-urlencoded")) : world.ask(get(path, cookie));
            CHECK(answer.status != 500);
            check_headers(answer);
            ++seen;
        }
    }
    CHECK(seen > 200);
    check_headers(world.ask(get("/console/nothing")));
}
