#include "running.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::server;

TEST_CASE("the widget is served in the best coding, each with its own tag", "[server]")
{
    Running running;
    auto const& widget = *assets::find("widget.js");
    auto const plain = running.ask(get("/widget.js"));
    CHECK(plain.status == 200);
    CHECK(plain.body == widget.plain);
    CHECK(plain.field("content-type") == "text/javascript; charset=utf-8");
    CHECK(plain.field("content-encoding").empty());
    CHECK(plain.field("vary") == "Accept-Encoding");
    CHECK(plain.field("access-control-allow-origin") == "*");
    CHECK(plain.field("cross-origin-resource-policy") == "cross-origin");
    auto const gzip = running.ask(get("/widget.js", "Accept-Encoding: gzip\r\n"));
    CHECK(gzip.field("content-encoding") == "gzip");
    CHECK(gzip.body == widget.gzip);
    auto const brotli = running.ask(get("/widget.js", "Accept-Encoding: gzip, br\r\n"));
    CHECK(brotli.field("content-encoding") == "br");
    CHECK(brotli.body == widget.brotli);
    CHECK(brotli.field("etag") != gzip.field("etag"));
    CHECK(plain.field("etag") != gzip.field("etag"));
}

TEST_CASE("what the client has is not sent again", "[server]")
{
    Running running;
    for (auto const* coding : {"", "Accept-Encoding: br\r\n"}) {
        auto const first = running.ask(get("/widget.js", coding));
        Client client(running.port());
        auto const again = client.ask(get("/widget.js", coding + ("If-None-Match: " + first.field("etag") + "\r\n")));
        CHECK(again.status == 304);
        CHECK(again.body.empty());
        CHECK(again.field("etag") == first.field("etag"));
        CHECK(again.field("content-length").empty());
        CHECK(client.ask(get("/healthz")).status == 200);
    }
    CHECK(running.ask(get("/widget.js", "If-None-Match: \"old\"\r\n")).status == 200);
}

TEST_CASE("a name with a hash is for ever, a name without one for a while, a wrong hash for nobody", "[server]")
{
    Running running;
    auto const pinned = assets::hashed_name(*assets::find("widget.js"));
    CHECK(running.ask(get("/widget.js")).field("cache-control").starts_with("public, max-age=300"));
    CHECK(running.ask(get("/assets/widget.js")).field("cache-control").starts_with("public, max-age=300"));
    for (auto const& path : {"/" + pinned, "/assets/" + pinned}) {
        auto const answer = running.ask(get(path));
        INFO(path);
        CHECK(answer.status == 200);
        CHECK(answer.field("cache-control") == "public, max-age=31536000, immutable");
    }
    for (auto const* path : {"/widget.0123456789abcdef.js", "/assets/widget.0123456789abcdef.js", "/assets/nothing.js", "/assets/widget",
                             "/assets/.", "/assets/..js", "/assets/..%2fwidget.js"}) {
        INFO(path);
        CHECK(running.ask(get(path)).status == 404);
    }
}
