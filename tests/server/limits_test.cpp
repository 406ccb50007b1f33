#include "running.hpp"

#include <catch2/catch.hpp>

#include <thread>
#include <vector>

using namespace immunobot::server;

namespace {

// A GET of /healthz whose header has exactly `size` bytes, the padding in the target or in a field.
std::string head_of(std::size_t size, bool in_target)
{
    std::string const bare = in_target ? get("/healthz?x=") : get("/healthz", "X-Pad: \r\n");
    std::string const padding(size - bare.size(), 'a');
    return in_target ? get("/healthz?x=" + padding) : get("/healthz", "X-Pad: " + padding + "\r\n");
}

// A valid question whose body has exactly `size` bytes.
std::string body_of(std::size_t size)
{
    std::string const begin = R"({"question":"hello","pad":")";
    return begin + std::string(size - begin.size() - 2, 'a') + "\"}";
}

std::string chunked(std::string_view body, std::size_t piece, std::string_view trailer = {})
{
    std::string request =
        "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < body.size(); at += piece) {
        auto const part = body.substr(at, piece);
        char size[20];
        std::snprintf(size, sizeof size, "%zx\r\n", part.size());
        request.append(size).append(part).append("\r\n");
    }
    return request.append("0\r\n").append(trailer).append("\r\n");
}

}  // namespace

TEST_CASE("a header may have 8 KiB and no byte more", "[server]")
{
    Running running;
    struct Row { std::size_t size; bool in_target; int status; };
    for (auto const row : {Row{8191, false, 200}, Row{8192, false, 200}, Row{8193, false, 431}, Row{8192, true, 200},
                           Row{8193, true, 431}, Row{20'000, true, 414}, Row{20'000, false, 431}}) {
        INFO(row.size << (row.in_target ? " in the target" : " in a field"));
        Client client(running.port());
        auto const answer = client.ask(head_of(row.size, row.in_target));
        CHECK(answer.status == row.status);
        CHECK((row.status == 200 || client.is_closed()));
    }
}

TEST_CASE("a header may have 100 fields", "[server]")
{
    Running running;
    for (auto const count : {99, 100, 101}) {
        std::string fields;
        for (int i = 1; i < count; ++i)  // Host is one of them
            fields += "X-" + std::to_string(i) + ": v\r\n";
        CHECK(running.ask(get("/healthz", fields)).status == (count > 100 ? 431 : 200));
    }
}

TEST_CASE("a body may have 64 KiB, whole or in chunks", "[server]")
{
    Running running;
    for (std::size_t const size : {65'535U, 65'536U, 65'537U}) {
        int const status = size > 65'536 ? 413 : 200;
        auto const body = body_of(size);
        INFO(size);
        Client client(running.port());
        CHECK(client.ask(post("/api/v1/ask", body)).status == status);
        CHECK((status == 200 || client.is_closed()));
        CHECK(running.ask(chunked(body, 1000)).status == status);
        CHECK(running.ask(chunked(body, 65'537)).status == status);
    }
}

TEST_CASE("chunks of every size are joined", "[server]")
{
    Running running;
    auto const body = body_of(5000);
    for (std::size_t const piece : {1U, 2U, 3U, 17U, 4096U, 5000U})
        CHECK(running.ask(chunked(body, piece)).status == 200);
}

TEST_CASE("a trailer is read but bounded", "[server]")
{
    Running running;
    CHECK(running.ask(chunked(body_of(100), 50, "X-Checksum: 1\r\n")).status == 200);
    std::string many;
    for (int i = 0; i < 17; ++i)
        many += "X-" + std::to_string(i) + ": v\r\n";
    CHECK(running.ask(chunked(body_of(100), 50, many)).status == 431);
    CHECK(running.ask(chunked(body_of(100), 50, "X: " + std::string(70'000, 'a') + "\r\n")).status == 431);
    CHECK(running.services.questions == 1);
}

TEST_CASE("a question may have 2000 characters", "[server]")
{
    Running running;
    for (std::size_t const length : {1999U, 2000U, 2001U}) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i)
            text += "\xc3\xa9";  // two bytes, one character
        auto const answer = running.ask(post("/api/v1/ask", "{\"question\":\"" + text + "\"}"));
        CHECK(answer.status == (length > 2000 ? 400 : 200));
        CHECK((length <= 2000 || answer.body.find("question-too-long") != std::string::npos));
    }
}

TEST_CASE("a connection is closed after its thousandth request", "[server]")
{
    Running running;
    Client client(running.port());
    std::string many;
    for (int i = 0; i < 1001; ++i)
        many += get("/healthz");
    REQUIRE(client.send(many));
    for (int i = 1; i <= 1000; ++i) {
        auto const answer = client.receive();
        REQUIRE(answer.status == 200);
        REQUIRE((answer.field("connection") == "close") == (i == 1000));
    }
    CHECK(client.receive(std::chrono::milliseconds(500)).status == 0);
    CHECK(client.is_closed());
}

TEST_CASE("pipelined requests are answered in order", "[server]")
{
    Running running;
    Client client(running.port());
    std::string many;
    for (int i = 0; i < 300; ++i)
        many += i % 3 == 0   ? post("/api/v1/ask", R"({"question":"hello"})")
                : i % 3 == 1 ? get("/nowhere")
                             : get("/healthz");
    REQUIRE(client.send(many));
    for (int i = 0; i < 300; ++i) {
        auto const answer = client.receive();
        REQUIRE(answer.status == (i % 3 == 1 ? 404 : 200));
        REQUIRE((answer.body.find("\"answer\"") != std::string::npos) == (i % 3 == 0));
    }
}

TEST_CASE("a request may come in any pieces", "[server]")
{
    Running running;
    auto const request = post("/api/v1/ask", R"({"question":"hello"})") + chunked(body_of(60), 7) + chunked("", 1, "X-A: b\r\n") +
                         chunked("", 1) + get("/healthz");
    for (std::size_t const piece : {1U, 2U, 5U, 64U}) {
        Client client(running.port());
        for (std::size_t at = 0; at < request.size(); at += piece)
            REQUIRE(client.send(std::string_view(request).substr(at, piece)));
        for (int const status : {200, 200, 400, 400, 200})  // an empty body is no JSON
            CHECK(client.receive().status == status);
    }
}

TEST_CASE("a client that reads late gets every byte", "[server]")
{
    Running running;
    Client client(running.port());
    std::string many;
    for (int i = 0; i < 900; ++i)
        many += get("/openapi.json");
    std::thread sender([&] { client.send(many); });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    auto const first = client.receive();
    for (int i = 1; i < 900; ++i)
        REQUIRE(client.receive().body == first.body);
    sender.join();
}

TEST_CASE("when full the connection that waited longest makes room", "[server]")
{
    auto options = quiet_options();
    options.limits.connections = 3;
    Running running(options);
    Client oldest(running.port());
    Client served(running.port());
    CHECK(oldest.ask(get("/healthz")).status == 200);
    CHECK(served.ask(get("/healthz")).status == 200);
    Client third(running.port());
    CHECK(third.ask(get("/healthz")).status == 200);
    Client fourth(running.port());
    CHECK(fourth.ask(get("/healthz")).status == 200);
    CHECK(oldest.is_closed(std::chrono::seconds(1)));
    CHECK(served.ask(get("/healthz")).status == 200);
}

TEST_CASE("a thousand silent clients keep nobody from being served", "[server]")
{
    auto options = quiet_options();
    options.limits.connections = 100;
    Running running(options);
    std::vector<std::unique_ptr<Client>> silent;
    for (int i = 0; i < 400; ++i) {
        silent.push_back(std::make_unique<Client>(running.port()));
        silent.back()->send("GET /healthz HTTP/1.1\r\nX: ");
        if (i % 20 == 0)
            REQUIRE(running.ask(get("/healthz")).status == 200);
    }
}
