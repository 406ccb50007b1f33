// Matrix: rooms, events of whatever shape, our name, and both forms of a message.
#include "by_call.hpp"
#include "text/utf8.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::channels;
using namespace immunobot::channels::tests;
namespace json = boost::json;

TEST_CASE("matrix joins who invites it and hears every word in a room of two", "[channels]")
{
    std::string const invitation = R"({"events":[{"type":"m.room.member","event_id":"$i","room_id":"!r:e","sender":"@a:e","state_key":"@immunobot:example.org","content":{"membership":"invite","is_direct":true}}]})";
    auto const joined = messages("matrix.transactions", invitation).at(0);
    CHECK(joined.wish == Incoming::Wish::call);
    auto const calls = channel_of("matrix").compose(joined, {}, settings_of(channel_of("matrix")));
    REQUIRE(calls.size() == 1);
    CHECK(calls[0].target == "_matrix/client/v3/join/%21r%3Ae");
    auto const spoken = messages("matrix.transactions", R"({"events":[{"type":"m.room.message","event_id":"$6","room_id":"!r:e","sender":"@a:e","origin_server_ts":1800000000000,"content":{"msgtype":"m.text","body":"hello"}}]})").at(0);
    CHECK(spoken.only_if_noted == joined.notes);
    CHECK_FALSE(joined.notes.empty());
    auto const said = channel_of("matrix").compose(spoken, reply(), settings_of(channel_of("matrix")));
    REQUIRE(said.size() == 1);
    CHECK(said[0].method == "PUT");
    auto const again = channel_of("matrix").compose(spoken, reply(), settings_of(channel_of("matrix")));
    CHECK(said[0].target == again[0].target);   // made twice it is one message
    auto const body = json::parse(said[0].body).as_object();
    CHECK(body.at("msgtype").as_string() == "m.notice");
    CHECK(std::string(body.at("formatted_body").as_string()).find("R&amp;D &lt;b&gt;") != std::string::npos);
}

// Any refusal stops all that the homeserver has for us, and it sends the same again for ever.
TEST_CASE("matrix: an event of whatever shape does not keep the others from being read", "[channels]")
{
    std::string const good = R"({"type":"m.room.message","event_id":"$6","room_id":"!r:e","sender":"@a:e","origin_server_ts":1800000000000,"content":{"msgtype":"m.text","body":"immunobot: x"}})";
    auto const beside = [&](std::string const& content) {
        return R"({"events":[{"type":"m.odd","event_id":"$5","room_id":"!r:e","sender":"@a:e","content":)" + content + "}," + good + "]}";
    };
    auto const nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    auto const keys = [](int count) {
        std::string object = "{\"0\":0";
        for (int i = 1; i < count; ++i)
            object += ",\"" + std::to_string(i) + "\":0";
        return object + "}";
    };
    for (auto const& content : {keys(300), keys(5000), nested(200), nested(900), "{\"" + std::string(60'000, 'k') + "\":0}"}) {
        INFO(content.substr(0, 30));
        CHECK(messages("matrix.transactions", beside(content)).size() == 1);
    }
    for (auto const& content : {keys(100'001), nested(2000), std::string(R"({"a":1,"a":2})"), std::string("1e999")}) {
        INFO(content.substr(0, 30));
        auto const parsed = route_of("matrix.transactions").parse({beside(content), {}, now}, settings_of(channel_of("matrix")));
        REQUIRE(parsed.has_value());
        REQUIRE(std::holds_alternative<Ignore>(*parsed));
        CHECK_FALSE(std::get<Ignore>(*parsed).why.empty());
    }
    CHECK_FALSE(route_of("matrix.transactions").parse({R"({"events":[)", {}, now}, settings_of(channel_of("matrix"))).has_value());
}

TEST_CASE("matrix: our name is no part of what is asked, wherever it stands", "[channels]")
{
    auto const asked = [](std::string const& body, bool mentioned = true) {
        json::object content{{"msgtype", "m.text"}, {"body", body}};
        if (mentioned)
            content["m.mentions"] = {{"user_ids", json::array{"@immunobot:example.org"}}};
        json::object const event{{"type", "m.room.message"}, {"event_id", "$7"}, {"room_id", "!r:e"}, {"sender", "@a:e"}, {"origin_server_ts", 1800000000000}, {"content", content}};
        return messages("matrix.transactions", json::serialize(json::object{{"events", json::array{event}}})).at(0).question.text;
    };
    CHECK(asked("where is CIML, @immunobot:example.org") == "where is CIML");
    CHECK(asked("where, @immunobot:example.org, is CIML?") == "where, , is CIML?");
    CHECK(asked("where is CIML, MI Bot") == "where is CIML");
    CHECK(asked("where is CIML @immunobot") == "where is CIML");
    CHECK(asked("MI Bot: who made MI Bot?") == "who made MI Bot?");
    CHECK(asked("immunobots are what?") == "immunobots are what?");
    CHECK(asked("what is MI Bot?", false) == "what is MI Bot?");
}

TEST_CASE("matrix: both forms of each part of a long answer say the same", "[channels]")
{
    auto lengthy = reply();
    lengthy.answer.clear();
    for (int i = 0; i < 1500; ++i)
        lengthy.answer += "<R&D> \"" + std::to_string(i) + "\"\n";   // more than twice as long as HTML
    auto const message = messages("matrix.transactions", R"({"events":[{"type":"m.room.message","event_id":"$6","room_id":"!r:e","sender":"@a:e","origin_server_ts":1800000000000,"content":{"msgtype":"m.text","body":"immunobot: x"}}]})").at(0);
    auto const parts = bodies("matrix", message, lengthy);
    REQUIRE(parts.size() > 2);
    for (auto const& part : parts) {
        auto const plain = std::string(part.at("body").as_string());
        auto html = std::string(part.at("formatted_body").as_string());
        CHECK(plain.size() <= 16'000);
        auto const first = [](std::string_view text, std::string_view quote) { return text.substr(text.find(quote) + quote.size(), 1); };
        CHECK(first(plain, "\"") == first(html, "&quot;"));
    }
    CHECK(std::string(parts.back().at("formatted_body").as_string()).find("<a href=") != std::string::npos);
    CHECK(std::string(parts.back().at("body").as_string()).find("About (https://example.org/a)") != std::string::npos);
}
