// Platforms that are answered by calls: what their messages become, what the calls say, and what odd payloads do.
#include "changes.hpp"

#include "channels/channel.hpp"
#include "channels/slack.hpp"

#include "text/utf8.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <map>

using namespace immunobot;
using namespace immunobot::channels;
namespace json = boost::json;

namespace {

constexpr std::int64_t now = 1'800'000'000;

Settings settings_of(Channel const& channel)
{
    static std::map<std::string, std::string, std::less<>> const given = {
        {"bot_user_id", "UBOT"}, {"phone_number_id", "100200"}, {"page_id", "500600"}, {"bot_mxid", "@immunobot:example.org"},
        {"display_name", "MI Bot"}, {"app_id", "app-1"}, {"hand_over", "yes"}};
    return Settings::read(channel.settings, [](Setting const& setting) {
        auto const found = given.find(setting.name);
        if (found != given.end())
            return found->second;
        return setting.required ? std::string(setting.kind == Setting::Kind::address ? "https://api.example.org/" : "made-up") : std::string();
    });
}

Route const& route_of(std::string_view name)
{
    for (auto const* channel : all_channels())
        for (auto const& route : channel->routes)
            if (route.name == name)
                return route;
    throw std::logic_error("no such route");
}

Channel const& channel_of(std::string_view route)
{
    return *channel_named(route.substr(0, route.find('.')));
}

std::vector<Incoming> messages(std::string_view route, std::string const& body)
{
    auto const parsed = route_of(route).parse({body, {}, now}, settings_of(channel_of(route)));
    if (!parsed)
        return {};
    auto const* found = std::get_if<std::vector<Incoming>>(&*parsed);
    return found ? *found : std::vector<Incoming>();
}

assistant::Reply reply()
{
    assistant::Reply out;
    out.id = "r1";
    out.answer = "It is R&D <b>.";
    out.status = assistant::Status::answered;
    out.sources = {{"s", "About", "https://example.org/a", "2015", "2026-11-23"}};
    out.suggestions = {{"Who leads it?", "Who leads the CIML?"}, {"A label that is much longer than any button shows", "What else?"}};
    return out;
}

std::vector<json::object> bodies(std::string_view route, Incoming const& message, assistant::Reply const& said)
{
    auto const& channel = channel_of(route);
    std::vector<json::object> out;
    for (auto const& call : channel.compose(message, said, settings_of(channel)))
        out.push_back(json::parse(call.body).as_object());
    return out;
}

struct Recorded {
    char const* route;
    char const* body;
    char const* text;           // what is asked; empty: nothing
    char const* conversation;
};

// One message of each kind, and what must be ignored.
constexpr Recorded recorded[] = {
    {"slack.events", R"({"type":"event_callback","team_id":"T1","event":{"type":"app_mention","user":"U1","text":"<@UBOT> what is R&amp;D?","ts":"5.1","channel":"C1"}})",
     "what is R&D?", "slack:T1:C1:5.1"},
    {"slack.events", R"({"type":"event_callback","team_id":"T1","event":{"type":"app_mention","user":"U1","text":"<@UBOT> and?","ts":"5.2","thread_ts":"5.1","channel":"C1"}})",
     "and?", "slack:T1:C1:5.1"},
    {"slack.events", R"({"type":"event_callback","team_id":"T1","event":{"type":"message","channel_type":"im","user":"U1","text":"hi there","ts":"5.3","channel":"D1"}})",
     "hi there", "slack:T1:D1:"},
    {"slack.events", R"({"type":"event_callback","event":{"type":"message","channel_type":"channel","user":"U1","text":"<@UBOT> twin","ts":"5.1","channel":"C1"}})", "", ""},
    {"slack.events", R"({"type":"event_callback","event":{"type":"message","channel_type":"im","subtype":"message_changed","user":"U1","text":"a","ts":"5.1","channel":"D1"}})", "", ""},
    {"slack.events", R"({"type":"event_callback","event":{"type":"message","channel_type":"im","bot_id":"B2","user":"U1","text":"a","ts":"5.1","channel":"D1"}})", "", ""},
    {"slack.events", R"({"type":"event_callback","event":{"type":"message","channel_type":"im","user":"UBOT","text":"a","ts":"5.1","channel":"D1"}})", "", ""},
    {"slack.events", R"({"type":"app_rate_limited","team_id":"T1"})", "", ""},
    {"slack.commands", "token=x&team_id=T1&channel_id=C1&user_id=U1&command=%2Fmi&text=Which+hospitals%3F&trigger_id=9.9", "Which hospitals?", "slack:T1:C1:U1"},
    {"slack.interactive",
     "payload=%7B%22type%22%3A%22block_actions%22%2C%22trigger_id%22%3A%22t%22%2C%22team%22%3A%7B%22id%22%3A%22T1%22%7D%2C%22user%22%3A%7B%22id%22%3A%22U1%22%7D%2C%22channel%22%3A%7B%22id%22%3A%22C1%22%7D%2C"
     "%22container%22%3A%7B%22message_ts%22%3A%225.1%22%7D%2C%22response_url%22%3A%22https%3A%2F%2Fhooks.slack.com%2Fx%22%2C%22actions%22%3A%5B%7B%22action_id%22%3A%22suggest_0%22%2C%22value%22%3A%22ask%3AWho%3F%22%7D%5D%7D",
     "Who?", "slack:T1:C1:5.1"},
    {"whatsapp", R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"100200"},"messages":[{"from":"33600","id":"w1","timestamp":"1800000000","type":"text","text":{"body":" Hello "}}]}}]}]})",
     "Hello", "whatsapp:100200:33600"},
    {"whatsapp", R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"100200"},"messages":[{"from":"33600","id":"w2","timestamp":"1800000000","type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"ask:Who?","title":"Who"}}}]}}]}]})",
     "Who?", "whatsapp:100200:33600"},
    {"whatsapp", R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"other"},"messages":[{"from":"33600","id":"w1","timestamp":"1800000000","type":"text","text":{"body":"a"}}]}}]}]})", "", ""},
    {"whatsapp", R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"100200"},"messages":[{"from":"33600","id":"w1","timestamp":"1799900000","type":"text","text":{"body":"a"}}]}}]}]})", "", ""},
    {"whatsapp", R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"100200"},"messages":[{"from":"33600","id":"w1","timestamp":"1800000000","type":"reaction","reaction":{"emoji":"x"}}]}}]}]})", "", ""},
    {"messenger", R"({"object":"page","entry":[{"id":"500600","messaging":[{"sender":{"id":"7"},"recipient":{"id":"500600"},"timestamp":1800000000000,"message":{"mid":"m1","text":"Hello"}}]}]})",
     "Hello", "messenger:500600:7"},
    {"messenger", R"({"object":"page","entry":[{"id":"500600","messaging":[{"sender":{"id":"7"},"recipient":{"id":"500600"},"timestamp":1800000000000,"postback":{"title":"Who","payload":"ask:Who?"}}]}]})",
     "Who?", "messenger:500600:7"},
    {"messenger", R"({"object":"page","entry":[{"id":"500600","standby":[{"sender":{"id":"7"},"recipient":{"id":"500600"},"message":{"mid":"m1","text":"a"}}]}]})", "", ""},
    {"messenger", R"({"object":"page","entry":[{"id":"500600","messaging":[{"sender":{"id":"7"},"recipient":{"id":"500600"},"timestamp":1800000000000,"read":{"watermark":1}}]}]})", "", ""},
    {"matrix.transactions", R"({"events":[{"type":"m.room.message","event_id":"$1","room_id":"!r:e","sender":"@a:e","origin_server_ts":1800000000000,"content":{"msgtype":"m.text","body":"MI Bot: Hello"}}]})",
     "Hello", "matrix:!r%3Ae:@a%3Ae"},
    {"matrix.transactions", R"({"events":[{"type":"m.room.message","event_id":"$2","room_id":"!r:e","sender":"@a:e","origin_server_ts":1800000000000,"content":{"msgtype":"m.text","body":"> <@b:e> quoted\n> more\n\nImmunobot, Hello","m.relates_to":{"rel_type":"m.thread","event_id":"$0"}}}]})",
     "Hello", "matrix:!r%3Ae:$0"},
    {"matrix.transactions", R"({"events":[{"type":"m.room.message","event_id":"$3","room_id":"!r:e","sender":"@a:e","origin_server_ts":1799999000000,"content":{"msgtype":"m.text","body":"immunobot: too old"}}]})", "", ""},
    {"matrix.transactions", R"({"events":[{"type":"m.room.message","event_id":"$4","room_id":"!r:e","sender":"@a:e","origin_server_ts":1800000000000,"content":{"msgtype":"m.text","body":"immunobot: edited","m.relates_to":{"rel_type":"m.replace","event_id":"$1"}}}]})", "", ""},
    {"matrix.transactions", R"({"events":[{"type":"m.room.message","event_id":"$5","room_id":"!r:e","sender":"@a:e","origin_server_ts":1800000000000,"content":{}}]})", "", ""},
    {"chatwoot", R"({"event":"message_created","id":9,"content":"Hello","message_type":"incoming","private":false,"sender":{"id":1,"type":"contact"},"conversation":{"id":5,"status":"pending","additional_attributes":{"browser_language":"fr"}},"account":{"id":1}})",
     "Hello", "chatwoot:1:5"},
    {"chatwoot", R"({"event":"message_updated","id":9,"content":"You can also ask:","message_type":"outgoing","content_type":"input_select","content_attributes":{"submitted_values":[{"title":"Who","value":"ask:Who?"}]},"sender":{"id":1,"type":"agent_bot"},"conversation":{"id":5,"status":"pending"},"account":{"id":1}})",
     "Who?", "chatwoot:1:5"},
    {"chatwoot", R"({"event":"message_created","id":9,"content":"note","message_type":"incoming","private":true,"conversation":{"id":5,"status":"pending"},"account":{"id":1}})", "", ""},
    {"chatwoot", R"({"event":"conversation_resolved","id":9,"conversation":{"id":5,"status":"resolved"},"account":{"id":1}})", "", ""},
    {"botframework", R"({"type":"message","id":"a1","channelId":"msteams","serviceUrl":"https://smba.trafficmanager.net/emea/","from":{"id":"u"},"recipient":{"id":"b"},"conversation":{"id":"c:1","conversationType":"personal"},"text":"Hello","locale":"fr-FR"})",
     "Hello", "botframework:msteams:c%3A1:"},
    {"botframework", R"({"type":"message","id":"a2","channelId":"msteams","serviceUrl":"https://smba.trafficmanager.net/emea/","from":{"id":"u"},"recipient":{"id":"b"},"conversation":{"id":"c","isGroup":true},"text":"<at>MI</at>&nbsp;Hello","entities":[{"type":"mention","text":"<at>MI</at>","mentioned":{"id":"b"}}]})",
     "Hello", "botframework:msteams:c:u"},
    {"botframework", R"({"type":"message","id":"a3","channelId":"msteams","from":{"id":"u"},"recipient":{"id":"b"},"conversation":{"id":"c","isGroup":true},"text":"among us"})", "", ""},
    {"botframework", R"({"type":"typing","id":"a4","channelId":"msteams","from":{"id":"u"},"recipient":{"id":"b"},"conversation":{"id":"c"}})", "", ""},
};

}  // namespace

TEST_CASE("messages that are meant for us are asked, others are not", "[channels]")
{
    for (auto const& row : recorded) {
        INFO(row.route << ' ' << row.body);
        auto const found = messages(row.route, row.body);
        bool const direct = !found.empty() && found[0].only_if_noted.empty();
        REQUIRE(direct == (*row.text != '\0'));
        if (!direct)
            continue;
        CHECK(found.size() == 1);
        CHECK(found[0].question.text == row.text);
        CHECK(found[0].question.conversation == row.conversation);
        CHECK(found[0].question.channel == channel_of(row.route).name);
        CHECK_FALSE(found[0].id.empty());
    }
}

TEST_CASE("calls carry an answer, its source and what else may be asked, and keep the limits of the platform", "[channels]")
{
    for (auto const& row : recorded) {
        INFO(row.route);
        if (*row.text == '\0' || route_of(row.route).render)
            continue;
        auto const message = messages(row.route, row.body).at(0);
        REQUIRE(message.by_call);
        auto const calls = channel_of(row.route).compose(message, reply(), settings_of(channel_of(row.route)));
        REQUIRE_FALSE(calls.empty());
        std::string all;
        for (auto const& call : calls) {
            CHECK(text::is_valid_utf8(call.body));
            CHECK(json::parse(call.body).is_object());
            all += call.body;
            auto const address = channel_of(row.route).address(call, settings_of(channel_of(row.route)), "token");
            CHECK(address.url.starts_with("https://"));
            CHECK(address.url.find("//", 8) == std::string::npos);
            CHECK(call.body.find("made-up") == std::string::npos);   // credentials are not kept
        }
        CHECK(all.find("example.org") != std::string::npos);
        CHECK(all.find("Who leads") != std::string::npos);
    }
}

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

TEST_CASE("what a platform refused for its form is said in plain words, which are refused for good", "[channels]")
{
    struct Row { char const* route; std::size_t message; int status; char const* body; char const* without; };
    constexpr Row rows[] = {{"slack.events", 0, 200, R"({"ok":false,"error":"invalid_blocks"})", "blocks"},
                            {"whatsapp", 10, 400, "{}", "interactive"},
                            {"chatwoot", 24, 422, "{}", "input_select"},
                            {"botframework", 28, 400, "{}", "suggestedActions"},
                            {"botframework", 29, 400, "{}", "attachments"}};
    for (auto const& row : rows) {
        INFO(row.route);
        auto const& channel = channel_of(row.route);
        auto call = channel.compose(messages(row.route, recorded[row.message].body).at(0), reply(), settings_of(channel)).back();
        CHECK_FALSE(channel.plainer(call, 404, R"({"ok":false,"error":"channel_not_found"})"));
        auto const plain = channel.plainer(call, row.status, row.body);
        REQUIRE(plain);
        CHECK(plain->find(row.without) == std::string::npos);
        CHECK(plain->find("1. Who leads") != std::string::npos);
        CHECK(plain->find("2. A label") != std::string::npos);
        call.body = *plain;
        CHECK_FALSE(channel.plainer(call, row.status, row.body));
    }
    auto const plainer = [](std::string_view name, std::string body, int status) {
        Call refused;
        refused.body = std::move(body);
        return channel_of(name).plainer(refused, status, "{}").value_or("");
    };
    CHECK(plainer("messenger", R"({"message":{"text":"1. Who?","quick_replies":[{}]}})", 400) == R"({"message":{"text":"1. Who?"}})");
    CHECK(plainer("matrix", R"({"body":"a","format":"f","formatted_body":"<b>a</b>"})", 413) == R"({"body":"a"})");
    CHECK(plainer("telegram", R"({"chat_id":1,"text":"<a href=\"https://e.org/?a&amp;b\">A &amp; B</a>.","parse_mode":"HTML",)"
                              R"("reply_markup":{"inline_keyboard":[[{"text":"Who?","callback_data":"ask:Who?"}],[{"text":"Share","url":"u"}]]}})", 400) ==
          R"({"chat_id":1,"text":"A & B (https://e.org/?a&b).\n\n1. Who?"})");
    for (auto const* channel : all_channels())
        if (channel->plainer)
            for (auto const* odd : {"", "[]", "{", R"({"parse_mode":1,"blocks":[1],"type":"interactive","message":1})", R"({"blocks":[{"elements":[null]}]})"}) {
                Call refused;
                refused.body = odd;
                static_cast<void>(channel->plainer(refused, 400, "invalid_blocks"));
            }
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

TEST_CASE("whatsapp shows three short suggestions as buttons and others as a list", "[channels]")
{
    auto const message = messages("whatsapp", recorded[10].body).at(0);
    auto const list = bodies("whatsapp", message, reply());
    REQUIRE(list.size() == 1);
    CHECK(list[0].at("interactive").at("type").as_string() == "list");
    CHECK(list[0].at("interactive").at("action").at("sections").at(0).at("rows").as_array().size() == 2);
    CHECK(list[0].at("context").at("message_id").as_string() == "w1");
    auto shorter = reply();
    shorter.suggestions.pop_back();
    CHECK(bodies("whatsapp", message, shorter).at(0).at("interactive").at("type").as_string() == "button");
    auto longer = reply();
    longer.answer = std::string(1100, 'x');
    CHECK(bodies("whatsapp", message, longer).size() == 2);
    longer.suggestions.clear();
    CHECK(bodies("whatsapp", message, longer).at(0).at("type").as_string() == "text");
}

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

TEST_CASE("teams tells who wrote, and a web chat does not", "[channels]")
{
    auto const from = [](std::string const& channel) {
        return messages("botframework", R"({"type":"message","id":"1","channelId":")" + channel + R"(","serviceUrl":"https://s","from":{"id":"29:a","aadObjectId":"ada"},"recipient":{"id":"b"},"conversation":{"id":"c"},"text":"x"})").at(0);
    };
    CHECK(from("msteams").user == "ada");
    CHECK(from("msteams").for_one);
    CHECK(from("webchat").user.empty());
}

TEST_CASE("chatwoot gets a person when nobody knew", "[channels]")
{
    auto const message = messages("chatwoot", recorded[24].body).at(0);
    CHECK(message.question.hint == Language::fr);
    auto unknown = reply();
    unknown.status = assistant::Status::unknown;
    auto const calls = channel_of("chatwoot").compose(message, unknown, settings_of(channel_of("chatwoot")));
    REQUIRE(calls.size() == 2);
    CHECK(calls[1].target == "api/v1/accounts/1/conversations/5/toggle_status");
    CHECK(json::parse(calls[1].body).at("status").as_string() == "open");
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

TEST_CASE("each field left out, null or of another type does no harm", "[channels]")
{
    for (auto const& row : recorded) {
        boost::system::error_code bad;
        auto root = json::parse(row.body, bad);
        if (bad)
            continue;
        INFO(row.route);
        auto const& channel = channel_of(row.route);
        auto const settings = settings_of(channel);
        auto const look = [&](json::value const& changed) {
            auto const body = json::serialize(changed);
            auto const parsed = route_of(row.route).parse({body, {}, now}, settings);
            if (!parsed)
                CHECK(parsed.error().code == Errc::bad_request);
            else if (auto const* found = std::get_if<std::vector<Incoming>>(&*parsed))
                for (auto const& message : *found)
                    for (auto const& call : channel.compose(message, reply(), settings))
                        CHECK(json::parse(call.body).is_object());
        };
        with_each_change(root, root, [&](json::value const& changed) { look(changed); });
    }
}
