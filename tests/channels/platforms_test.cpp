// What platforms that are answered in the response send, what it is taken for, and what they get.
#include "channels/channel.hpp"
#include "channels/signature.hpp"

#include "issuer.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace immunobot::channels;
using immunobot::Language;
using immunobot::assistant::Reply;
namespace json = boost::json;

namespace {

Route const& route(std::string_view name)
{
    for (auto const* channel : all_channels())
        for (auto const& one : channel->routes)
            if (one.name == name)
                return one;
    throw std::runtime_error("no such route");
}

Settings settings()
{
    Settings all;
    all.set("bot_username", {"immunobot"});
    all.set("bot_id", {"42"});
    all.set("application_id", {"app"});
    all.set("audience", {"https://bot.example.org/webhooks/googlechat"});
    return all;
}

Parsed parsed(std::string_view name, std::string_view body, std::string_view type = "application/json")
{
    Header const header{"content-type", type};
    auto const made = route(name).parse({body, {&header, 1}, 1'767'605'400}, settings());
    REQUIRE(made.has_value());
    return *made;
}

// "" if it is ignored, "help" in brackets if it is a wish for help, else the question.
std::string taken(std::string_view name, std::string_view body, std::string_view type = "application/json")
{
    auto const made = parsed(name, body, type);
    if (!std::holds_alternative<std::vector<Incoming>>(made))
        return "";
    auto const& message = std::get<std::vector<Incoming>>(made).at(0);
    return message.wish == Incoming::Wish::help ? "(help)" : message.question.text;
}

Incoming message(std::string_view name, std::string_view body, std::string_view type = "application/json")
{
    return std::get<std::vector<Incoming>>(parsed(name, body, type)).at(0);
}

Reply reply(std::size_t suggestions = 2)
{
    Reply out;
    out.id = "r1";
    out.answer = "It is *here* & <there>.\nCall @all.";
    out.sources = {{"s", "Site [1]", "https://example.org/a_b", "", "2026-11-23"}};
    for (std::size_t i = 0; i < suggestions; ++i)
        out.suggestions.push_back({"Which hospitals " + std::to_string(i) + "?", "Which hospitals are members, number " + std::to_string(i) + "?"});
    return out;
}

json::object rendered(std::string_view name, Incoming const& incoming, Reply const& given, Settings const& with = settings())
{
    HttpAnswer answer;
    route(name).render(answer, incoming, given, with);
    CHECK(answer.status == 200);
    CHECK(answer.content_type.starts_with("application/json"));
    return json::parse(answer.body).as_object();
}

std::string text(json::object const& object, char const* name)
{
    return std::string(object.at(name).as_string());
}

struct Row {
    char const* what;
    std::string body;
    char const* expected;
};

// A Telegram message of a person, with `rest` for what follows the chat.
std::string telegram_message(std::string const& chat, std::string const& rest)
{
    return R"({"update_id":9,"message":{"message_id":5,"date":1,"from":{"id":1,"is_bot":false,"language_code":"fr"},"chat":{"id":)" +
           std::string(chat == "private" ? "1" : "-100") + R"(,"type":")" + chat + "\"}," + rest + "}}";
}

}  // namespace

TEST_CASE("only who has the secret is heard, the old one or the new", "[channels]")
{
    struct Secret { char const* route; char const* setting; std::string body; std::vector<Header> headers; };
    Secret const all[] = {
        {"telegram", "secret_token", "{}", {{"X-Telegram-Bot-Api-Secret-Token", "new"}}},
        {"mattermost.outgoing", "outgoing_token", R"({"token":"new"})", {}},
        {"mattermost.outgoing", "outgoing_token", "token=new&text=x", {{"Content-Type", "application/x-www-form-urlencoded"}}},
        {"mattermost.command", "command_token", "token=new&text=x", {{"Authorization", "Token something"}}},
        {"rocketchat", "token", R"({"token":"new"})", {}},
        {"zulip", "token", R"({"token":"new"})", {}},
        {"zulip", "token", "token=new", {{"Content-Type", "application/x-www-form-urlencoded"}}},
        {"openai.chat", "key", "{}", {{"Authorization", "Bearer new"}}},
        {"mcp", "key", "{}", {{"Authorization", "bearer new"}}},
    };
    for (auto const& one : all) {
        INFO(one.route);
        auto const proved = [&](std::vector<std::string> secrets) {
            Settings known;
            known.set(one.setting, std::move(secrets));
            return route(one.route).prove({one.body, one.headers}, known) == Proof::holds;
        };
        CHECK(proved({"new"}));
        CHECK(proved({"old", "new"}));
        CHECK_FALSE(proved({"old"}));
        CHECK_FALSE(proved({"new."}));
        CHECK_FALSE(proved({""}));
        CHECK_FALSE(proved({}));
        auto twice = one.headers;
        twice.insert(twice.end(), one.headers.begin(), one.headers.end());
        if (one.body == "{}") {
            Settings known;
            known.set(one.setting, {"new"});
            CHECK(route(one.route).prove({one.body, twice}, known) == Proof::fails);
            CHECK(route(one.route).prove({one.body, {}}, known) == Proof::fails);
        }
    }
    // A token is good for its own address alone.
    Settings both;
    both.set("outgoing_token", {"one"});
    both.set("command_token", {"other"});
    CHECK(route("mattermost.outgoing").prove({R"({"token":"other"})", {}}, both) == Proof::fails);
    CHECK(route("mattermost.command").prove({"token=one", {}}, both) == Proof::fails);
}

TEST_CASE("Teams: the key is what the token stands for", "[channels]")
{
    std::string const token = "vqF0En+Z0ucuRTM/01o2GuhMH3hKKk/N2bOmlM31zaA=";
    std::string const body = R"({"type":"message","text":"x"})";
    Settings known;
    known.set("security_token", {"AAAA", token});
    auto const proved = [&](std::string const& value, std::string const& sent) {
        Header const header{"Authorization", value};
        return route("teams").prove({sent, {&header, 1}}, known) == Proof::holds;
    };
    auto const good = to_base64(hmac_sha256(from_base64(token).value(), body));
    CHECK(proved("HMAC " + good, body));
    CHECK_FALSE(proved("HMAC " + good, body + " "));
    CHECK_FALSE(proved("Bearer " + good, body));
    CHECK_FALSE(proved("HMAC " + to_base64(hmac_sha256(token, body)), body));
    CHECK_FALSE(proved("HMAC ", body));
}

TEST_CASE("Discord: time stamp and body are signed as one", "[channels]")
{
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free);
    std::string raw(32, '\0');
    std::size_t size = raw.size();
    REQUIRE(EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(raw.data()), &size) == 1);
    auto const sign = [&](std::string const& text) {
        std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
        std::string signature(64, '\0');
        std::size_t length = signature.size();
        REQUIRE(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
        REQUIRE(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                               reinterpret_cast<unsigned char const*>(text.data()), text.size()) == 1);
        return to_hex(signature);
    };
    Settings known;
    known.set("public_key", {std::string(64, '0'), to_hex(raw)});
    std::string const body = R"({"type":1})";
    std::string const stamp = "1767605400";
    auto const good = sign(stamp + body);
    auto const proved = [&](std::string const& signature, std::string const& when, std::string const& sent, std::int64_t now = 1'767'605'400) {
        Header const headers[] = {{"X-Signature-Ed25519", signature}, {"X-Signature-Timestamp", when}};
        return route("discord").prove({sent, headers, now}, known) == Proof::holds;
    };
    CHECK(proved(good, stamp, body));
    CHECK(proved(good, stamp, body, 1'767'605'400 + 300));
    CHECK_FALSE(proved(good, stamp, body, 1'767'605'400 + 301));
    CHECK_FALSE(proved(good, stamp, body, 1'767'605'400 - 301));
    CHECK_FALSE(proved(good, "1767605401", body));
    CHECK_FALSE(proved(good, stamp, body + " "));
    CHECK_FALSE(proved(good.substr(2), stamp, body));
    CHECK_FALSE(proved("zz" + good.substr(2), stamp, body));
    CHECK_FALSE(proved("", stamp, body));
    // The border between the two must not move.
    CHECK_FALSE(proved(sign("1767605400" "9" + body), "1767605400", "9" + body, 1'767'605'400 + 1000));
    CHECK_FALSE(proved(sign(stamp + "{" + body), stamp + "{", body));
}

TEST_CASE("Google Chat: tokens of Chat's own account for us, and no others", "[channels]")
{
    static Issuer const issuer;
    constexpr std::int64_t now = 1'767'605'400;
    std::string const address = "https://bot.example.org/webhooks/googlechat";
    auto const proof_of = [&](json::object const& claims, Settings const& known) {
        json::object all{{"iss", "https://accounts.google.com"}, {"aud", address}, {"email", "chat@system.gserviceaccount.com"},
                         {"email_verified", true}, {"exp", now + 60}};
        for (auto const& claim : claims)
            all[claim.key()] = claim.value();
        auto const value = "Bearer " + issuer.token(all);
        Header const header{"Authorization", value};
        auto const document = issuer.document();
        return route("googlechat").prove({.body = "{}", .headers = {&header, 1}, .now = now, .keys = document}, known);
    };
    auto const known = Settings::read(channel_named("googlechat")->settings, [&](Setting const& one) { return one.name == "audience" ? address : std::string(); });
    CHECK(proof_of({}, known) == Proof::holds);
    CHECK(proof_of({{"aud", address + "/"}}, known) == Proof::fails);
    CHECK(proof_of({{"iss", "https://evil.example"}}, known) == Proof::fails);
    CHECK(proof_of({{"email", "somebody@project.iam.gserviceaccount.com"}}, known) == Proof::fails);
    CHECK(proof_of({{"email_verified", false}}, known) == Proof::fails);
    CHECK(proof_of({{"exp", now - 60}}, known) == Proof::fails);
    auto numbered = known;
    numbered.set("audience", {"123456789012"});
    json::object const by_number{{"iss", "chat@system.gserviceaccount.com"}, {"aud", "123456789012"}, {"email", nullptr}};
    CHECK(proof_of(by_number, numbered) == Proof::holds);
    CHECK(proof_of({{"aud", "123456789012"}}, numbered) == Proof::fails);
    CHECK(proof_of(by_number, known) == Proof::fails);
}

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
    auto const asked = message("telegram", telegram_message("supergroup", R"("text":"/faq@immunobot hospitals","message_thread_id":7)"));
    CHECK(asked.id == "9");
    CHECK(asked.question.hint == Language::fr);
    CHECK_FALSE(asked.by_call);
    auto const sent = rendered("telegram", asked, reply());
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
    CHECK_FALSE(rendered("telegram", asked, reply(0)).contains("reply_markup"));
}

TEST_CASE("Telegram: with a token, a pressed button is answered by calls", "[channels]")
{
    auto with = settings();
    with.set("bot_token", {"42:abc"});
    with.set("api", {"https://api.telegram.org"});
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

TEST_CASE("Teams: text is freed of tags, entities and the name that was called", "[channels]")
{
    Row const rows[] = {
        {"a mention", R"({"type":"message","id":"1","text":"<at>immunobot</at> quels h\u00f4pitaux&nbsp;?\n"})", "quels h\xc3\xb4pitaux ?"},
        {"a mention with an id", R"({"type":"message","text":"<at id=\"0\">immunobot</at> where?"})", "where?"},
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
    CHECK(text(sent, "text").find("&amp; &lt;there&gt;") != std::string::npos);
    CHECK(text(sent, "text").find("<https://example.org/a_b|Site [1]>") != std::string::npos);
    CHECK(text(sent.at("thread").as_object(), "name") == "t1");
    CHECK(sent.at("cardsV2").as_array().size() == 1);
    auto const addon = message("googlechat", rows[6].body);
    auto const wrapped = rendered("googlechat", addon, reply());
    CHECK(wrapped.at("hostAppDataAction").as_object().at("chatDataAction").as_object().at("createMessageAction").as_object().at("message").as_object().contains("text"));
}
