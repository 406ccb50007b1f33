#include "channels/zulip.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/form.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace immunobot::channels::zulip_protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 10'000;   // characters
constexpr std::string_view nothing_to_say = "{\"response_not_required\":true}";

// Slack-compatible bots are sent forms.
bool is_form(Delivery const& delivery)
{
    return find_header(delivery, "content-type").value.starts_with("application/x-www-form-urlencoded");
}

Proof prove(Delivery const& delivery, Settings const& settings)
{
    if (is_form(delivery)) {
        auto const form = Form::parse(delivery.body);
        return form ? proof(settings.holds("token", form->text("token"))) : Proof::malformed;
    }
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body || !body->is_object())
        return Proof::malformed;
    return proof(settings.holds("token", text_at(*body, {"token"})));
}

// "@**immunobot**", "@_**immunobot|12**": how Zulip writes that somebody is spoken to.
std::string without_mentions(std::string_view text, std::string_view name)
{
    std::string out;
    while (!text.empty()) {
        auto const begin = std::min({text.find("@**"), text.find("@_**"), text.size()});
        out.append(text.substr(0, begin));
        text.remove_prefix(begin);
        if (text.empty())
            break;
        auto const inside = text.starts_with("@**") ? 3U : 4U;
        auto const end = text.find("**", inside);
        if (end == std::string_view::npos)
            return out.append(text);
        auto const spoken_to = text.substr(inside, end - inside);
        bool const ours = spoken_to == name || (spoken_to.starts_with(name) && spoken_to.substr(name.size()).starts_with('|'));
        // Who else is named belongs to the question, without the marks.
        out.append(ours ? " " : spoken_to);
        text.remove_prefix(end + 2);
    }
    return out;
}

Incoming incoming_of(std::string_view text)
{
    Incoming incoming;
    incoming.question.text = tidy(text);
    incoming.question.channel = zulip.name;
    if (incoming.question.text.empty())
        incoming.wish = Incoming::Wish::help;
    return incoming;
}

Result<Parsed> parse_form(Delivery const& delivery)
{
    auto const form = Form::parse(delivery.body);
    if (!form)
        return form.error();
    std::string_view text = form->text("text");
    if (auto const trigger = form->text("trigger_word"); !trigger.empty() && text.starts_with(trigger))
        text.remove_prefix(trigger.size());
    auto incoming = incoming_of(text);
    incoming.question.conversation = conversation_of(zulip.name, {form->text("channel_id"), form->text("user_id")});
    incoming.user = form->text("user_id");
    incoming.where["slack"] = true;
    return one_message(std::move(incoming));
}

// A topic is a conversation of all who take part in it; a direct message one of its sender.
std::string conversation_in(json::value const& message)
{
    auto const sender = std::to_string(integer_at(message, {"sender_id"}).value_or(0));
    if (text_at(message, {"type"}) == "private")
        return conversation_of(zulip.name, {"direct", sender});
    auto const stream = std::to_string(integer_at(message, {"stream_id"}).value_or(0));
    return conversation_of(zulip.name, {"topic", stream, text_at(message, {"subject"})});
}

bool is_trigger(std::string_view trigger)
{
    return trigger == "mention" || trigger == "direct_message" || trigger == "private_message";
}

Result<Parsed> parse(Delivery const& delivery, Settings const& settings)
{
    if (is_form(delivery))
        return parse_form(delivery);
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    auto const* message = value_at(*body, {"message"});
    auto const* data = value_at(*body, {"data"});
    if (!message || !message->is_object() || !data || !data->is_string() || !is_trigger(text_at(*body, {"trigger"})))
        return Parsed(Ignore{});
    auto const sender = text_at(*message, {"sender_email"});
    if (sender.empty() || sender == text_at(*body, {"bot_email"}) || sender == settings.one("bot_email"))
        return Parsed(Ignore{});
    auto incoming = incoming_of(without_mentions(text_at(*body, {"data"}), text_at(*body, {"bot_full_name"})));
    if (auto const id = integer_at(*message, {"id"}))
        incoming.id = std::to_string(*id);
    incoming.question.conversation = conversation_in(*message);
    if (auto const id = integer_at(*message, {"sender_id"}))
        incoming.user = std::to_string(*id);
    incoming.for_one = text_at(*message, {"type"}) == "private" && items_at(*message, {"display_recipient"}).size() <= 2;
    return one_message(std::move(incoming));
}

// Plain text: Zulip shows the escapes of other Markdowns as they stand, and makes links of addresses by itself.
void render(HttpAnswer& out, Incoming const& incoming, assistant::Reply const& reply, Settings const&)
{
    auto const text = answer_text(reply, Markup::plain, Suggestions::numbered);
    auto const* const name = incoming.where.contains("slack") ? "text" : "content";
    out.body = json::serialize(json::object{{name, fitted(text, longest_text, Unit::characters)}});
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    json::object const message{{"id", now}, {"type", "private"}, {"sender_id", 1}, {"sender_email", "test@example.org"}};
    return Channel::Sample{.target = "/webhooks/zulip",
                           .content_type = "application/json",
                           .body = json::serialize(json::object{{"bot_email", "immunobot-bot@example.org"},
                                                                {"bot_full_name", "immunobot"},
                                                                {"data", question},
                                                                {"token", settings.one("token")},
                                                                {"trigger", "direct_message"},
                                                                {"message", message}}),
                           .fields = {}};
}

constexpr Setting settings[] = {
    {.name = "token", .kind = Setting::Kind::secret, .required = true, .help = "the token of the outgoing webhook bot (in its zuliprc)"},
    {.name = "bot_email", .help = "the bot's own address, so that it never answers itself; deliveries name it as well"},
    staff_setting,
};

constexpr Route routes[] = {
    {.name = "zulip", .path = "/webhooks/zulip", .content = Content::json_or_form, .prove = prove, .parse = parse, .render = render,
     .silence = nothing_to_say},
};

}  // namespace
}  // namespace immunobot::channels::zulip_protocol

namespace immunobot::channels {

constinit Channel const zulip{
    .name = "zulip",
    .title = "Zulip",
    .settings = zulip_protocol::settings,
    .routes = zulip_protocol::routes,
    .sample = zulip_protocol::sample,
};

}  // namespace immunobot::channels
