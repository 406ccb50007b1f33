// How many requests one client may send in a minute, and who counts as one client.
#include "refusal.hpp"
#include "running.hpp"

#include <catch2/catch.hpp>

using namespace immunobot::server;

TEST_CASE("the rate limit holds per client and spares health", "[server]")
{
    auto options = quiet_options(2);
    options.rate_per_minute = 5;
    options.trusted_proxies = {"127.0.0.1"};
    Running running(options);
    auto const ask = [&](std::string const& fields, std::string const& from = "127.0.0.2") {
        (void)from;
        return running.ask(post("/api/v1/ask", R"({"question":"hello"})", fields));
    };
    for (int i = 0; i < 5; ++i)
        CHECK(ask("X-Forwarded-For: 192.0.2.1\r\n").status == 200);
    auto const limited = ask("X-Forwarded-For: 192.0.2.1\r\n");
    CHECK(limited.status == 429);
    CHECK(std::stoi(limited.field("retry-after")) >= 1);
    CHECK(std::stoi(limited.field("retry-after")) <= 12);
    check_problem(limited);
    // Only the rightmost address, the one the proxy saw, counts.
    CHECK(ask("X-Forwarded-For: 198.51.100.7, 192.0.2.1\r\n").status == 429);
    CHECK(ask("X-Forwarded-For: 192.0.2.1, 198.51.100.7\r\n").status == 200);
    CHECK(ask("X-Forwarded-For: 192.0.2.1, 127.0.0.1\r\n").status == 429);
    CHECK(ask("X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 127.0.0.1\r\n").status == 429);
    for (int i = 0; i < 20; ++i)
        CHECK(running.ask(get("/healthz", "X-Forwarded-For: 192.0.2.1\r\n")).status == 200);
}

TEST_CASE("a forged address does not escape the rate limit", "[server]")
{
    auto options = quiet_options();
    options.rate_per_minute = 3;
    Running running(options);
    int limited = 0;
    for (int i = 0; i < 10; ++i)
        limited += running.ask(get("/", "X-Forwarded-For: 192.0.2." + std::to_string(i) + "\r\n")).status == 429;
    CHECK(limited == 7);
}

TEST_CASE("transcripts count for the rate limit", "[server]")
{
    auto options = quiet_options();
    options.rate_per_minute = 2;
    Running running(options);
    CHECK(running.ask(get("/api/v1/conversations/mi-fhu")).status == 200);
    CHECK(running.ask(get("/api/v1/conversations/mi-fhu")).status == 200);
    CHECK(running.ask(get("/api/v1/conversations/mi-fhu")).status == 429);
    CHECK(running.ask(get("/api/v1/conversations/mi-fhu", "", "DELETE")).status == 429);
    CHECK(running.services.looked_up == 2);
}
