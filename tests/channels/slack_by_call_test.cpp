// Slack: where answers go, how long they may be, and texts as people wrote them.
#include "by_call.hpp"
#include "channels/slack.hpp"
#include "text/utf8.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::channels;
using namespace immunobot::channels::tests;
namespace json = boost::json;

TEST_CASE("slack answers in the thread of a channel and openly in a conversation of two", "[channels]")
{
    auto const thread = bodies("slack.events", messages("slack.events", recorded[0].body).at(0), reply()).at(0);
    CHECK(thread.at("thread_ts").as_string() == "5.1");
    CHECK(std::string(thread.at("text").as_string()).find("R&amp;D &lt;b&gt;") != std::string::npos);
    auto const& blocks = thread.at("blocks").as_array();
    auto const& button = blocks.back().at("elements").at(0).as_object();
    CHECK(button.at("action_id").as_string() == "suggest_0");
    CHECK(button.at("value").as_string() == "ask:Who leads the CIML?");
    CHECK_FALSE(bodies("slack.events", messages("slack.events", recorded[2].body).at(0), reply()).at(0).contains("thread_ts"));
    auto const pressed = bodies("slack.interactive", messages("slack.interactive", recorded[9].body).at(0), reply()).at(0);
    CHECK(pressed.at("replace_original") == false);
    CHECK(pressed.at("response_type").as_string() == "in_channel");
}

TEST_CASE("slack: a long answer is cut where slack takes the whole message", "[channels]")
{
    auto lengthy = reply();
    lengthy.answer.clear();
    for (int i = 0; i < 3000; ++i)
        lengthy.answer += "A sentence of some words. ";
    auto const sent = bodies("slack.events", messages("slack.events", recorded[0].body).at(0), lengthy).at(0);
    std::size_t characters = 0;
    for (auto const& block : sent.at("blocks").as_array())
        if (auto const* text = block.as_object().if_contains("text"))
            characters += text->at("text").as_string().size();
    CHECK(characters > 11'000);
    CHECK(characters <= 12'500);   // msg_blocks_too_long at about 13,000
    CHECK(sent.at("blocks").as_array().back().at("type").as_string() == "actions");
}

TEST_CASE("slack commands are answered for the one who typed, with a button to share", "[channels]")
{
    auto message = messages("slack.commands", recorded[8].body).at(0);
    CHECK(message.wish == Incoming::Wish::look_up);
    auto const rendered = [&] {
        HttpAnswer out;
        route_of("slack.commands").render(out, message, reply(), settings_of(channel_of("slack")));
        return out.body;
    };
    CHECK(json::parse(rendered()).as_object().at("response_type").as_string() == "ephemeral");
    CHECK(rendered().find("\"share\"") == std::string::npos);   // nothing in it is for all
    message.share = {"Who leads it?", "Somebody.", ""};
    CHECK(rendered().find(R"("value":"ask:Who leads it?")") != std::string::npos);
    message.share.question = std::string(2000, 'x');
    CHECK(rendered().find("\"share\"") == std::string::npos);
    CHECK(messages("slack.commands", "command=%2Fmi&text=&trigger_id=1").at(0).wish == Incoming::Wish::help);
}

TEST_CASE("slack texts are read as people wrote them", "[channels]")
{
    CHECK(slack_text("<@U1> see <https://example.org/a|the page> &amp; <mailto:a@example.org|a@example.org> <!here> <#C1|general>") ==
          "see the page & a@example.org #general");
    CHECK(slack_text("a < b") == "a < b");
    CHECK(slack_text("<https://example.org>") == "https://example.org");
}

TEST_CASE("slack: what a message looks up in a channel is for who wrote it, until it is shared", "[channels]")
{
    auto message = messages("slack.events", recorded[0].body).at(0);
    message.wish = Incoming::Wish::look_up;   // which the server finds in its words
    message.share.question = "Who leads it?";
    auto const& channel = channel_of("slack");
    auto const call = channel.compose(message, reply(), settings_of(channel)).at(0);
    CHECK(call.target == "chat.postEphemeral");
    auto const body = json::parse(call.body).as_object();
    CHECK(body.at("user").as_string() == "U1");
    CHECK_FALSE(body.contains("thread_ts"));   // nobody sees it in a thread that is not there
    CHECK(call.body.find("\"share\"") != std::string::npos);
    message.where["in_thread"] = true;
    CHECK(channel.compose(message, reply(), settings_of(channel)).at(0).body.find("thread_ts") != std::string::npos);
    message.for_one = true;
    CHECK(channel.compose(message, reply(), settings_of(channel)).at(0).target == "chat.postMessage");
}
