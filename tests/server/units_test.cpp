#include "server/client_address.hpp"
#include "server/deliveries.hpp"
#include "server/head_rules.hpp"
#include "server/logging.hpp"
#include "server/platform_keys.hpp"
#include "server/query.hpp"
#include "server/rate_limiter.hpp"
#include "server/reply_id.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace immunobot::server;
namespace channels = immunobot::channels;
using std::chrono::seconds;

TEST_CASE("hosts", "[server]")
{
    for (auto const* good : {"localhost", "bot.example.org", "bot.example.org:8080", "127.0.0.1:1", "[::1]", "[::1]:8080", "a_b", "host:"})
        CHECK(is_valid_host(good));
    for (auto const* bad : {"", "a b", "a/b", "user@host", "host:port", "host:999999", "[::1", "[]", "[::1]x", ":80", "a,b", "\"a\"", "h\xc3\xa9"})
        CHECK_FALSE(is_valid_host(bad));
    CHECK(is_valid_host(std::string(255, 'a')));
    CHECK_FALSE(is_valid_host(std::string(256, 'a')));
}

TEST_CASE("targets", "[server]")
{
    for (auto const* good : {"/", "/a?b=c&d=%C3%A9", "/a%20b", "/a;b=1", "/~x/@:!$'()*+,"})
        CHECK(is_valid_target(good));
    for (auto const* bad : {"", "a", "*", "http://a/", "/%", "/%2", "/%zz", "/a b", "/a#b", "/a\\b", "/\"", "/<", "/\x7f", "/\xc3\xa9", "/{x}"})
        CHECK_FALSE(is_valid_target(bad));
}

TEST_CASE("addresses are read, and IPv6 is limited by its /64", "[server]")
{
    CHECK(parse_address("192.0.2.1") == parse_address("192.0.2.1:443"));
    CHECK(parse_address("::ffff:192.0.2.1") == parse_address("192.0.2.1"));
    CHECK(parse_address("[2001:db8::1]:443") == parse_address("2001:db8::1"));
    for (auto const* bad : {"", "unknown", "1.2.3", "1.2.3.256", "_hidden", "2001:db8::g", "'; --"})
        CHECK_FALSE(parse_address(bad));
    CHECK(parse_address("2001:db8::1")->limited() == parse_address("2001:db8::ffff:2")->limited());
    CHECK(parse_address("2001:db8::1")->limited() != parse_address("2001:db8:0:1::1")->limited());
    CHECK(parse_address("192.0.2.1")->limited() != parse_address("192.0.2.2")->limited());
}

TEST_CASE("a bucket empties and fills with time", "[server]")
{
    RateLimiter limiter(60);
    auto const client = *parse_address("192.0.2.1");
    RateLimiter::Clock::time_point now{seconds(1000)};
    for (int i = 0; i < 60; ++i)
        REQUIRE(limiter.seconds_to_wait(client, now) == 0);
    CHECK(limiter.seconds_to_wait(client, now) == 1);
    CHECK(limiter.seconds_to_wait(*parse_address("192.0.2.2"), now) == 0);
    now += seconds(10);
    for (int i = 0; i < 10; ++i)
        REQUIRE(limiter.seconds_to_wait(client, now) == 0);
    CHECK(limiter.seconds_to_wait(client, now) == 1);
    CHECK(RateLimiter(1).seconds_to_wait(client, now) == 0);
    RateLimiter one(1);
    one.seconds_to_wait(client, now);
    CHECK(one.seconds_to_wait(client, now) == 60);
    RateLimiter none(0);
    for (int i = 0; i < 1000; ++i)
        REQUIRE(none.seconds_to_wait(client, now) == 0);
}

TEST_CASE("a full table forgets the client that was quiet longest", "[server]")
{
    RateLimiter limiter(1, 8);  // eight places, all of one set
    RateLimiter::Clock::time_point now{seconds(1000)};
    auto const client = [](int i) { return *parse_address("192.0.2." + std::to_string(i)); };
    for (int i = 0; i < 8; ++i)
        REQUIRE(limiter.seconds_to_wait(client(i), now + seconds(i)) == 0);
    REQUIRE(limiter.seconds_to_wait(client(8), now + seconds(8)) == 0);
    CHECK(limiter.seconds_to_wait(client(7), now + seconds(9)) > 0);
    CHECK(limiter.seconds_to_wait(client(0), now + seconds(9)) == 0);
}

TEST_CASE("the limit is shared by all threads", "[server]")
{
    RateLimiter limiter(1000);
    auto const client = *parse_address("192.0.2.1");
    RateLimiter::Clock::time_point const now{seconds(1000)};
    std::atomic<int> admitted{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 1000; ++i)
                admitted += limiter.seconds_to_wait(client, now) == 0;
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(admitted == 1000);
}

TEST_CASE("deliveries are remembered for a while and bounded", "[server]")
{
    Deliveries deliveries(2, seconds(100));
    Deliveries::Clock::time_point const now{seconds(1000)};
    using Seen = Deliveries::Seen;
    CHECK(deliveries.begin("a", now).seen == Seen::never);
    CHECK(deliveries.begin("a", now).seen == Seen::in_progress);
    deliveries.finish("a", "answer");
    CHECK(deliveries.begin("a", now + seconds(100)).answer == "answer");
    CHECK(deliveries.begin("a", now + seconds(101)).seen == Seen::never);
    deliveries.finish("a", std::nullopt);
    CHECK(deliveries.begin("a", now + seconds(101)).seen == Seen::never);
    deliveries.begin("b", now + seconds(101));
    deliveries.begin("c", now + seconds(101));
    CHECK(deliveries.begin("a", now + seconds(101)).seen == Seen::never);
}

TEST_CASE("who waits for the end of a delivery is told once how it ended", "[server]")
{
    Deliveries deliveries(2, seconds(100));
    Deliveries::Clock::time_point const now{seconds(1000)};
    std::vector<std::string> told;
    auto const wait_for = [&](std::string const& key) {
        deliveries.when_ended(key, [&told](std::optional<std::string> const& answer) { told.push_back(answer.value_or("failed")); });
    };
    deliveries.begin("a", now);
    wait_for("a");
    wait_for("a");
    CHECK(told.empty());
    deliveries.finish("a", "answer");
    CHECK(told == std::vector<std::string>{"answer", "answer"});
    wait_for("a");   // it has ended already
    CHECK(told.back() == "answer");
    deliveries.begin("b", now);
    wait_for("b");
    deliveries.finish("b", std::nullopt);
    CHECK(told.back() == "failed");
    wait_for("nobody");
    CHECK(told.size() == 5);
    deliveries.begin("c", now);
    wait_for("c");
    deliveries.begin("d", now + seconds(101));   // "c" is forgotten
    CHECK(told.size() == 6);
    CHECK(told.back() == "failed");
    deliveries.finish("c", "late");
    CHECK(told.size() == 6);
}

TEST_CASE("keys of an address that was changed are no longer believed", "[server]")
{
    PlatformKeys keys;
    auto const& channel = *channels::channel_named("googlechat");
    PlatformKeys::Clock::time_point const now{seconds(10'000)};
    auto const at = [](char const* address) {
        channels::Settings set;
        set.set("keys", {address});
        return set;
    };
    CHECK(keys.are_wanted(channel, "https://one", now));
    CHECK_FALSE(keys.are_wanted(channel, "https://one", now));
    keys.put(channel, "https://one", "first", now);
    CHECK(keys.of(channel, at("https://one")) == "first");
    CHECK_FALSE(keys.are_wanted(channel, "https://one", now + seconds(60)));
    CHECK(keys.of(channel, at("https://two")).empty());
    CHECK(keys.are_wanted(channel, "https://two", now + seconds(60)));
    keys.put(channel, "https://one", "late", now + seconds(61));   // asked for before the change
    CHECK(keys.of(channel, at("https://two")).empty());
    keys.put(channel, "https://two", "second", now + seconds(62));
    CHECK(keys.of(channel, at("https://two")) == "second");
}

TEST_CASE("ids of replies begin with their second and never come twice", "[server]")
{
    ReplyIds ids;
    ReplyIds of_another_thread;
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i)
        for (auto* from : {&ids, &of_another_thread}) {
            auto const id = from->next(0x65'43'21'0f);
            CHECK(id.size() == 32);
            CHECK(id.starts_with("6543210f"));
            CHECK(std::ranges::all_of(id, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }));
            CHECK(seen.insert(id).second);
        }
    CHECK(ids.next(1'000'000'000) < ids.next(2'000'000'000));
}

TEST_CASE("queries are decoded strictly", "[server]")
{
    auto const query = *Query::parse("q=caf%C3%A9+noir&lang=fr&limit=7");
    CHECK(query.text("q") == "caf\xc3\xa9 noir");
    CHECK(query.text("missing").empty());
    CHECK(query.number("limit", 5, 1, 10).value() == 7);
    CHECK(query.number("other", 5, 1, 10).value() == 5);
    CHECK_FALSE(query.number("lang", 5, 1, 10));
    // The value ends where the view ends.
    auto const cut = *Query::parse(std::string_view("a=1&b=2 HTTP/1.1").substr(0, 7));
    CHECK(cut.text("b") == "2");
    CHECK(Query::parse("").has_value());
    CHECK_FALSE(Query::parse("q=%ff").has_value());
    CHECK_FALSE(Query::parse("q=1&q=2").has_value());
}

TEST_CASE("one event is one line", "[server]")
{
    CHECK(escaped_text("a\r\nb\x1b[2J\x7f") == "a\\x0d\\x0ab\\x1b[2J\\x7f");
    CHECK(escaped_text("\xe2\x80\xae" "evil") == "\\xe2\\x80\\xaeevil");
    CHECK(escaped_text("\xff\xc3\xa9") == "\\xff\xc3\xa9");
    CHECK(json_members("served route=ask us=35 note=a\nb") ==
          R"("message":"served","route":"ask","us":35,"note":"a\\x0ab")");
    CHECK(json_members("ready") == R"("message":"ready")");
    CHECK(json_members("it says \"x\"") == R"("message":"it says \"x\"")");
}
