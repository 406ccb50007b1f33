#include "channels/rocketchat.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace immunobot::channels::rocketchat_protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 5000;   // characters; the server's own default

// The proof stands in the body: an equal token, and no more than that. The integration must be called by https.
Proof prove(Delivery const& delivery, Settings const& settings)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body || !body->is_object())
        return Proof::malformed;
    return proof(settings.holds("token", text_at(*body, {"token"})));
}

// "!immuno what is ..." without the word that called us; it may stand right against the question.
std::string_view without_trigger(std::string_view text, std::string_view trigger)
{
    if (!trigger.empty() && text.starts_with(trigger))
        text.remove_prefix(trigger.size());
    auto const begin = text.find_first_not_of(" \t\r\n,:");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

// False, or nothing at all; a message of a bot may carry an object that tells which one.
bool is_bot(json::value const& body)
{
    auto const* bot = value_at(body, {"bot"});
    return bot && !bot->is_null() && !(bot->is_bool() && !bot->get_bool());
}

// Bots, ourselves, edits, and events that are no messages (files, people who come and go).
bool is_question(json::value const& body, Settings const& settings)
{
    return !is_bot(body) && !flag_at(body, {"isEdited"}) &&
           text_at(body, {"user_name"}) != settings.one("bot_username") && !text_at(body, {"message_id"}).empty() &&
           !text_at(body, {"text"}).empty();
}

Result<Parsed> parse(Delivery const& delivery, Settings const& settings)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    if (!is_question(*body, settings))
        return Parsed(Ignore{});
    auto const trigger = text_at(*body, {"trigger_word"});
    auto const thread = text_at(*body, {"tmid"});
    Incoming incoming;
    incoming.id = text_at(*body, {"message_id"});
    incoming.question.text = tidy(without_trigger(text_at(*body, {"text"}), trigger));
    incoming.question.channel = rocketchat.name;
    incoming.question.conversation = conversation_of(rocketchat.name, {text_at(*body, {"channel_id"}), thread});
    incoming.user = text_at(*body, {"user_id"});
    incoming.where["trigger"] = trigger;
    incoming.where["thread"] = thread;
    if (incoming.question.text.empty())
        incoming.wish = Incoming::Wish::help;
    return one_message(std::move(incoming));
}

// A button writes its text into the room as the person who pressed it, so it has to call us as well.
json::array buttons(assistant::Reply const& reply, std::string_view trigger)
{
    json::array all;
    for (auto const& suggestion : reply.suggestions) {
        auto const said = trigger.empty() ? suggestion.question : std::string(trigger) + " " + suggestion.question;
        all.push_back(json::object{
            {"type", "button"}, {"text", suggestion.label}, {"msg", said}, {"msg_in_chat_window", true}});
    }
    return all;
}

// Plain text: this server shows the escapes of other Markdowns as they stand.
void render(HttpAnswer& out, Incoming const& incoming, assistant::Reply const& reply, Settings const&)
{
    auto const text = answer_text(reply, Markup::plain, Suggestions::elsewhere);
    auto const parts = split(text, longest_text, Unit::characters);
    json::object message{{"text", parts.empty() ? text : parts.front()}};
    if (auto const thread = text_in(incoming.where, "thread"); !thread.empty())
        message["tmid"] = thread;
    json::array attachments;   // what does not fit into the text stands in them, too
    for (std::size_t i = 1; i < parts.size(); ++i)
        attachments.push_back(json::object{{"text", parts[i]}});
    if (!reply.suggestions.empty())
        attachments.push_back(json::object{{"actions", buttons(reply, text_in(incoming.where, "trigger"))}});
    if (!attachments.empty())
        message["attachments"] = std::move(attachments);
    out.body = json::serialize(message);
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    return Channel::Sample{.target = "/webhooks/rocketchat",
                           .content_type = "application/json",
                           .body = json::serialize(json::object{{"token", settings.one("token")},
                                                                {"bot", false},
                                                                {"channel_id", "TEST"},
                                                                {"message_id", "test-" + std::to_string(now)},
                                                                {"user_id", "test"},
                                                                {"user_name", "test"},
                                                                {"text", question}}),
                           .fields = {}};
}

constexpr Setting settings[] = {
    {.name = "token", .kind = Setting::Kind::secret, .required = true, .help = "the Token of the outgoing integration"},
    {.name = "bot_username", .otherwise = "immunobot", .help = "the user that the integration posts as"},
    staff_setting,
};

constexpr Route routes[] = {
    {.name = "rocketchat", .path = "/webhooks/rocketchat", .prove = prove, .parse = parse, .render = render},
};

}  // namespace
}  // namespace immunobot::channels::rocketchat_protocol

namespace immunobot::channels {

constinit Channel const rocketchat{
    .name = "rocketchat",
    .title = "Rocket.Chat",
    .settings = rocketchat_protocol::settings,
    .routes = rocketchat_protocol::routes,
    .sample = rocketchat_protocol::sample,
};

}  // namespace immunobot::channels
