// What staff type in chats: a command for them, a question like any other from anybody else.
#include "staff_world.hpp"

#include "channels/signature.hpp"
#include "text/form_fields.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>

using namespace immunobot;
using namespace immunobot::server;
namespace json = boost::json;

namespace {

ConfiguredChannels chats()
{
    ConfiguredChannels all;
    all["mattermost"].set("command_token", {"mm-command"});
    all["mattermost"].set("outgoing_token", {"mm-post"});
    all["mattermost"].set("staff", {"ada=editor@example.org", "vera=viewer@example.org", "gone=nobody@example.org"});
    all["slack"].set("signing_secret", {"s3cret"});
    all["slack"].set("bot_token", {"xoxb-1"});
    all["slack"].set("staff", {"UADA=editor@example.org"});
    return all;
}

std::string slash(StaffWorld const& world, std::string const& user, std::string const& text, std::string const& command = "/mi", std::string const& id = {})
{
    static int number = 0;
    auto const trigger = id.empty() ? "t" + std::to_string(++number) : id;
    auto const body = "token=mm-command&channel_id=c&user_id=" + user + "&command=" + text::percent_encoded(command) + "&trigger_id=" + trigger + "&text=" + text::percent_encoded(text);
    auto const answer = world.ask(post("/webhooks/mattermost/command", body, "", "application/x-www-form-urlencoded"));
    REQUIRE(answer.status == 200);
    auto const message = json::parse(answer.body).as_object();
    CHECK(message.at("response_type").as_string() == "ephemeral");
    return std::string(message.at("text").as_string());
}

Answer from_slack(StaffWorld const& world, std::string const& target, std::string const& body, std::string const& type)
{
    auto const stamp = std::to_string(std::time(nullptr));
    auto const mac = channels::to_hex(channels::hmac_sha256("s3cret", "v0:" + stamp + ":" + body));
    return world.ask(post(target, body, "X-Slack-Request-Timestamp: " + stamp + "\r\nX-Slack-Signature: v0=" + mac + "\r\n", type));
}

std::string slack_message(std::string const& user, std::string const& text, bool direct, std::string const& ts)
{
    json::object event{{"type", direct ? "message" : "app_mention"}, {"user", user}, {"text", text}, {"channel", direct ? "D1" : "C1"}, {"ts", ts}};
    if (direct)
        event["channel_type"] = "im";
    return json::serialize(json::object{{"type", "event_callback"}, {"team_id", "T"}, {"event", event}});
}

}  // namespace

TEST_CASE("a slash command of staff gives what staff may see, to them alone", "[server]")
{
    StaffWorld world;
    REQUIRE(world.publish(gate_code()).value().revision > 0);
    world.start(chats());
    CHECK(slash(world, "ada", "gate code").find("zebra-4711") != std::string::npos);
    CHECK(slash(world, "ada", "gate code", "/faq").find("zebra-4711") != std::string::npos);
    CHECK(slash(world, "ada", "who lab").find("zebra") == std::string::npos);
    CHECK(slash(world, "vera", "unanswered").find("answerer") != std::string::npos);
    // Nobody else: not named, no account, and one whose account has ended.
    for (auto const* user : {"eve", "gone", "ad", "ada=", "", "ada%3Deditor%40example.org"}) {
        INFO(user);
        for (auto const* text : {"gate code", "zebra", "faq gate code", "fact gate", "unanswered"})
            CHECK(slash(world, user, text).find("zebra-4711") == std::string::npos);
    }
    staff::Person const admin{0, "admin@example.org", "", staff::Role::admin, "test"};
    REQUIRE(world.desk->accounts.change(admin, "editor@example.org", staff::Role::editor, true));
    CHECK(slash(world, "ada", "gate code").find("zebra-4711") == std::string::npos);
}

TEST_CASE("a draft is taught from a chat, once, in the name of its author", "[server][threads]")
{
    StaffWorld world;
    world.start(chats());
    auto const told = slash(world, "ada", "add Cantine ?; Canteen?; Oui.; Yes.", "/mi", "same");
    CHECK(told.find("publish answer-") != std::string::npos);
    // The platform sends it again: nothing more happens.
    world.ask(post("/webhooks/mattermost/command", "token=mm-command&channel_id=c&user_id=ada&command=%2Fmi&trigger_id=same&text=add%20Cantine%20%3F%3B%20Canteen%3F%3B%20Oui.%3B%20Yes.", "",
                   "application/x-www-form-urlencoded"));
    auto const drafts = world.desk->store.with([](auto& store) { return store.drafts(); }).value();
    REQUIRE(drafts.size() == 1);
    CHECK(drafts[0].author == "editor@example.org");
    auto const rows = world.desk->store.with([](auto& store) { return store.audit({}); }).value();
    CHECK(rows.front().act.origin == "mattermost ada");
    CHECK(slash(world, "eve", "add Q ?; Q?; R.; A.").find("publish") == std::string::npos);
    CHECK(world.desk->store.with([](auto& store) { return store.drafts(); }).value().size() == 1);
}

TEST_CASE("a command whose sender does not wait for what it gives is carried out once", "[server][threads]")
{
    StaffWorld world;
    world.start(chats());
    auto const request = post("/webhooks/mattermost/command",
                              "token=mm-command&channel_id=c&user_id=ada&command=%2Fmi&trigger_id=once&text=add%20Cantine%20%3F%3B%20Canteen%3F%3B%20Oui.%3B%20Yes.", "",
                              "application/x-www-form-urlencoded");
    auto const drafts = [&] { return world.desk->store.with([](auto& store) { return store.drafts(); }).value().size(); };
    {
        Client client(world.server->port());
        REQUIRE(client.send(request));
    }
    for (int i = 0; i < 500 && drafts() == 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(world.ask(request).status == 200);
    CHECK(drafts() == 1);
}

TEST_CASE("messages of staff are commands behind a sign; where others read along, they give only what is public", "[server]")
{
    StaffWorld world;
    REQUIRE(world.publish(gate_code()).value().revision > 0);
    world.start(chats());
    int number = 0;
    auto const say = [&](std::string const& user, std::string const& text, bool direct) {
        auto const before = world.sent("slack").size();
        auto const answer = from_slack(world, "/webhooks/slack/events", slack_message(user, text, direct, "171000000" + std::to_string(++number) + ".0001"), "application/json");
        CHECK(answer.status == 200);
        auto all = world.sent("slack");
        // One conversation has its calls one after the other: the last is what counts.
        auto const calls = world.outbox->due("slack", 4'000'000'000, 100).value();
        std::vector<std::int64_t> ids;
        for (auto const& call : calls)
            ids.push_back(call.id);
        REQUIRE(world.outbox->delivered(ids));
        static_cast<void>(before);
        return all;
    };
    CHECK(say("UADA", "!faq gate code", true).find("zebra-4711") != std::string::npos);
    CHECK(say("UADA", "!faq gate code", false).find("zebra-4711") == std::string::npos);
    CHECK(say("UADA", "!unanswered", false).find("priv") != std::string::npos);
    CHECK(say("UADA", "gate code", true).find("zebra-4711") == std::string::npos);
    CHECK(say("UEVE", "!faq gate code", true).find("zebra-4711") == std::string::npos);
}

TEST_CASE("the words of staff are for everybody, in the language that they name", "[server]")
{
    StaffWorld world;
    REQUIRE(world.publish(gate_code()).value().revision > 0);
    auto channels = chats();
    channels["zulip"].set("token", {"z"});
    channels["rocketchat"].set("token", {"r"});
    world.start(channels);
    auto const english = slash(world, "eve", "is it open");
    CHECK(english.find("Source") != std::string::npos);
    auto const french = slash(world, "eve", "fr is it open");
    CHECK(french.find("Source : ") != std::string::npos);
    CHECK(slash(world, "eve", "faq fr is it open") == french);
    int number = 0;
    auto const in_zulip = [&](std::string const& text) {
        json::object const said{{"token", "z"}, {"data", text}, {"trigger", "direct_message"}, {"bot_full_name", "immunobot"},
                                {"message", {{"id", ++number}, {"type", "private"}, {"sender_id", 7}, {"sender_email", "eve@example.org"}}}};
        return std::string(json::parse(world.ask(post("/webhooks/zulip", json::serialize(said))).body).at("content").as_string());
    };
    auto const once = in_zulip("faq fr is it open");
    CHECK(once.find("Source : ") != std::string::npos);
    CHECK(once.find("assistant automatique") != std::string::npos);   // the first answer says so
    CHECK(in_zulip("faq fr is it open").find("assistant automatique") == std::string::npos);
    CHECK(in_zulip("fr: is it open").find("Source : ") != std::string::npos);
    CHECK(in_zulip("en: is it open").find("Source: ") != std::string::npos);
    CHECK(in_zulip("faq gate code").find("zebra-4711") == std::string::npos);
    // A mapped member of the staff has the staff's own search, in private too without a sign.
    auto const own = [&] {
        auto const sent = world.sent("slack").size();
        REQUIRE(from_slack(world, "/webhooks/slack/events", slack_message("UADA", "faq gate code", true, "1720000000.1"), "application/json").status == 200);
        return world.sent("slack").substr(sent);
    }();
    CHECK(own.find("zebra-4711") != std::string::npos);
}

TEST_CASE("a look-up in Slack can be shared, but not what is for staff alone", "[server]")
{
    StaffWorld world;
    REQUIRE(world.publish(gate_code()).value().revision > 0);
    world.start(chats());
    auto const command = [&](std::string const& text) {
        static int number = 0;
        auto const body = "user_id=UADA&team_id=T&channel_id=C&command=%2Fmi&trigger_id=s" + std::to_string(++number) + "&text=" + text::percent_encoded(text);
        return from_slack(world, "/webhooks/slack/commands", body, "application/x-www-form-urlencoded").body;
    };
    auto const open = command("faq en is it open");
    CHECK(open.find("\"share\"") != std::string::npos);
    CHECK(open.find("ask:Is it open?") != std::string::npos);
    auto const secret = command("gate code");
    CHECK(secret.find("zebra-4711") != std::string::npos);
    CHECK(secret.find("\"share\"") == std::string::npos);
}

TEST_CASE("a look-up in Mattermost is shared by a button, once", "[server]")
{
    StaffWorld world;
    auto channels = chats();
    channels["mattermost"].set("action_key", {"key"});
    channels["mattermost"].set("address", {"https://bot.example.org"});
    channels["mattermost"].set("server", {"https://chat.example.org"});
    world.start(channels);
    auto const form = "token=mm-command&channel_id=c&user_id=ada&command=%2Fmi&trigger_id=m1&text=faq+en+is+it+open&response_url="
                      "https%3A%2F%2Fchat.example.org%2Fhooks%2Fcommands%2Fabcdefghijklmnopqrstuvwx12";
    auto const looked_up = json::parse(world.ask(post("/webhooks/mattermost/command", form, "", "application/x-www-form-urlencoded")).body).as_object();
    auto const button = looked_up.at("attachments").as_array().at(0).at("actions").as_array().back().as_object();
    REQUIRE(button.at("id").as_string() == "share");
    for (auto const* const trigger : {"m2", "m3"}) {
        json::object const press{{"trigger_id", trigger}, {"channel_id", "c"}, {"user_id", "ada"}, {"context", button.at("integration").at("context")}};
        CHECK(world.ask(post("/webhooks/mattermost/action", json::serialize(press))).status == 200);
    }
    auto const sent = world.sent("mattermost");
    CHECK(sent.starts_with("hooks/commands/abcdefghijklmnopqrstuvwx12 "));
    CHECK(std::count(sent.begin(), sent.end(), '\n') == 1);
}

TEST_CASE("a look-up in Telegram can be taken to another chat, but not what is for staff alone", "[server]")
{
    StaffWorld world;
    REQUIRE(world.publish(gate_code()).value().revision > 0);
    auto channels = chats();
    channels["telegram"].set("secret_token", {"tg"});
    channels["telegram"].set("staff", {"7=editor@example.org"});
    world.start(channels);
    auto const command = [&](std::string const& text) {
        static int number = 0;
        json::object const update{{"update_id", ++number},
                                  {"message",
                                   {{"message_id", number}, {"from", {{"id", 7}, {"is_bot", false}}}, {"chat", {{"id", 7}, {"type", "private"}}}, {"text", text}}}};
        return world.ask(post("/webhooks/telegram", json::serialize(update), "X-Telegram-Bot-Api-Secret-Token: tg\r\n")).body;
    };
    CHECK(command("/faq en is it open").find("https://t.me/share/url?url=") != std::string::npos);
    auto const secret = command("/faq gate code");
    CHECK(secret.find("zebra-4711") != std::string::npos);
    CHECK(secret.find("t.me/share") == std::string::npos);
}
