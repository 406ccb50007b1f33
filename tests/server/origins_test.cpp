// Pages of other origins: those that are listed may ask and frame, nobody else.
#include "running.hpp"

#include <catch2/catch.hpp>

using namespace immunobot::server;

TEST_CASE("cors lets listed pages in and nobody else", "[server]")
{
    auto options = quiet_options();
    options.allowed_origins = {"https://www.example.org", "http://localhost:3000"};
    Running running(options);
    struct Row { char const* origin; bool allowed; };
    for (auto const row : {Row{"https://www.example.org", true}, Row{"http://localhost:3000", true},
                           Row{"https://www.example.org.evil.test", false}, Row{"http://www.example.org", false},
                           Row{"https://www.example.org:8443", false}, Row{"null", false}, Row{"*", false}}) {
        INFO(row.origin);
        std::string const origin = std::string("Origin: ") + row.origin + "\r\n";
        std::string const expected = row.allowed ? row.origin : "";
        auto const answer = running.ask(post("/api/v1/ask", R"({"question":"hello"})", origin));
        CHECK(answer.status == 200);
        CHECK(answer.field("access-control-allow-origin") == expected);
        CHECK(answer.field("access-control-allow-credentials").empty());
        CHECK(answer.field("vary") == "Origin");

        auto const error = running.ask(post("/api/v1/ask", "{", origin));
        CHECK(error.field("access-control-allow-origin") == expected);

        auto const preflight = running.ask(
            get("/api/v1/ask", origin + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n", "OPTIONS"));
        CHECK(preflight.status == (row.allowed ? 204 : 403));
        CHECK(preflight.field("access-control-allow-origin") == expected);
        CHECK(preflight.field("access-control-allow-methods") == (row.allowed ? "POST, OPTIONS" : ""));
        CHECK(preflight.field("access-control-max-age") == (row.allowed ? "86400" : ""));

        CHECK(running.ask(get("/metrics", origin)).field("access-control-allow-origin").empty());
    }
    CHECK(running.ask(get("/api/v1/ask", "Origin: https://www.example.org\r\nAccess-Control-Request-Method: POST\r\n", "OPTIONS"))
              .field("access-control-allow-headers") ==
          "content-type, authorization, mcp-protocol-version, mcp-method, mcp-name, x-requested-with, x-ms-bot-agent");
}

TEST_CASE("without a list no page is let in", "[server]")
{
    Running running;
    auto const answer = running.ask(post("/api/v1/ask", R"({"question":"hello"})", "Origin: https://www.example.org\r\n"));
    CHECK(answer.status == 200);
    CHECK(answer.field("access-control-allow-origin").empty());
    CHECK(running.ask(get("/api/v1/ask", "Origin: https://a.test\r\nAccess-Control-Request-Method: POST\r\n", "OPTIONS")).status == 403);
}

TEST_CASE("a page of a listed origin may forget a conversation", "[server]")
{
    auto options = quiet_options();
    options.allowed_origins = {"https://www.example.org"};
    Running running(options);
    auto const answer = running.ask(get("/api/v1/conversations/mi-fhu", "Origin: https://www.example.org\r\nAccess-Control-Request-Method: DELETE\r\n", "OPTIONS"));
    CHECK(answer.status == 204);
    CHECK(answer.field("access-control-allow-methods") == "GET, HEAD, DELETE, OPTIONS");
}

TEST_CASE("the page for frames may be framed by listed origins and runs our script alone", "[server]")
{
    auto options = quiet_options();
    options.allowed_origins = {"https://www.example.org"};
    Running running(options);
    auto const answer = running.ask(get("/embed?lang=fr"));
    CHECK(answer.status == 200);
    CHECK(answer.field("content-type") == "text/html; charset=utf-8");
    auto const policy = answer.field("content-security-policy");
    CHECK(policy.starts_with("default-src 'none'; script-src 'self';"));
    CHECK(policy.ends_with("frame-ancestors 'self' https://www.example.org"));
    CHECK(policy.find("unsafe") == std::string::npos);
    CHECK(answer.body.find("<html lang=\"fr\">") != std::string::npos);
    CHECK(answer.body.find("href=\"/ask?lang=fr\"") != std::string::npos);
    CHECK(running.ask(get("/embed?lang=%22%3E%3Cscript%3E")).body.find("<script>") == std::string::npos);
    for (auto const* part : {"embed.css", "widget.js"})
        CHECK(answer.body.find("/assets/" + immunobot::assets::hashed_name(*immunobot::assets::find(part))) != std::string::npos);
}
