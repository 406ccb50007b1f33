// The Bot Framework: Teams, groups, cards and web chats.
#include "by_call.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::channels;
using namespace immunobot::channels::tests;
namespace json = boost::json;

TEST_CASE("teams tells who wrote, and a web chat does not", "[channels]")
{
    auto const from = [](std::string const& channel) {
        return messages("botframework", R"({"type":"message","id":"1","channelId":")" + channel + R"(","serviceUrl":"https://s","from":{"id":"29:a","aadObjectId":"ada"},"recipient":{"id":"b"},"conversation":{"id":"c"},"text":"x"})").at(0);
    };
    CHECK(from("msteams").user == "ada");
    CHECK(from("msteams").for_one);
    CHECK(from("webchat").user.empty());
}

TEST_CASE("the bot framework is answered where the message came from, and greets people but not itself", "[channels]")
{
    auto const message = messages("botframework", recorded[28].body).at(0);
    CHECK(message.question.hint == Language::fr);
    auto const& channel = channel_of("botframework");
    auto const calls = channel.compose(message, reply(), settings_of(channel));
    CHECK(calls.at(0).target == "https://smba.trafficmanager.net/emea/v3/conversations/c%3A1/activities/a1");
    CHECK_FALSE(channel.address(calls[0], settings_of(channel), "token").configured);
    auto const body = json::parse(calls[0].body).as_object();
    CHECK(body.at("from").at("id").as_string() == "b");
    CHECK(body.at("recipient").at("id").as_string() == "u");
    CHECK(body.at("suggestedActions").at("actions").as_array().size() == 2);
    CHECK_FALSE(bodies("botframework", messages("botframework", recorded[29].body).at(0), reply()).at(0).contains("suggestedActions"));
    auto const arrival = [&](std::string const& who) {
        return messages("botframework", R"({"type":"conversationUpdate","channelId":"webchat","recipient":{"id":"b"},"conversation":{"id":"c"},"membersAdded":[{"id":")" + who + "\"}]}");
    };
    CHECK(arrival("b").empty());
    CHECK(arrival("u").at(0).wish == Incoming::Wish::help);
}

TEST_CASE("in a group of Teams suggestions are buttons of a card, whose press is a question", "[channels]")
{
    auto const asked = [](std::string const& channel) {
        return messages("botframework", R"({"type":"message","id":"1","channelId":")" + channel + R"(","serviceUrl":"https://s","from":{"id":"u"},"recipient":{"id":"b"},"conversation":{"id":"c","isGroup":true},)"
                                        R"("text":"<at>MI</at> x","entities":[{"type":"mention","text":"<at>MI</at>","mentioned":{"id":"b"}}]})").at(0);
    };
    auto const sent = bodies("botframework", asked("msteams"), reply()).at(0);
    auto const& card = sent.at("attachments").at(0);
    CHECK(card.at("contentType").as_string() == "application/vnd.microsoft.card.adaptive");
    auto const& actions = card.at("content").at("actions").as_array();
    REQUIRE(actions.size() == 2);
    CHECK(actions[0].at("type").as_string() == "Action.Submit");
    CHECK(actions[0].at("title").as_string() == "Who leads it?");
    auto const& data = actions[0].at("data");
    CHECK(data.at("msteams").at("type").as_string() == "messageBack");
    CHECK(data.at("msteams").at("displayText").as_string() == "Who leads it?");
    CHECK(sent.at("text").as_string().find("1. Who leads") == json::string::npos);
    auto const pressed = [&](std::string const& text, std::string const& value) {
        return messages("botframework", R"({"type":"message","id":"2","channelId":"msteams","serviceUrl":"https://s","from":{"id":"u"},"recipient":{"id":"b"},"conversation":{"id":"c","isGroup":true},)"
                                        R"("text":)" + text + R"(,"value":)" + value + "}");
    };
    json::object value = data.as_object();
    value.erase("msteams");
    for (auto const* text : {R"("Who leads the CIML?")", "null", R"("")"}) {
        auto const found = pressed(text, json::serialize(value));
        REQUIRE(found.size() == 1);
        CHECK(found[0].question.text == "Who leads the CIML?");
    }
    CHECK(pressed(R"("not for us")", "{}").empty());
    CHECK(pressed(R"("not for us")", R"({"question":7})").empty());
    // Others may show no cards.
    auto const elsewhere = bodies("botframework", asked("slack"), reply()).at(0);
    CHECK_FALSE(elsewhere.contains("attachments"));
    CHECK(elsewhere.at("text").as_string().find("1. Who leads") != json::string::npos);
}
