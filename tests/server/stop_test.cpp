#include "running.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>
#include <vector>

using namespace immunobot::server;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

TEST_CASE("a running question is answered before the server stops", "[server]")
{
    Running running;
    Client client(running.port());
    REQUIRE(client.send(post("/api/v1/ask", R"({"question":"slow"})")));
    std::this_thread::sleep_for(milliseconds(50));
    auto const begin = Clock::now();
    running.server->stop();
    CHECK(Clock::now() - begin < std::chrono::seconds(2));
    auto const answer = client.receive();
    CHECK(answer.status == 200);
    CHECK(answer.field("connection") == "close");
    CHECK_FALSE(Client(running.port()).is_open());
}

TEST_CASE("a request that is half here may finish while the server stops", "[server]")
{
    Running running;
    Client client(running.port());
    REQUIRE(client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n"));
    std::this_thread::sleep_for(milliseconds(50));
    std::thread stopping([&] { running.server->stop(); });
    std::this_thread::sleep_for(milliseconds(200));
    CHECK(client.ask("\r\n").status == 200);
    stopping.join();
}

TEST_CASE("a client that never finishes does not hold the server up", "[server]")
{
    auto options = quiet_options();
    options.deadlines.stop = milliseconds(300);
    Running running(options);
    Client client(running.port());
    REQUIRE(client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n"));
    std::this_thread::sleep_for(milliseconds(50));
    auto const begin = Clock::now();
    running.server->stop();
    CHECK(Clock::now() - begin < std::chrono::seconds(2));
}

TEST_CASE("stopping under load drops nothing that was sent", "[server]")
{
    for (int round = 0; round < 5; ++round) {
        Running running(quiet_options(2));
        std::atomic<bool> stopped{false};
        std::atomic<int> answered{0};
        std::atomic<int> lost{0};
        std::vector<std::thread> clients;
        for (int i = 0; i < 4; ++i)
            clients.emplace_back([&] {
                while (!stopped) {
                    Client client(running.port());
                    if (!client.is_open())
                        continue;
                    if (client.ask(post("/api/v1/ask", R"({"question":"hello"})")).status == 200)
                        ++answered;
                    else if (!stopped)
                        ++lost;
                }
            });
        std::this_thread::sleep_for(milliseconds(100));
        stopped = true;  // what is sent from here on may fail
        running.server->stop();
        for (auto& client : clients)
            client.join();
        CHECK(answered > 0);
        CHECK(lost == 0);
    }
}

TEST_CASE("a second server on the same port is refused", "[server]")
{
    Running running;
    auto options = quiet_options();
    options.port = running.port();
    FakeServices services;
    auto const second = Server::start(options, services);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == immunobot::Errc::bad_option);
}

TEST_CASE("bad options stop the start", "[server]")
{
    FakeServices services;
    auto bad = quiet_options();
    SECTION("address") { bad.address = "localhost"; }
    SECTION("wildcard origin") { bad.allowed_origins = {"*"}; }
    SECTION("origin null") { bad.allowed_origins = {"null"}; }
    SECTION("origin with a path") { bad.allowed_origins = {"https://example.org/"}; }
    SECTION("proxy") { bad.trusted_proxies = {"proxy.example.org"}; }
    auto const server = Server::start(bad, services);
    REQUIRE_FALSE(server);
    CHECK(server.error().code == immunobot::Errc::bad_option);
}
