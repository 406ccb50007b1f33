// Discord: interactions read, and answered.
#include "in_response.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace immunobot::channels;
using namespace immunobot::channels::in_response;
using immunobot::Language;
using immunobot::assistant::Reply;

TEST_CASE("Discord: commands, buttons and forms are questions", "[channels]")
{
    Row const rows[] = {
        {"a command", R"({"id":"1","application_id":"app","type":2,"data":{"name":"ask","options":[{"name":"question","type":3,"value":"Where?"}]}})", "Where?"},
        {"a subcommand", R"({"id":"1","application_id":"app","type":2,"data":{"name":"mi","options":[{"name":"g","type":2,"options":[{"name":"s","type":1,"options":[{"name":"q","value":"Where?"}]}]}]}})", "Where?"},
        {"a command without words", R"({"id":"1","application_id":"app","type":2,"data":{"name":"ask"}})", "(help)"},
        {"help", R"({"id":"1","application_id":"app","type":2,"data":{"name":"help","options":[{"name":"q","value":"x"}]}})", "(help)"},
        {"a button", R"({"id":"1","application_id":"app","type":3,"data":{"custom_id":"ask:hospitals","component_type":2}})", "hospitals"},
        {"a menu", R"({"id":"1","application_id":"app","type":3,"data":{"custom_id":"menu","component_type":3,"values":["ask:hospitals"]}})", "hospitals"},
        {"a form", R"({"id":"1","application_id":"app","type":5,"data":{"custom_id":"f","components":[{"type":1,"components":[{"type":4,"custom_id":"q","value":"Where?"}]}]}})", "Where?"},
        {"another application", R"({"id":"1","application_id":"other","type":2,"data":{"name":"ask","options":[{"name":"q","value":"x"}]}})", ""},
        {"a bot", R"({"id":"1","application_id":"app","type":2,"member":{"user":{"id":"7","bot":true}},"data":{"name":"ask","options":[{"name":"q","value":"x"}]}})", ""},
        {"a kind to come", R"({"id":"1","application_id":"app","type":99,"data":{}})", ""},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        CHECK(taken("discord", row.body) == row.expected);
    }
    auto const pinged = parsed("discord", R"({"id":"1","application_id":"app","type":1})");
    CHECK(std::get<Handshake>(pinged).answer.body == "{\"type\":1}");
    auto const typing = parsed("discord", R"({"id":"1","application_id":"app","type":4,"data":{"name":"ask","options":[]}})");
    CHECK(std::get<Handshake>(typing).answer.body == R"({"type":8,"data":{"choices":[]}})");
}

TEST_CASE("Discord: the answer mentions nobody and has one row of buttons", "[channels]")
{
    auto const asked = message("discord", R"({"id":"i1","application_id":"app","type":2,"locale":"fr","channel_id":"c","member":{"user":{"id":"u"}},"data":{"name":"ask","options":[{"name":"q","value":"x"}]}})");
    CHECK(asked.id == "i1");
    CHECK(asked.question.hint == Language::fr);
    CHECK(asked.question.conversation == "discord:c:u");
    auto const sent = rendered("discord", asked, reply(4));
    CHECK(sent.at("type").as_int64() == 4);
    auto const& data = sent.at("data").as_object();
    CHECK(data.at("allowed_mentions").as_object().at("parse").as_array().empty());
    CHECK(text(data, "content").find("\\*here\\*") != std::string::npos);
    CHECK(text(data, "content").find("@all") == std::string::npos);
    auto const& buttons = data.at("components").as_array().at(0).as_object().at("components").as_array();
    CHECK(buttons.size() == 4);
    for (auto const& button : buttons)
        CHECK(text(button.as_object(), "custom_id").size() <= 100);
    CHECK(data.at("flags").as_int64() == 4);
    auto const looked_up = message("discord", R"({"id":"i2","application_id":"app","type":2,"data":{"name":"mi","options":[{"name":"words","value":"x"}]}})");
    CHECK(looked_up.wish == Incoming::Wish::look_up);
    CHECK(rendered("discord", looked_up, reply()).at("data").as_object().at("flags").as_int64() == 68);
    auto same = reply(2);
    same.suggestions[1] = same.suggestions[0];
    auto const once = rendered("discord", asked, same);
    CHECK(once.at("data").as_object().at("components").as_array().at(0).as_object().at("components").as_array().size() == 1);
    Reply long_one = reply(0);
    long_one.answer = std::string(3000, 'x');
    CHECK(text(rendered("discord", asked, long_one).at("data").as_object(), "content").size() <= 2003);
}

TEST_CASE("Discord: what is longer than a message follows in others", "[channels]")
{
    auto const asked = message("discord", R"({"id":"i1","application_id":"app","token":"to/ken","type":2,"data":{"name":"mi","options":[{"name":"q","value":"x"}]}})");
    auto lengthy = reply(1);
    lengthy.answer = std::string(1500, 'x') + "\n\n" + std::string(1500, 'y') + "\n\n" + std::string(1500, 'z');
    auto const& channel = *channel_named("discord");
    auto const first = rendered("discord", asked, lengthy).at("data").as_object();
    CHECK(text(first, "content") == std::string(1500, 'x'));
    CHECK_FALSE(first.contains("components"));
    auto with = settings();
    with.set("api", {"https://discord.com/api/v10"});
    auto const calls = channel.follow_up(asked, lengthy, with);
    REQUIRE(calls.size() == 2);
    CHECK(channel.address(calls[0], with, {}).url == "https://discord.com/api/v10/webhooks/app/to%2Fken");
    CHECK(calls[0].after.count() > 0);
    auto const second = boost::json::parse(calls[0].body).as_object();
    CHECK(text(second, "content") == std::string(1500, 'y'));
    CHECK(second.at("flags").as_int64() == 68);
    CHECK(second.at("allowed_mentions").as_object().at("parse").as_array().empty());
    auto const third = boost::json::parse(calls[1].body).as_object();
    CHECK(text(third, "content").find("Source") != std::string::npos);
    CHECK(third.contains("components"));
    CHECK(channel.judge(calls[0], 404, "") == Outcome::later);   // the first message may not be there yet
    auto tried = calls[0];
    tried.attempts = 3;
    CHECK(channel.judge(tried, 404, "") == Outcome::never);   // it is gone
    CHECK(channel.judge(tried, 500, "") == Outcome::later);
    CHECK(channel.judge(calls[0], 204, "") == Outcome::sent);
    CHECK(channel.judge(calls[0], 401, "") == Outcome::never);
    CHECK(channel.follow_up(asked, reply(1), with).empty());
}

TEST_CASE("Discord: what one person looked up can be said to all by a button", "[channels]")
{
    auto asked = message("discord", R"({"id":"i1","application_id":"app","type":2,"channel_id":"c","member":{"user":{"id":"u"}},"data":{"name":"mi","options":[{"name":"words","value":"x"}]}})");
    auto const row = [&] {
        return rendered("discord", asked, reply(4)).at("data").as_object().at("components").as_array().at(0).as_object().at("components").as_array();
    };
    CHECK(row().size() == 4);
    asked.share = {"Which hospitals are members?", "These.", ""};
    REQUIRE(row().size() == 5);
    auto const button = row()[4].as_object();
    CHECK(text(button, "label") == "Share here");
    CHECK(text(button, "custom_id") == "share:Which hospitals are members?");
    asked.share.question = std::string(95, 'x');   // an id holds 100
    CHECK(row().size() == 4);

    auto const press = [](std::string const& id, int flags) {
        return R"({"id":"i2","application_id":"app","type":3,"channel_id":"c","member":{"user":{"id":"u"}},"message":{"flags":)" + std::to_string(flags) +
               R"(},"data":{"component_type":2,"custom_id":")" + id + "\"}}";
    };
    auto const flags = [&](Incoming const& incoming) { return rendered("discord", incoming, reply(0)).at("data").as_object().at("flags").as_int64(); };
    auto const shared = message("discord", press("share:Which hospitals are members?", 68));
    CHECK(shared.question.text == "Which hospitals are members?");
    CHECK(shared.user.empty());   // what everybody will read is no command of the staff
    CHECK(flags(shared) == 4);
    CHECK(flags(message("discord", press("ask:hospitals", 68))) == 68);
    CHECK(flags(message("discord", press("ask:hospitals", 4))) == 4);
    CHECK(std::get<Handshake>(parsed("discord", press("share:", 68))).answer.body == R"({"type":6})");
}
