// Mattermost: posts, commands and buttons.
#include "in_response.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace immunobot::channels;
using namespace immunobot::channels::in_response;
namespace json = boost::json;

TEST_CASE("Mattermost: posts, commands and buttons", "[channels]")
{
    Row const posts[] = {
        {"a trigger word", R"({"post_id":"p","user_name":"marie","text":"immunobot: what is it?","trigger_word":"immunobot"})", "what is it?"},
        {"a glued one", R"({"post_id":"p","user_name":"marie","text":"!mihospitals","trigger_word":"!mi"})", "hospitals"},
        {"none", R"({"post_id":"p","user_name":"marie","text":"hospitals"})", "hospitals"},
        {"only the word", R"({"post_id":"p","user_name":"marie","text":"immunobot","trigger_word":"immunobot"})", "(help)"},
        {"ourselves", R"({"post_id":"p","user_name":"immunobot","text":"x"})", ""},
        {"no text", R"({"post_id":"p","user_name":"marie"})", ""},
    };
    for (auto const& row : posts) {
        INFO(row.what);
        CHECK(taken("mattermost.outgoing", row.body) == row.expected);
    }
    std::string const form = "token=t&command=%2Fmi&text=o%C3%B9+est+le+CIML+%3F&trigger_id=t1&channel_id=c&user_id=u"
                             "&user_mentions=a&user_mentions=b&user_mentions_ids=1&user_mentions_ids=2";
    auto const asked = message("mattermost.command", form, "application/x-www-form-urlencoded");
    CHECK(asked.question.text == "o\xc3\xb9 est le CIML ?");
    CHECK(asked.wish == Incoming::Wish::look_up);
    CHECK(asked.id == "t1");
    auto const by_get = route("mattermost.command.get").parse({.body = {}, .headers = {}, .now = 1, .query = form}, settings());
    CHECK(std::get<std::vector<Incoming>>(*by_get).at(0).question.text == asked.question.text);
    CHECK(taken("mattermost.action", R"({"trigger_id":"t","context":{"act":"ask","q":"hospitals"}})") == "hospitals");
    CHECK(taken("mattermost.action", R"({"trigger_id":"t","context":{"act":"other","q":"hospitals"}})").empty());
}

TEST_CASE("Mattermost: buttons are signed, and proved by what they bring back", "[channels]")
{
    auto with = settings();
    with.set("action_key", {"new-key", "old-key"});
    with.set("address", {"https://bot.example.org"});
    auto const asked = message("mattermost.outgoing", R"({"post_id":"p","user_name":"marie","text":"x"})");
    auto const sent = rendered("mattermost.outgoing", asked, reply(), with);
    CHECK(text(sent, "response_type") == "comment");
    CHECK(sent.at("skip_slack_parsing").as_bool());
    auto const& action = sent.at("attachments").as_array().at(0).as_object().at("actions").as_array().at(1).as_object();
    CHECK(text(action, "id") == "suggest1");
    auto const& integration = action.at("integration").as_object();
    CHECK(text(integration, "url") == "https://bot.example.org/webhooks/mattermost/action");
    json::object pressed{{"trigger_id", "t"}, {"context", integration.at("context")}};
    auto const prove = [&](json::object const& body, Settings const& known) { return route("mattermost.action").prove({json::serialize(body), {}}, known); };
    CHECK(prove(pressed, with) == Proof::holds);
    with.set("action_key", {"newest", "new-key"});
    CHECK(prove(pressed, with) == Proof::holds);
    CHECK(prove(pressed, settings()) == Proof::fails);
    pressed["context"].as_object()["q"] = "something else";
    CHECK(prove(pressed, with) == Proof::fails);
    // Without a key of ours, suggestions are said.
    auto const plain = rendered("mattermost.command", asked, reply());
    CHECK(text(plain, "response_type") == "ephemeral");
    CHECK_FALSE(plain.contains("attachments"));
    CHECK(text(plain, "text").find("2. Which hospitals 1?") != std::string::npos);
    CHECK(text(rendered("mattermost.action", asked, reply()), "ephemeral_text").find("\\*here\\*") != std::string::npos);
}

TEST_CASE("Mattermost: what one person looked up is said to all through the address of the command", "[channels]")
{
    std::string const hook = "abcdefghijklmnopqrstuvwx12";
    auto with = settings();
    with.set("action_key", {"key"});
    with.set("address", {"https://bot.example.org"});
    with.set("server", {"https://chat.example.org/mm"});
    auto const command = [&](std::string const& url) {
        auto asked = message("mattermost.command", "token=t&command=%2Fmi&text=x&trigger_id=t1&channel_id=c&user_id=u&response_url=" + url, "application/x-www-form-urlencoded");
        asked.share = {"Which hospitals are members?", "These.", ""};
        return asked;
    };
    auto const actions = [&](Incoming const& asked, Settings const& known) {
        auto const sent = rendered("mattermost.command", asked, reply(1), known);
        return sent.contains("attachments") ? sent.at("attachments").as_array().at(0).as_object().at("actions").as_array() : json::array();
    };
    auto const asked = command("https%3A%2F%2Felsewhere.example%2Fhooks%2Fcommands%2F" + hook);
    auto const all = actions(asked, with);
    REQUIRE(all.size() == 2);
    CHECK(text(all[1].as_object(), "id") == "share");
    CHECK(text(all[1].as_object(), "name") == "Share here");
    for (auto const* const url : {"", "https%3A%2F%2Fchat.example.org%2Fhooks%2Fcommands%2Fshort", "https%3A%2F%2Fchat.example.org%2Fhooks%2Fcommands%2F..%2Fwebhooks%2Fabcdefghijklmno"})
        CHECK(actions(command(url), with).size() == 1);
    auto unknown = with;
    unknown.set("server", {});
    CHECK(actions(asked, unknown).size() == 1);

    json::object press{{"trigger_id", "t"}, {"channel_id", "c"}, {"user_id", "u"}, {"context", all[1].as_object().at("integration").as_object().at("context")}};
    auto const proved = [&] { return route("mattermost.action").prove({json::serialize(press), {}}, with) == Proof::holds; };
    CHECK(proved());
    auto const shared = message("mattermost.action", json::serialize(press));
    CHECK(shared.by_call);
    CHECK(shared.user.empty());
    press["trigger_id"] = "t2";
    CHECK(message("mattermost.action", json::serialize(press)).id == shared.id);   // said once, however often it is pressed
    auto const& channel = *channel_named("mattermost");
    auto const calls = channel.compose(shared, reply(1), with);
    REQUIRE(calls.size() == 1);
    CHECK(channel.address(calls[0], with, {}).url == "https://chat.example.org/mm/hooks/commands/" + hook);
    auto const said = json::parse(calls[0].body).as_object();
    CHECK(text(said, "response_type") == "in_channel");
    CHECK(said.at("attachments").as_array().at(0).as_object().at("actions").as_array().size() == 1);
    // Mattermost gives what is said to outgoing webhooks as well, as words of the person who typed the command.
    json::object const post{{"post_id", "p"}, {"user_name", "marie"}, {"text", said.at("text")}};
    CHECK(taken("mattermost.outgoing", json::serialize(post)).empty());
    // One that is too long for a post is said to all in several, of which each is known again.
    auto lengthy = reply(1);
    lengthy.answer.clear();
    for (int i = 0; i < 2500; ++i)
        lengthy.answer += "word" + std::to_string(i) + " ";
    auto const parts = json::parse(channel.compose(shared, lengthy, with).at(0).body).as_object();
    auto const first = text(parts, "text");
    REQUIRE(parts.at("extra_responses").as_array().size() == 1);
    auto const second = text(parts.at("extra_responses").as_array().at(0).as_object(), "text");
    auto const last_of_first = std::stoi(first.substr(first.rfind("word") + 4));
    CHECK(std::stoi(second.substr(second.find("word") + 4)) == last_of_first + 1);
    for (auto const& part : {first, second}) {
        CHECK(part.starts_with("\xe2\x80\x8b"));
        CHECK(taken("mattermost.outgoing", json::serialize(json::object{{"post_id", "p"}, {"user_name", "marie"}, {"text", part}})).empty());
    }
    press["context"].as_object()["hook"] = "abcdefghijklmnopqrstuvwx13";
    CHECK_FALSE(proved());
    press["context"].as_object()["hook"] = "../../api/v4/users/me/abcd";
    CHECK(taken("mattermost.action", json::serialize(press)).empty());
}
