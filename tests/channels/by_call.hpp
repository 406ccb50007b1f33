// Platforms that are answered by calls, for tests: their settings, what their deliveries become, what the calls say.
#pragma once

#include "channels/channel.hpp"

#include <boost/json/parse.hpp>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace immunobot::channels::tests {

namespace json = boost::json;

inline constexpr std::int64_t now = 1'800'000'000;

inline Settings settings_of(Channel const& channel)
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

inline Route const& route_of(std::string_view name)
{
    for (auto const* channel : all_channels())
        for (auto const& route : channel->routes)
            if (route.name == name)
                return route;
    throw std::logic_error("no such route");
}

inline Channel const& channel_of(std::string_view route)
{
    return *channel_named(route.substr(0, route.find('.')));
}

inline std::vector<Incoming> messages(std::string_view route, std::string const& body)
{
    auto const parsed = route_of(route).parse({body, {}, now}, settings_of(channel_of(route)));
    if (!parsed)
        return {};
    auto const* found = std::get_if<std::vector<Incoming>>(&*parsed);
    return found ? *found : std::vector<Incoming>();
}

inline assistant::Reply reply()
{
    assistant::Reply out;
    out.id = "r1";
    out.answer = "It is R&D <b>.";
    out.status = assistant::Status::answered;
    out.sources = {{"s", "About", "https://example.org/a", "2015", "2026-11-23"}};
    out.suggestions = {{"Who leads it?", "Who leads the CIML?"}, {"A label that is much longer than any button shows", "What else?"}};
    return out;
}

inline std::vector<json::object> bodies(std::string_view route, Incoming const& message, assistant::Reply const& said)
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
inline constexpr Recorded recorded[] = {
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

}  // namespace immunobot::channels::tests
