// Teams, Rocket.Chat, Zulip and Google Chat: what is read, and what is answered in the response.
#include "in_response.hpp"

#include <catch2/catch.hpp>

using namespace immunobot::channels;
using namespace immunobot::channels::in_response;
using immunobot::Language;

TEST_CASE("Teams: text is freed of tags, entities and the name that was called", "[channels]")
{
    Row const rows[] = {
        {"a mention", R"({"type":"message","id":"1","text":"<at>immunobot</at> quels h\u00f4pitaux&nbsp;?\n"})", "quels h\xc3\xb4pitaux ?"},
        {"a mention with an id", R"({"type":"message","text":"<at id=\"0\">immunobot</at> where?"})", "where?"},
        {"another is asked about", R"({"type":"message","text":"<at>immunobot</at> who is <at>Marie Curie</at>?"})", "who is Marie Curie ?"},
        {"a mention that never closes", R"({"type":"message","text":"<at>immunobot where?"})", "immunobot where?"},
        {"tags", R"({"type":"message","text":"<p>where <b>is</b> it?</p>"})", "where is it?"},
        {"signs", R"({"type":"message","text":"1 &lt; 2 &amp; 3 < 4 &#39;x&#39;"})", "1 < 2 & 3 < 4 'x'"},
        {"an open tag", R"({"type":"message","text":"where <b is"})", "where <b is"},
        {"only the name", R"({"type":"message","text":"<at>immunobot</at>&nbsp;"})", "(help)"},
        {"something else", R"({"type":"conversationUpdate","text":"x"})", ""},
        {"a bot", R"({"type":"message","from":{"role":"bot"},"text":"x"})", ""},
        {"no text", R"({"type":"message"})", ""},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        CHECK(taken("teams", row.body) == row.expected);
    }
    auto const asked = message("teams", R"({"type":"message","id":"1","text":"x","conversation":{"id":"19:a"},"entities":[{"type":"clientInfo","locale":"fr-FR"}]})");
    CHECK(asked.question.hint == Language::fr);
    CHECK(asked.question.conversation == "teams:19%3Aa");
    auto const sent = rendered("teams", asked, reply());
    CHECK(text(sent, "type") == "message");
    CHECK(text(sent, "text").find(".\n\nCall") != std::string::npos);
    CHECK(text(sent, "text").find("[Site \\[1\\]](https://example.org/a_b)") != std::string::npos);
}

TEST_CASE("Rocket.Chat: words that call, threads and buttons that call again", "[channels]")
{
    Row const rows[] = {
        {"a trigger word", R"({"message_id":"m","user_name":"paul","trigger_word":"!mi","text":"!mi what is it?"})", "what is it?"},
        {"a bot", R"({"message_id":"m","user_name":"paul","bot":{"i":"x"},"text":"x"})", ""},
        {"ourselves", R"({"message_id":"m","user_name":"immunobot","text":"x"})", ""},
        {"an edit", R"({"message_id":"m","user_name":"paul","isEdited":true,"text":"x"})", ""},
        {"somebody came", R"({"user_name":"paul","text":"x"})", ""},
        {"a file", R"({"message_id":"m","user_name":"paul"})", ""},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        CHECK(taken("rocketchat", row.body) == row.expected);
    }
    auto const asked = message("rocketchat", R"({"message_id":"m","channel_id":"G","user_name":"paul","tmid":"root","trigger_word":"!mi","text":"!mi x"})");
    CHECK(asked.question.conversation == "rocketchat:G:root");
    auto const sent = rendered("rocketchat", asked, reply());
    CHECK(text(sent, "tmid") == "root");
    CHECK(text(sent, "text").find("*here*") != std::string::npos);
    CHECK(text(sent, "text").find("@all") == std::string::npos);
    auto const& button = sent.at("attachments").as_array().at(0).as_object().at("actions").as_array().at(0).as_object();
    CHECK(text(button, "msg") == "!mi Which hospitals are members, number 0?");
    auto lengthy = reply();
    lengthy.answer = std::string(3000, 'x') + "\n\n" + std::string(3000, 'y');
    auto const attachments = rendered("rocketchat", asked, lengthy).at("attachments").as_array();
    REQUIRE(attachments.size() == 2);
    CHECK(text(attachments[0].as_object(), "text").starts_with("yyy"));
    CHECK(attachments[1].as_object().contains("actions"));
}

TEST_CASE("Zulip: mentions go, topics are conversations, both kinds of bot are answered", "[channels]")
{
    auto const body = [](std::string const& data, std::string const& more = R"("trigger":"mention")", std::string const& message = R"({"id":5,"type":"stream","stream_id":7,"subject":"visits","sender_id":1,"sender_email":"c@example.org"})") {
        return R"({"bot_email":"b@example.org","bot_full_name":"immunobot","data":")" + data + "\"," + more + R"(,"message":)" + message + "}";
    };
    Row const rows[] = {
        {"a mention", body("@**immunobot** what is LAI?"), "what is LAI?"},
        {"with an id", body("@**immunobot|12** what is LAI?"), "what is LAI?"},
        {"a silent one", body("what is LAI? @_**immunobot**"), "what is LAI?"},
        {"of somebody else too", body("@**immunobot** who is @**Marie Curie|3**?"), "who is Marie Curie|3?"},
        {"never closed", body("@**immunobot what is LAI?"), "@**immunobot what is LAI?"},
        {"only the name", body("@**immunobot**"), "(help)"},
        {"a direct message", body("hi", R"("trigger":"direct_message")"), "hi"},
        {"an old one", body("hi", R"("trigger":"private_message")"), "hi"},
        {"another trigger", body("hi", R"("trigger":"new")"), ""},
        {"ourselves", body("hi", R"("trigger":"mention")", R"({"id":5,"sender_email":"b@example.org"})"), ""},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        CHECK(taken("zulip", row.body) == row.expected);
    }
    auto const asked = message("zulip", body("x"));
    CHECK(asked.id == "5");
    CHECK(asked.question.conversation == "zulip:topic:7:visits");
    auto const sent = rendered("zulip", asked, reply());
    CHECK(text(sent, "content").find("*here* & <there>") != std::string::npos);
    CHECK(text(sent, "content").find("@all") == std::string::npos);
    auto const form = message("zulip", "token=t&text=immunobot+hi&trigger_word=immunobot&channel_id=C1&user_id=U1", "application/x-www-form-urlencoded");
    CHECK(form.question.text == "hi");
    CHECK(rendered("zulip", form, reply()).contains("text"));
}

TEST_CASE("Google Chat: both formats are read and answered in their own", "[channels]")
{
    std::string const person = R"("user":{"name":"users/1","type":"HUMAN"})";
    Row const rows[] = {
        {"a mention", R"({"type":"MESSAGE",)" + person + R"(,"message":{"name":"m","text":"@bot where?","argumentText":" where?"}})", "where?"},
        {"alone", R"({"type":"MESSAGE",)" + person + R"(,"message":{"name":"m","text":"where?"}})", "where?"},
        {"added", R"({"type":"ADDED_TO_SPACE",)" + person + "}", "(help)"},
        {"added by a question", R"({"type":"ADDED_TO_SPACE",)" + person + R"(,"message":{"name":"m","text":"@bot where?","argumentText":" where?"}})", "where?"},
        {"added by a mention alone", R"({"type":"ADDED_TO_SPACE",)" + person + R"(,"message":{"name":"m","text":"@bot","argumentText":""}})", "(help)"},
        {"removed", R"({"type":"REMOVED_FROM_SPACE",)" + person + "}", ""},
        {"a button", R"({"type":"CARD_CLICKED",)" + person + R"(,"common":{"invokedFunction":"ask","parameters":{"question":"where?"}},"message":{"name":"m","sender":{"type":"BOT"}}})", "where?"},
        {"a bot", R"({"type":"MESSAGE","user":{"type":"BOT"},"message":{"name":"m","text":"x"}})", ""},
        {"an add-on", R"({"commonEventObject":{"userLocale":"fr"},"chat":{)" + person + R"(,"messagePayload":{"space":{"name":"s"},"message":{"name":"m","argumentText":" where?"}}}})", "where?"},
        {"a command of an add-on", R"({"chat":{)" + person + R"(,"appCommandPayload":{"message":{"name":"m","argumentText":"where?"}}}})", "where?"},
        {"a button of an add-on", R"({"commonEventObject":{"parameters":{"question":"where?"}},"chat":{)" + person + R"(,"buttonClickedPayload":{"message":{"name":"m"}}}})", "where?"},
        {"an add-on added", R"({"chat":{)" + person + R"(,"addedToSpacePayload":{"space":{"name":"s"}}}})", "(help)"},
        {"an add-on of another kind", R"({"chat":{)" + person + "}}", ""},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        CHECK(taken("googlechat", row.body) == row.expected);
    }
    auto const asked = message("googlechat", R"({"type":"MESSAGE","space":{"name":"spaces/A"},"common":{"userLocale":"fr"},"message":{"name":"m1","text":"x","thread":{"name":"t1"}}})");
    CHECK(asked.id == "m1");
    CHECK(asked.question.hint == Language::fr);
    auto const sent = rendered("googlechat", asked, reply());
    CHECK(text(sent, "text").find("& <\xe2\x80\x8bthere>") != std::string::npos);   // an entity would be shown as it is
    CHECK(text(sent, "text").find("<https://example.org/a_b|Site [1]>") != std::string::npos);
    CHECK(text(sent.at("thread").as_object(), "name") == "t1");
    CHECK(sent.at("cardsV2").as_array().size() == 1);
    auto const addon = message("googlechat", rows[8].body);
    auto const wrapped = rendered("googlechat", addon, reply());
    CHECK(wrapped.at("hostAppDataAction").as_object().at("chatDataAction").as_object().at("createMessageAction").as_object().at("message").as_object().contains("text"));
}

TEST_CASE("Google Chat: what a command of staff gives is for one, until it is shared", "[channels]")
{
    auto const typed = [](std::string const& command, std::string const& space) {
        return R"({"type":"MESSAGE","user":{"name":"users/1","type":"HUMAN"},"space":{"name":"spaces/A","spaceType":")" + space + R"("},"message":{"name":"m","argumentText":" hospitals",)"
               R"("annotations":[{"type":"USER_MENTION"},{"type":"SLASH_COMMAND","slashCommand":{"commandName":")" + command + R"(","commandId":"1"}}]}})";
    };
    auto const press = [](std::string const& parameters) {
        return R"({"type":"CARD_CLICKED","user":{"name":"users/1","type":"HUMAN"},"common":{"invokedFunction":"ask","parameters":{)" + parameters + R"(}},"message":{"name":"m","sender":{"type":"BOT"}}})";
    };
    auto asked = message("googlechat", typed("/mi", "SPACE"));
    CHECK(asked.wish == Incoming::Wish::look_up);
    CHECK(asked.slash == "mi");
    CHECK(asked.for_one);
    CHECK(message("googlechat", typed("/ask", "SPACE")).wish == Incoming::Wish::answer);
    CHECK_FALSE(message("googlechat", typed("/ask", "SPACE")).for_one);
    asked.share = {"Which hospitals?", "These.", ""};
    auto const sent = rendered("googlechat", asked, reply(1));
    CHECK(text(sent.at("privateMessageViewer").as_object(), "name") == "users/1");
    auto const& buttons = sent.at("cardsV2").as_array().at(0).at("card").at("sections").at(0).at("widgets").at(0).at("buttonList").at("buttons").as_array();
    REQUIRE(buttons.size() == 2);
    auto const parameters = [&](std::size_t i) { return buttons[i].at("onClick").at("action").at("parameters").as_array(); };
    CHECK(parameters(0).size() == 2);
    CHECK(text(buttons[1].as_object(), "text") == "Share here");
    CHECK(parameters(1).size() == 1);

    auto by_message = message("googlechat", R"({"type":"MESSAGE","user":{"name":"users/1","type":"HUMAN"},"space":{"name":"spaces/A","spaceType":"SPACE"},"message":{"name":"m","argumentText":" faq hospitals"}})");
    CHECK_FALSE(rendered("googlechat", by_message, reply(0)).contains("privateMessageViewer"));
    by_message.wish = Incoming::Wish::look_up;   // which the server finds in its words
    CHECK(text(rendered("googlechat", by_message, reply(0)).at("privateMessageViewer").as_object(), "name") == "users/1");

    auto const privately = message("googlechat", press(R"("question":"where?","for_one":"yes")"));
    CHECK(rendered("googlechat", privately, reply(0)).contains("privateMessageViewer"));
    auto const shared = message("googlechat", press(R"("question":"where?")"));
    CHECK_FALSE(shared.for_one);
    CHECK_FALSE(rendered("googlechat", shared, reply(0)).contains("privateMessageViewer"));
    CHECK_FALSE(rendered("googlechat", shared, reply(0)).contains("cardsV2"));
}
