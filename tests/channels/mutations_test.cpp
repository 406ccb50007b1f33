// Recorded deliveries of platforms that are answered in the response, with each field left out, null, and of every other
// type, sent to the real routes: no crash, and a status that the platform can do something with.
#include "changes.hpp"
#include "running.hpp"

#include "channels/signature.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <set>

using namespace immunobot::server;
namespace channels = immunobot::channels;
namespace json = boost::json;

namespace {

std::string const teams_key = "vqF0En+Z0ucuRTM/01o2GuhMH3hKKk/N2bOmlM31zaA=";

ServerOptions all_on()
{
    auto options = quiet_options();
    auto const set = [&](char const* channel, char const* name, char const* value) { options.channels[channel].set(name, {value}); };
    set("telegram", "secret_token", "tg-secret");
    set("telegram", "bot_username", "immunobot_bot");
    set("telegram", "bot_id", "7000000001");
    set("teams", "security_token", teams_key.c_str());
    set("mattermost", "outgoing_token", "mm-outgoing");
    set("mattermost", "command_token", "mm-command");
    set("mattermost", "action_key", "mm-key");
    set("mattermost", "address", "https://bot.example.org");
    set("rocketchat", "token", "rc-token");
    set("rocketchat", "bot_username", "immunobot");
    set("zulip", "token", "zulip-token");
    set("openai", "key", "sk-test");
    set("mcp", "key", "mcp-test");
    set("mcp", "hosts", "localhost");
    return options;
}

struct Recorded {
    char const* name;
    char const* path;
    char const* fields;
    char const* body;
};

constexpr Recorded recorded[] = {
    {"a message to a Telegram group", "/webhooks/telegram", "X-Telegram-Bot-Api-Secret-Token: tg-secret\r\n",
     R"({"update_id":1,"message":{"message_id":4,"date":1,"message_thread_id":7,"from":{"id":4503599627370495,"is_bot":false,
        "language_code":"fr"},"chat":{"id":-1001234567890,"type":"supergroup"},"text":"/faq@immunobot_bot hospitals @immunobot_bot",
        "reply_to_message":{"from":{"id":7000000001,"username":"immunobot_bot"}},
        "entities":[{"type":"bot_command","offset":0,"length":18},{"type":"mention","offset":29,"length":14},
        {"type":"text_mention","offset":0,"length":2,"user":{"id":7000000001}}]}})"},
    {"a button of Telegram", "/webhooks/telegram", "X-Telegram-Bot-Api-Secret-Token: tg-secret\r\n",
     R"({"update_id":2,"callback_query":{"id":"c1","from":{"id":5,"is_bot":false,"language_code":"en"},
        "message":{"message_id":77,"date":1,"chat":{"id":5,"type":"private"}},"data":"ask:hospitals"}})"},
    {"a message to Teams", "/webhooks/teams", "",
     R"({"type":"message","id":"1","text":"<at>immunobot</at> quels h\u00f4pitaux ?&nbsp;","from":{"id":"29:1x"},
        "conversation":{"id":"19:abc"},"entities":[{"type":"clientInfo","locale":"fr-FR"}]})"},
    {"a post in Mattermost", "/webhooks/mattermost/outgoing", "",
     R"({"token":"mm-outgoing","channel_id":"c","user_id":"u","user_name":"marie","post_id":"p1","text":"immunobot what is MI-mAbs?",
        "trigger_word":"immunobot","timestamp":1767605400000,"file_ids":""})"},
    {"a button of Mattermost", "/webhooks/mattermost/action", "",
     R"({"user_id":"u","channel_id":"c","post_id":"p","trigger_id":"t1","type":"button","data_source":"",
        "context":{"act":"ask","q":"hospitals","mac":""}})"},
    {"a message in Rocket.Chat", "/webhooks/rocketchat", "",
     R"({"token":"rc-token","bot":false,"trigger_word":"!immuno","channel_id":"GENERAL","message_id":"r1","user_name":"paul",
        "text":"!immuno what is TAGC?","tmid":"root","isEdited":false})"},
    {"a mention in Zulip", "/webhooks/zulip", "",
     R"({"bot_email":"b@example.org","bot_full_name":"immunobot","data":"@**immunobot** what is LAI?","token":"zulip-token",
        "trigger":"mention","message":{"id":501,"type":"stream","sender_id":55,"sender_email":"c@example.org","stream_id":7,
        "subject":"visits"}})"},
    {"a chat completion", "/v1/chat/completions", "Authorization: Bearer sk-test\r\n",
     R"({"model":"immunobot","stream":true,"stream_options":{"include_usage":true},"n":1,"messages":[{"role":"system","content":"x"},
        {"role":"user","content":"hello"},{"role":"assistant","content":null},{"role":"user","content":[{"type":"text","text":"What?"}]}]})"},
    {"an old tool call", "/mcp", "Authorization: Bearer mcp-test\r\n",
     R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_facts","arguments":{"query":"x","entity":"mi-fhu",
        "property":"founded","language":"en","limit":3}}})"},
    {"a tool call of today", "/mcp",
     "Authorization: Bearer mcp-test\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: ask\r\n",
     R"({"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"ask","arguments":{"question":"x","language":"fr","conversation":"c"},
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}})"},
};

std::string proof_of(Recorded const& one, std::string const& body)
{
    if (std::string_view(one.path) != "/webhooks/teams")
        return one.fields;
    return "Authorization: HMAC " + channels::to_base64(channels::hmac_sha256(channels::from_base64(teams_key).value(), body)) + "\r\n";
}

}  // namespace

TEST_CASE("any value of any type anywhere in a delivery does no harm", "[channels]")
{
    Running running(all_on());
    std::set<int> const fine = {200, 202, 400, 401, 403, 404};
    for (auto const& one : recorded) {
        INFO(one.name);
        auto root = json::parse(one.body);
        if (auto* context = root.as_object().if_contains("context"))
            context->as_object()["mac"] = channels::to_hex(channels::hmac_sha256("mm-key", "ask\nhospitals"));
        auto const ask = [&](json::value const& document) {
            auto const body = json::serialize(document);
            return running.ask(post(one.path, body, proof_of(one, body)));
        };
        CHECK(ask(root).status == 200);
        channels::with_each_change(root, root, [&](json::value const& changed) {
            auto const answer = ask(changed);
            INFO(json::serialize(changed) << " -> " << answer.raw);
            REQUIRE(fine.contains(answer.status));
            if (answer.field("content-type").starts_with("application/json") && !answer.body.empty())
                json::parse(answer.body);
        });
    }
    CHECK(running.services.questions > 100);
}

TEST_CASE("deep and broken documents are refused on every route", "[channels]")
{
    Running running(all_on());
    std::string const bodies[] = {std::string(100'000, '['), std::string(50'000, '{'), "{\"a\":\"\\ud800\"}", std::string("{\"a\":\"\xff\"}"),
                                  std::string("{\"a\":\"\0\"}", 9), "{\"token\":1,\"token\":2}", "", "nul", "\xef\xbb\xbf{}"};
    for (auto const& one : recorded)
        for (auto const& body : bodies) {
            INFO(one.name << " " << body.substr(0, 20));
            CHECK(running.ask(post(one.path, body, proof_of(one, body))).status == 400);
        }
    CHECK(running.services.questions == 0);
}
