#include "running.hpp"

#include "server/directline_rooms.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <atomic>

using namespace immunobot::server;
namespace json = boost::json;

namespace {

constexpr char const* start = "/v3/directline/conversations";

std::string bearer(std::string const& token)
{
    return "Authorization: Bearer " + token + "\r\n";
}

std::string activities(std::string const& conversation)
{
    return std::string(start) + "/" + conversation + "/activities";
}

// A server whose clock is the test's.
struct Desk {
    Desk()
    {
        auto options = quiet_options();
        options.channels["directline"].set("secret", {"dl-new", "dl-old"});
        options.channels["directline"].set("token_lifetime", {"1800"});
        options.clock = [this] { return now.load(); };
        running = std::make_unique<Running>(options);
    }

    json::object ask(std::string const& request, int status)
    {
        auto const answer = running->ask(request);
        INFO(answer.raw);
        REQUIRE(answer.status == status);
        return json::parse(answer.body).as_object();
    }

    std::atomic<std::int64_t> now{1'767'605'400};
    std::unique_ptr<Running> running;
};

std::string text(json::object const& object, char const* name)
{
    return std::string(object.at(name).as_string());
}

}  // namespace

TEST_CASE("a page talks with a token that its server fetched", "[channels]")
{
    Desk desk;
    auto const pass = desk.ask(post("/v3/directline/tokens/generate", R"({"user":{"id":"dl_1"}})", bearer("dl-old")), 200);
    CHECK(pass.at("expires_in").as_int64() == 1800);
    auto const token = text(pass, "token");
    auto const id = text(pass, "conversationId");
    auto const begun = desk.ask(post(start, R"({"locale":"fr-FR"})", bearer(token)), 201);
    CHECK(text(begun, "conversationId") == id);
    CHECK_FALSE(pass.contains("streamUrl"));
    CHECK(text(begun, "streamUrl").starts_with("ws://localhost/v3/directline/conversations/" + id + "/stream?watermark=0&t="));
    desk.ask(post(start, "{}", bearer(token)), 200);

    auto const greeted = desk.ask(get(activities(id) + "?watermark=", bearer(token)), 200);
    REQUIRE(greeted.at("activities").as_array().size() == 1);
    auto const& greeting = greeted.at("activities").as_array()[0].as_object();
    CHECK(text(greeting, "text").find("assistant automatique") != std::string::npos);
    CHECK(text(greeting, "text").find("I am") == std::string::npos);

    auto const said = desk.ask(post(activities(id), R"({"type":"message","from":{"id":"dl_1"},"text":"hello","locale":"fr-FR","channelData":{"clientActivityID":"a1"}})", bearer(token)), 200);
    auto const news = desk.ask(get(activities(id) + "?watermark=" + text(greeted, "watermark"), bearer(token)), 200);
    REQUIRE(news.at("activities").as_array().size() == 2);
    auto const& echo = news.at("activities").as_array()[0].as_object();
    CHECK(text(echo, "id") == text(said, "id"));
    CHECK(text(echo.at("channelData").as_object(), "clientActivityID") == "a1");
    CHECK(text(echo, "timestamp") == "2026-01-05T09:30:00.000Z");
    auto const& reply = news.at("activities").as_array()[1].as_object();
    CHECK(text(reply, "replyToId") == text(said, "id"));
    CHECK(text(reply, "locale") == "fr");
    CHECK(text(reply.at("from").as_object(), "id") == "immunobot");
    auto const& action = reply.at("suggestedActions").as_object().at("actions").as_array().at(0).as_object();
    CHECK(text(action, "type") == "imBack");
    CHECK(text(action, "value") == "Who supports the MI-FHU?");
    auto const nothing = desk.ask(get(activities(id) + "?watermark=" + text(news, "watermark"), bearer(token)), 200);
    CHECK(nothing.at("activities").as_array().empty());
    CHECK(nothing.at("watermark") == news.at("watermark"));
}

TEST_CASE("what a client sends again is shown and answered once", "[channels]")
{
    Desk desk;
    auto const begin = [&] { return text(desk.ask(post(start, "{}", bearer("dl-new")), 201), "conversationId"); };
    auto const one = begin();
    auto const other = begin();
    auto const say = [&](std::string const& conversation, std::string const& id) {
        return text(desk.ask(post(activities(conversation), R"({"type":"message","from":{"id":"dl_1"},"text":"hello","channelData":)" + id + "}", bearer("dl-new")), 200), "id");
    };
    auto const shown = [&](std::string const& conversation) { return desk.ask(get(activities(conversation), bearer("dl-new")), 200).at("activities").as_array().size(); };
    auto const first = say(one, R"({"clientActivityID":"a1"})");
    CHECK(say(one, R"({"clientActivityID":"a1"})") == first);
    CHECK(shown(one) == 3);   // with the greeting
    CHECK(desk.running->services.questions == 1);
    CHECK(say(one, R"({"clientActivityID":"a2"})") != first);
    CHECK(say(other, R"({"clientActivityID":"a1"})") != first);
    CHECK(desk.running->services.questions == 3);
    for (auto const* none : {"{}", "null", R"({"clientActivityID":""})", R"({"clientActivityID":7})"})
        CHECK(say(one, none) != say(one, none));
}

TEST_CASE("a token opens its own conversation for its time", "[channels]")
{
    Desk desk;
    auto const one = desk.ask(post(start, "{}", bearer("dl-new")), 201);
    auto const other = desk.ask(post(start, "{}", bearer("dl-new")), 201);
    auto const token = text(one, "token");
    CHECK(desk.running->ask(get(activities(text(other, "conversationId")), bearer(token))).status == 403);
    CHECK(desk.running->ask(post(activities(text(other, "conversationId")), R"({"type":"message","text":"x"})", bearer(token))).status == 403);
    CHECK(desk.running->ask(post("/v3/directline/tokens/generate", "{}", bearer(token))).status == 403);
    CHECK(desk.running->ask(get(activities(text(other, "conversationId")), bearer("dl-old"))).status == 200);
    CHECK(desk.running->ask(get(activities("unknown"), bearer("dl-old"))).status == 404);
    for (std::string const wrong : {"dl-ne", "x.y", "."}) {
        auto const answer = desk.running->ask(get(activities(text(one, "conversationId")), bearer(wrong)));
        CHECK(answer.status == 401);
        CHECK(json::parse(answer.body).as_object().at("error").as_object().contains("code"));
    }
    for (std::size_t i = 0; i < token.size(); ++i) {
        auto changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CHECK(desk.running->ask(get(activities(text(one, "conversationId")), bearer(changed))).status != 200);
    }
    desk.now += 1799;
    auto const fresh = desk.ask(post("/v3/directline/tokens/refresh", "", bearer(token), "application/x-www-form-urlencoded"), 200);
    CHECK(fresh.at("conversationId") == one.at("conversationId"));
    desk.now += 1;
    CHECK(desk.running->ask(post("/v3/directline/tokens/refresh", "", bearer(token))).status == 403);
    CHECK(desk.running->ask(get(std::string(start) + "/" + text(one, "conversationId"), bearer(token))).status == 403);
    CHECK(desk.running->ask(get(std::string(start) + "/" + text(one, "conversationId") + "?watermark=3", bearer(text(fresh, "token")))).status == 200);
}

TEST_CASE("what is no activity is refused, what asks nothing is only shown", "[channels]")
{
    Desk desk;
    auto const begun = desk.ask(post(start, "{}", bearer("dl-new")), 201);
    auto const path = activities(text(begun, "conversationId"));
    auto const fields = bearer(text(begun, "token"));
    for (auto const* body : {"{", "[]", "{}", R"({"type":7})", ""})
        CHECK(desk.running->ask(post(path, body, fields)).status == 400);
    for (auto const* body : {R"({"type":"typing"})", R"({"type":"event","name":"webchat/join"})", R"({"type":"message","text":7})", R"({"type":"message","text":""})"})
        CHECK(desk.running->ask(post(path, body, fields)).status == 200);
    CHECK(desk.running->services.questions == 0);
    for (auto const* watermark : {"-1e9", "x", "99999999999999999999999", "%00"})
        CHECK(desk.ask(get(path + "?watermark=" + watermark, fields), 200).at("activities").as_array().size() == 4);
}

TEST_CASE("conversations are few, short, and forgotten", "[channels]")
{
    DirectLineRooms rooms({.rooms = 2, .activities = 3, .bytes = 1000, .seconds = 60});
    CHECK(rooms.open("a", 100));
    CHECK_FALSE(rooms.open("a", 100));
    CHECK(rooms.open("b", 100));
    CHECK(rooms.after("a", 0, 100));
    CHECK(rooms.open("c", 100));
    CHECK_FALSE(rooms.after("b", 0, 100));
    for (int i = 0; i < 5; ++i)
        rooms.add("a", rooms.next_number("a", 100).value(), std::to_string(i));
    auto const news = rooms.after("a", 0, 100).value();
    CHECK(news.activities == std::vector<std::string>{"2", "3", "4"});
    CHECK(rooms.after("a", news.watermark - 1, 100)->activities.size() == 1);
    rooms.add("c", rooms.next_number("c", 100).value(), std::string(900, 'x'));
    rooms.add("a", rooms.next_number("a", 100).value(), std::string(200, 'x'));
    CHECK(rooms.after("a", 0, 100));
    CHECK_FALSE(rooms.after("c", 0, 100));
    CHECK_FALSE(rooms.after("a", 0, 161));
    // After a restart, what a client remembers is below what is new.
    DirectLineRooms again;
    again.open("a", 161);
    CHECK(again.next_number("a", 161).value() > news.watermark);
}
