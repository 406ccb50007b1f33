#include "running.hpp"

#include <catch2/catch.hpp>

#include <thread>

using namespace immunobot::server;
using std::chrono::milliseconds;

namespace {

ServerOptions short_deadlines()
{
    auto options = quiet_options();
    options.deadlines.header = options.deadlines.body = milliseconds(300);
    options.deadlines.idle = milliseconds(200);
    options.deadlines.answer = milliseconds(300);
    options.deadlines.drain = milliseconds(100);
    return options;
}

}  // namespace

TEST_CASE("an unfinished request is answered 408 and closed", "[server]")
{
    Running running(short_deadlines());
    std::string const begun[] = {
        "G",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: ",
        "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"q",
        "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n32\r\n{",
    };
    for (auto const& bytes : begun) {
        Client client(running.port());
        auto const begin = std::chrono::steady_clock::now();
        REQUIRE(client.send(bytes));
        CHECK(client.receive(milliseconds(2000)).status == 408);
        CHECK(std::chrono::steady_clock::now() - begin >= milliseconds(290));
        CHECK(client.is_closed(milliseconds(1000)));
    }
    CHECK(running.services.questions == 0);
}

TEST_CASE("dripping bytes do not extend a deadline", "[server]")
{
    Running running(short_deadlines());
    Client client(running.port());
    REQUIRE(client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n"));
    int sent = 0;
    while (sent < 40 && client.send("X-A: b\r\n")) {
        ++sent;
        std::this_thread::sleep_for(milliseconds(30));
    }
    CHECK(sent < 30);
}

TEST_CASE("silence ends a connection without an answer", "[server]")
{
    Running running(short_deadlines());
    Client silent(running.port());
    CHECK(silent.receive(milliseconds(1000)).status == 0);
    CHECK(silent.is_closed(milliseconds(1000)));
    Client idle(running.port());
    REQUIRE(idle.ask(get("/healthz")).status == 200);
    CHECK(idle.receive(milliseconds(1000)).status == 0);
    CHECK(idle.is_closed(milliseconds(1000)));
}

TEST_CASE("a client that does not read is dropped", "[server]")
{
    Running running(short_deadlines());
    Client client(running.port());
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += get("/openapi.json");
    std::thread sender([&] { client.send(many); });
    std::this_thread::sleep_for(milliseconds(1200));
    CHECK(running.ask(get("/metrics")).body.find("immunobot_connections_open 1\n") != std::string::npos);
    sender.join();
}

TEST_CASE("a refusal reaches a client that is still sending", "[server]")
{
    Running running;
    Client client(running.port());
    std::string const request = post("/api/v1/ask", std::string(4'000'000, 'a'));
    std::thread sender([&] { client.send(request); });
    CHECK(client.receive().status == 413);
    sender.join();
}

TEST_CASE("100 Continue is sent only for a body that is wanted", "[server]")
{
    Running running;
    std::string const head = "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    Client wanted(running.port());
    REQUIRE(wanted.send(head + "Content-Length: 20\r\nExpect: 100-continue\r\n\r\n"));
    CHECK(wanted.receive().status == 100);
    CHECK(wanted.ask(R"({"question":"hello"})").status == 200);

    Client too_large(running.port());
    CHECK(too_large.ask(head + "Content-Length: 99999\r\nExpect: 100-continue\r\n\r\n").status == 413);
    Client elsewhere(running.port());
    CHECK(elsewhere.ask(post("/nowhere", "{}", "Expect: 100-continue\r\n")).status == 404);
    Client odd(running.port());
    CHECK(odd.ask(post("/api/v1/ask", "{}", "Expect: 200-maybe\r\n")).status == 417);
}

TEST_CASE("a half-closed connection still gets its answer", "[server]")
{
    Running running;
    Client client(running.port());
    REQUIRE(client.send(post("/api/v1/ask", R"({"question":"hello"})")));
    client.half_close();
    CHECK(client.receive().status == 200);
    CHECK(client.is_closed());
}
