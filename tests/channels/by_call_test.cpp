// Platforms that are answered by calls: what their messages become, what the calls say, and what odd payloads do.
#include "by_call.hpp"
#include "changes.hpp"

#include "channels/channel.hpp"

#include "text/utf8.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::channels;
using namespace immunobot::channels::tests;
namespace json = boost::json;

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
