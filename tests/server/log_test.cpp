#include "running.hpp"

#include <catch2/catch.hpp>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

using namespace immunobot::server;

TEST_CASE("the log has a line for each request and none of its words", "[server]")
{
    std::ostringstream lines;
    auto const before = spdlog::default_logger();
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::ostream_sink_mt>(lines)));
    auto options = quiet_options();
    options.access_log = true;
    options.channels["generic"].set("secret", {"canary-secret"});
    {
        Running running(options);
        running.ask(post("/api/v1/ask", R"({"question":"canary-question","conversation":"canary-conversation"})"));
        running.ask(post("/api/v1/ask", R"({"question":7,"canary-key":1})"));
        running.ask(get("/canary-path?canary=1", "Cookie: canary\r\nAuthorization: Bearer canary\r\nOrigin: https://canary.test\r\n"));
        running.ask(get("/api/v1/facts?q=canary", "X-Forwarded-For: 192.0.2.77\r\n"));
        running.ask(post("/api/v1/feedback", R"({"reply":"canary","helpful":true,"reason":"canary"})"));
        running.ask(post("/webhooks/generic", R"({"text":"canary"})", "Authorization: Bearer canary-secret\r\n"));
        // Turned away before its body: the line must not tell of the answer before.
        running.ask("POST /api/v1/ask HTTP/1.1\r\nHost: a\r\nContent-Type: text/canary\r\nContent-Length: 6\r\n\r\ncanary");
        running.ask("canary canary canary\r\n\r\n");
    }
    spdlog::set_default_logger(before);
    auto const text = lines.str();
    INFO(text);
    CHECK(std::count(text.begin(), text.end(), '\n') == 8);
    for (auto const* hidden : {"canary", "127.0.0.1", "192.0.2.77", "example"})
        CHECK(text.find(hidden) == std::string::npos);
    CHECK(text.find("answered method=POST route=ask status=200 us=") != std::string::npos);
    CHECK(text.find("result=answered lang=en") != std::string::npos);
    CHECK(text.find("served method=POST route=ask status=415 us=") != std::string::npos);
    CHECK(text.find("refused status=400 reason=bad-request") != std::string::npos);
}
