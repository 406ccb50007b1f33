// The stream of Direct Line by a WebSocket client of Beast.
#include "running.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

using namespace immunobot::server;
namespace asio = boost::asio;
namespace json = boost::json;
namespace websocket = boost::beast::websocket;

namespace {

constexpr auto patience = std::chrono::seconds(10);
constexpr char const* start = "/v3/directline/conversations";

// A page's end of a stream. What does not happen within ten seconds has failed.
class Page {
public:
    Page(std::uint16_t port, std::string const& target)
    {
        asio::ip::tcp::endpoint const there(asio::ip::make_address("127.0.0.1"), port);
        peer_.next_layer().connect(there);
        peer_.async_handshake(answer_, "localhost", target, [this](auto failed) { failed_ = failed; });
        run();
    }

    bool is_open() const { return !failed_; }
    unsigned status() const { return answer_.result_int(); }

    // The next message; empty when the stream has ended.
    json::object receive()
    {
        boost::beast::flat_buffer buffer;
        peer_.async_read(buffer, [this](auto failed, std::size_t) { failed_ = failed; });
        run();
        return failed_ ? json::object() : json::parse(boost::beast::buffers_to_string(buffer.data())).as_object();
    }

    void send(std::string const& message)
    {
        peer_.async_write(asio::buffer(message), [this](auto failed, std::size_t) { failed_ = failed; });
        run();
    }

    websocket::close_code why() const { return static_cast<websocket::close_code>(peer_.reason().code); }

private:
    void run()
    {
        io_.restart();
        io_.run_for(patience);
        REQUIRE(io_.stopped());
    }

    asio::io_context io_;
    websocket::stream<asio::ip::tcp::socket> peer_{io_};
    websocket::response_type answer_;
    boost::system::error_code failed_;
};

struct Desk {
    explicit Desk(ServerOptions options = quiet_options(2))
    {
        options.channels["directline"].set("secret", {"dl"});
        options.clock = [this] { return now.load(); };
        running = std::make_unique<Running>(options);
        document = ask(post(start, "{}", "Authorization: Bearer dl\r\n"));
        id = text("conversationId");
    }

    json::object ask(std::string const& request) const { return json::parse(running->ask(request).body).as_object(); }
    std::string text(char const* name) const { return std::string(document.at(name).as_string()); }
    std::string bearer() const { return "Authorization: Bearer " + text("token") + "\r\n"; }
    // The path and query of the address.
    std::string target() const { return text("streamUrl").substr(std::string("ws://localhost").size()); }
    void again(std::string const& watermark) { document = ask(get(std::string(start) + "/" + id + "?watermark=" + watermark, bearer())); }
    std::string say(std::string const& words) const
    {
        auto const body = R"({"type":"message","from":{"id":"dl_1"},"text":")" + words + "\"}";
        return std::string(ask(post(std::string(start) + "/" + id + "/activities", body, bearer())).at("id").as_string());
    }

    std::atomic<std::int64_t> now{1'767'605'400};
    std::unique_ptr<Running> running;
    json::object document;
    std::string id;
};

std::size_t count(json::object const& news)
{
    return news.empty() ? 0 : news.at("activities").as_array().size();
}

}  // namespace

TEST_CASE("a stream tells what is new as it is said, and goes on behind a watermark", "[channels]")
{
    Desk desk;
    std::string watermark;
    {
        Page page(desk.running->port(), desk.target());
        REQUIRE(page.is_open());
        CHECK(page.status() == 101);
        CHECK(count(page.receive()) == 1);   // the greeting
        page.send("");
        std::vector<std::string> seen;
        auto const said = desk.say("hello");
        while (seen.size() < 2) {   // what was said and its answer, in one message or two
            auto const news = page.receive();
            REQUIRE(count(news) > 0);
            for (auto const& activity : news.at("activities").as_array())
                seen.emplace_back(activity.at("id").as_string());
            watermark = news.at("watermark").as_string();
        }
        CHECK(seen[0] == said);
    }
    desk.say("meanwhile");
    desk.again(watermark);
    Page page(desk.running->port(), desk.target());
    auto const news = page.receive();
    REQUIRE(count(news) == 2);
    CHECK(news.at("activities").as_array()[0].at("text") == "meanwhile");
}

TEST_CASE("the address of a stream opens that stream alone, for a minute", "[channels]")
{
    Desk desk;
    Desk other;
    auto const token = desk.text("token");
    auto const path = std::string(start) + "/" + desk.id + "/stream";
    CHECK(Page(desk.running->port(), path).status() == 401);
    CHECK(Page(desk.running->port(), path + "?t=" + token).status() == 401);
    CHECK(Page(desk.running->port(), std::string(start) + "/unknown/stream" + desk.target().substr(path.size())).status() == 403);
    auto const stream_token = desk.target().substr(desk.target().find("&t=") + 3);
    CHECK(desk.running->ask(get(std::string(start) + "/" + desk.id + "/activities", "Authorization: Bearer " + stream_token + "\r\n")).status == 401);
    auto const plain = desk.running->ask(get(desk.target()));
    CHECK(plain.status == 426);
    CHECK(plain.field("upgrade") == "websocket");
    CHECK(desk.running->ask(get(desk.target(), "Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 7\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")).status == 426);
    desk.now += 59;
    CHECK(Page(desk.running->port(), desk.target()).status() == 101);
    desk.now += 1;
    CHECK(Page(desk.running->port(), desk.target()).status() == 403);
}

TEST_CASE("the address of a stream is under the public one", "[channels]")
{
    auto options = quiet_options();
    options.public_url = GENERATE("https://bot.example.org", "https://bot.example.org/");
    CHECK(Desk(options).text("streamUrl").starts_with("wss://bot.example.org/v3/directline/conversations/"));
}

TEST_CASE("streams are few", "[channels]")
{
    auto options = quiet_options();
    options.limits.streams = 2;
    Desk desk(options);
    {
        Page const one(desk.running->port(), desk.target());
        Page const two(desk.running->port(), desk.target());
        CHECK(Page(desk.running->port(), desk.target()).status() == 503);
        CHECK(desk.running->ask(get("/metrics")).body.find("\nimmunobot_streams 2\n") != std::string::npos);
    }
    auto const until = std::chrono::steady_clock::now() + patience;
    while (Page(desk.running->port(), desk.target()).status() != 101)
        REQUIRE(std::chrono::steady_clock::now() < until);
}

TEST_CASE("one conversation has a few streams", "[channels]")
{
    Desk desk;
    std::vector<std::unique_ptr<Page>> pages;
    for (int i = 0; i < 8; ++i) {
        pages.push_back(std::make_unique<Page>(desk.running->port(), desk.target()));
        CHECK(count(pages.back()->receive()) == 1);
    }
    Page page(desk.running->port(), desk.target());
    CHECK(page.receive().empty());
    CHECK(page.why() == websocket::close_code::try_again_later);
}

TEST_CASE("a page that sends what pages do not send is sent away", "[channels]")
{
    Desk desk;
    Page large(desk.running->port(), desk.target());
    CHECK(count(large.receive()) == 1);
    large.send(std::string(4097, 'x'));
    CHECK(large.receive().empty());
    CHECK(large.why() == websocket::close_code::too_big);
    Page many(desk.running->port(), desk.target());
    CHECK(count(many.receive()) == 1);
    for (int i = 0; i <= 1000; ++i)
        many.send("");
    CHECK(many.receive().empty());
    CHECK(many.why() == websocket::close_code::policy_error);
}

TEST_CASE("a silent page is given up, and a stream has its time", "[channels]")
{
    auto options = quiet_options();
    SECTION("it answers no ping")
    {
        options.deadlines.stream_idle = std::chrono::milliseconds(100);
        Desk desk(options);
        Client page(desk.running->port());
        REQUIRE(page.send(get(desk.target(), "Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")));
        CHECK(page.is_closed(patience));
    }
    SECTION("it has been long enough")
    {
        options.deadlines.stream = std::chrono::milliseconds(100);
        Desk desk(options);
        Page page(desk.running->port(), desk.target());
        CHECK(count(page.receive()) == 1);
        CHECK(page.receive().empty());
        CHECK(page.why() == websocket::close_code::going_away);
    }
}

TEST_CASE("open streams do not hold up the end of the server", "[channels]")
{
    auto options = quiet_options();
    options.deadlines.stop = std::chrono::milliseconds(500);
    Desk desk(options);
    Page polite(desk.running->port(), desk.target());
    CHECK(count(polite.receive()) == 1);
    Page deaf(desk.running->port(), desk.target());
    std::thread stopping([&] { desk.running->server->stop(); });
    CHECK(polite.receive().empty());
    CHECK(polite.why() == websocket::close_code::going_away);
    auto const begin = std::chrono::steady_clock::now();
    stopping.join();
    CHECK(std::chrono::steady_clock::now() - begin < patience);
}
