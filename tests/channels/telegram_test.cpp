// Telegram: who is spoken to, what is asked, and the methods that answer.
#include "in_response.hpp"

#include "channels/texts.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace immunobot::channels;
using namespace immunobot::channels::in_response;
using immunobot::Language;
namespace json = boost::json;

namespace {

// A Telegram message of a person, with `rest` for what follows the chat.
std::string telegram_message(std::string const& chat, std::string const& rest)
{
    return R"({"update_id":9,"message":{"message_id":5,"date":1,"from":{"id":1,"is_bot":false,"language_code":"fr"},"chat":{"id":)" +
           std::string(chat == "private" ? "1" : "-100") + R"(,"type":")" + chat + "\"}," + rest + "}}";
}

// With what takes calls: buttons, and more than one message.
Settings with_token()
{
    auto with = settings();
    with.set("bot_token", {"42:abc"});
    with.set("api", {"https://api.telegram.org"});
    return with;
}

}  // namespace

TEST_CASE("Telegram: who is spoken to, and what is asked", "[channels]")
{
    Row const rows[] = {
        {"alone", telegram_message("private", R"("text":"Where is CIML?")"), "Where is CIML?"},
        {"a command alone", telegram_message("private", R"("text":"/faq hospitals")"), "hospitals"},
        {"a start", telegram_message("private", R"("text":"/start")"), "(help)"},
        {"a start from a link", telegram_message("private", R"("text":"/start abc")"), "(help)"},
        {"a command for another bot", telegram_message("private", R"("text":"/faq@other hospitals")"), ""},
        {"to nobody in a group", telegram_message("group", R"("text":"Where is CIML?")"), ""},
        {"a command to nobody in a group", telegram_message("group", R"("text":"/faq hospitals")"), ""},
        {"a command for us", telegram_message("supergroup", R"("text":"/faq@ImmunoBot hospitals")"), "hospitals"},
        {"a mention", telegram_message("group", R"("text":"@IMMUNOBOT where is it?","entities":[{"type":"mention","offset":0,"length":10}])"), "where is it?"},
        {"a mention behind what is two units", telegram_message("group", "\"text\":\"\xf0\x9f\x98\x80 @immunobot where?\",\"entities\":[{\"type\":\"mention\",\"offset\":3,\"length\":10}]"), "\xf0\x9f\x98\x80 where?"},
        {"a mention of another", telegram_message("group", R"("text":"@immunobob where?","entities":[{"type":"mention","offset":0,"length":10}])"), ""},
        {"a mention without a name", telegram_message("group", R"("text":"Bot where?","entities":[{"type":"text_mention","offset":0,"length":3,"user":{"id":42}}])"), "where?"},
        {"only a mention", telegram_message("group", R"("text":"@immunobot","entities":[{"type":"mention","offset":0,"length":10}])"), "(help)"},
        {"an answer to us", telegram_message("group", R"("text":"and where?","reply_to_message":{"from":{"id":42}})"), "and where?"},
        {"an answer to another", telegram_message("group", R"("text":"and where?","reply_to_message":{"from":{"id":43}})"), ""},
        {"no text", telegram_message("private", R"("sticker":{})"), ""},
        {"an edit", R"({"update_id":1,"edited_message":{"text":"x"}})", ""},
        {"a post of a channel", R"({"update_id":1,"channel_post":{"text":"x","chat":{"id":1,"type":"channel"}}})", ""},
        {"a bot", R"({"update_id":1,"message":{"text":"x","from":{"id":7,"is_bot":true},"chat":{"id":1,"type":"private"}}})", ""},
        {"offsets of nowhere", telegram_message("group", R"("text":"x","entities":[{"type":"mention","offset":9223372036854775807,"length":9223372036854775807}])"), ""},
        {"a button", R"({"update_id":1,"callback_query":{"id":"c","from":{"id":1},"message":{"chat":{"id":1}},"data":"ask:hospitals"}})", "hospitals"},
        {"a button without a message", R"({"update_id":1,"callback_query":{"id":"c","from":{"id":1},"inline_message_id":"x","data":"ask:hospitals"}})", ""},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        CHECK(taken("telegram", row.body) == row.expected);
    }
}

TEST_CASE("Telegram: the answer is a method in the response", "[channels]")
{
    auto const asked = message("telegram", telegram_message("supergroup", R"("text":"/ask@immunobot hospitals","message_thread_id":7,"is_topic_message":true)"));
    CHECK(asked.id == "9");
    CHECK(asked.question.hint == Language::fr);
    CHECK_FALSE(asked.by_call);
    auto const sent = rendered("telegram", asked, reply(), with_token());
    CHECK(text(sent, "method") == "sendMessage");
    CHECK(sent.at("chat_id").as_int64() == -100);
    CHECK(sent.at("message_thread_id").as_int64() == 7);
    CHECK(sent.at("reply_parameters").as_object().at("message_id").as_int64() == 5);
    CHECK(text(sent, "parse_mode") == "HTML");
    CHECK(text(sent, "text").find("*here* &amp; &lt;there&gt;") != std::string::npos);
    CHECK(text(sent, "text").find("<a href=\"https://example.org/a_b\">Site [1]</a>") != std::string::npos);
    auto const& rows = sent.at("reply_markup").as_object().at("inline_keyboard").as_array();
    REQUIRE(rows.size() == 2);
    auto const& button = rows[0].as_array().at(0).as_object();
    CHECK(text(button, "text") == "Which hospitals 0?");
    CHECK(text(button, "callback_data").size() <= 64);
    CHECK(text(button, "callback_data").starts_with("ask:"));
    CHECK_FALSE(rendered("telegram", asked, reply(0), with_token()).contains("reply_markup"));
    // A button that nobody can answer would wait for ever.
    auto const numbered = rendered("telegram", asked, reply());
    CHECK_FALSE(numbered.contains("reply_markup"));
    CHECK(text(numbered, "text").find("1. Which hospitals 0?\n2. Which") != std::string::npos);
}

TEST_CASE("Telegram: only a topic is named as the place to answer", "[channels]")
{
    std::string const answer = R"("text":"and where?","message_thread_id":111,"reply_to_message":{"message_id":111,"from":{"id":42}})";
    auto const in_group = message("telegram", telegram_message("supergroup", answer));
    CHECK_FALSE(rendered("telegram", in_group, reply()).contains("message_thread_id"));   // Telegram: "message thread not found"
    CHECK(in_group.question.conversation == "telegram:-100:");
    auto const in_topic = message("telegram", telegram_message("supergroup", answer + R"(,"is_topic_message":true)"));
    CHECK(rendered("telegram", in_topic, reply()).at("message_thread_id").as_int64() == 111);
    CHECK(in_topic.question.conversation == "telegram:-100:111");
    auto const pressed = [](std::string const& more) {
        return message("telegram", R"({"update_id":1,"callback_query":{"id":"c","from":{"id":1},"message":{"chat":{"id":-100},"message_thread_id":7)" + more + R"(},"data":"ask:x"}})");
    };
    CHECK_FALSE(rendered("telegram", pressed(""), reply()).contains("message_thread_id"));
    CHECK(rendered("telegram", pressed(R"(,"is_topic_message":true)"), reply()).contains("message_thread_id"));
}

TEST_CASE("Telegram: what is longer than a message follows in others, or is cut where it may be", "[channels]")
{
    auto const asked = message("telegram", telegram_message("private", R"("text":"hospitals")"));
    auto lengthy = reply();
    lengthy.answer.clear();
    for (int i = 0; i < 400; ++i)
        lengthy.answer += "Number " + std::to_string(i) + " is here.\n";
    auto const& channel = *channel_named("telegram");
    auto const first = rendered("telegram", asked, lengthy, with_token());
    CHECK(length_in(text(first, "text"), Unit::characters) <= 4096);
    CHECK_FALSE(first.contains("reply_markup"));
    auto const calls = channel.follow_up(asked, lengthy, with_token());
    REQUIRE(calls.size() == 1);
    CHECK(calls[0].target == "sendMessage");
    CHECK(calls[0].after.count() > 0);
    auto const second = json::parse(calls[0].body).as_object();
    CHECK(text(second, "text").ends_with("(2026-11-23)"));
    CHECK(second.at("reply_markup").as_object().at("inline_keyboard").as_array().size() == 2);
    CHECK(channel.follow_up(asked, reply(), with_token()).empty());
    CHECK(channel.follow_up(asked, lengthy, settings()).empty());
    CHECK(text(rendered("telegram", asked, lengthy), "text").ends_with("\xe2\x80\xa6"));
}

TEST_CASE("Telegram: with a token, a pressed button is answered by calls", "[channels]")
{
    auto const with = with_token();
    std::string const pressed = R"({"update_id":1,"callback_query":{"id":"c1","from":{"id":1},"message":{"chat":{"id":1}},"data":"ask:hospitals"}})";
    auto const made = route("telegram").parse({pressed, {}}, with);
    auto const& asked = std::get<std::vector<Incoming>>(*made).at(0);
    CHECK(asked.by_call);
    auto const& channel = *channel_named("telegram");
    auto const calls = channel.compose(asked, reply(), with);
    REQUIRE(calls.size() == 2);
    CHECK(json::parse(calls[0].body).as_object().at("callback_query_id").as_string() == "c1");
    CHECK(json::parse(calls[1].body).as_object().at("chat_id").as_int64() == 1);
    CHECK(channel.address(calls[1], with, {}).url == "https://api.telegram.org/bot42:abc/sendMessage");
    CHECK(calls[1].body.find("42:abc") == std::string::npos);
}

TEST_CASE("Telegram: a look-up alone with the bot can be taken to another chat", "[channels]")
{
    auto asked = message("telegram", telegram_message("private", R"("text":"/mi hospitals")"));
    CHECK(asked.wish == Incoming::Wish::look_up);
    CHECK(message("telegram", telegram_message("private", R"("text":"hospitals")")).wish == Incoming::Wish::answer);
    CHECK(message("telegram", telegram_message("group", R"("text":"/mi@immunobot hospitals")")).wish == Incoming::Wish::look_up);
    CHECK_FALSE(rendered("telegram", asked, reply(0)).contains("reply_markup"));
    asked.share = {"Which hospitals?", "It is *here* & there.", "https://example.org/a_b?c=d"};
    auto const button = [&](Incoming const& incoming) {
        return rendered("telegram", incoming, reply(1), with_token()).at("reply_markup").as_object().at("inline_keyboard").as_array().back().as_array().at(0).as_object();
    };
    CHECK(text(button(asked), "text") == "Share");
    CHECK(text(button(asked), "url") == "https://t.me/share/url?url=https%3A%2F%2Fexample.org%2Fa_b%3Fc%3Dd&text=It%20is%20%2Ahere%2A%20%26%20there.");
    CHECK_FALSE(button(asked).contains("callback_data"));
    auto others = asked;
    others.for_one = false;   // all have read it
    CHECK_FALSE(button(others).contains("url"));
    asked.share.answer = std::string(3000, 'x');
    CHECK_FALSE(button(asked).contains("url"));
    asked.share = {"Which hospitals?", "It is here.", ""};
    CHECK_FALSE(button(asked).contains("url"));
}
