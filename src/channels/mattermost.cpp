#include "channels/mattermost.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/form.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace immunobot::channels {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 16'383;   // characters of a post
constexpr std::size_t most_fields = 64;
constexpr std::string_view ask_act = "ask";

bool is_form(Delivery const& delivery)
{
    return find_header(delivery, "content-type").value.starts_with("application/x-www-form-urlencoded");
}

// A delivery of an outgoing webhook, which comes as JSON or as a form with the same names.
struct Post {
    std::string token, id, user_name, user, channel, text, trigger;
};

Result<Post> read_post(Delivery const& delivery)
{
    if (is_form(delivery)) {
        auto const form = Form::parse(delivery.body);
        if (!form)
            return form.error();
        auto const field = [&](std::string_view name) { return std::string(form->text(name)); };
        return Post{field("token"), field("post_id"), field("user_name"), field("user_id"), field("channel_id"), field("text"),
                    field("trigger_word")};
    }
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    if (auto const object = object_of(*body); !object)
        return object.error();
    auto const field = [&](std::string_view name) { return std::string(text_at(*body, {name})); };
    return Post{field("token"), field("post_id"), field("user_name"), field("user_id"), field("channel_id"), field("text"),
                field("trigger_word")};
}

Proof prove_post(Delivery const& delivery, Settings const& settings)
{
    auto const post = read_post(delivery);
    return post ? proof(settings.holds("outgoing_token", post->token)) : Proof::malformed;
}

std::string_view without_trigger(std::string_view text, std::string_view trigger)
{
    if (!trigger.empty() && text.starts_with(trigger))
        text.remove_prefix(trigger.size());
    auto const begin = text.find_first_not_of(" \t\r\n,:");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

Incoming incoming_of(std::string_view text, std::string_view id, std::string_view channel, std::string_view user)
{
    Incoming incoming;
    incoming.id = id;
    incoming.question.text = tidy(text);
    incoming.question.channel = mattermost.name;
    incoming.user = user;
    if (!user.empty())
        incoming.question.conversation = conversation_of(mattermost.name, {channel, user});
    if (incoming.question.text.empty() || incoming.question.text == "help")
        incoming.wish = Incoming::Wish::help;
    return incoming;
}

Result<Parsed> parse_post(Delivery const& delivery, Settings const& settings)
{
    auto const post = read_post(delivery);
    if (!post)
        return post.error();
    if (post->user_name == settings.one("bot_username") || post->id.empty() || post->text.empty())
        return Parsed(Ignore{});
    return one_message(incoming_of(without_trigger(post->text, post->trigger), post->id, post->channel, post->user));
}

// A slash command: the fields of a form, in the body or in the query. The header of a connected OAuth application may
// say anything; the token among the fields decides.
std::string_view command_fields(Delivery const& delivery)
{
    return delivery.body.empty() ? delivery.query : delivery.body;
}

// The users and channels that a command names are listed under repeated names, which we do not need.
Result<Form> read_command(Delivery const& delivery)
{
    return Form::parse(command_fields(delivery), most_fields, Form::Repeated::unread);
}

Proof prove_command(Delivery const& delivery, Settings const& settings)
{
    auto const form = read_command(delivery);
    return form ? proof(settings.holds("command_token", form->text("token"))) : Proof::malformed;
}

Result<Parsed> parse_command(Delivery const& delivery, Settings const&)
{
    auto const form = read_command(delivery);
    if (!form)
        return form.error();
    auto incoming = incoming_of(form->text("text"), form->text("trigger_id"), form->text("channel_id"), form->text("user_id"));
    incoming.greeted = true;   // whoever types a command of ours knows what answers
    if (incoming.wish == Incoming::Wish::answer)
        incoming.wish = Incoming::Wish::look_up;
    incoming.slash = command_name(form->text("command"));
    incoming.for_one = true;
    return one_message(std::move(incoming));
}

std::string button_mac(std::string_view key, std::string_view act, std::string_view question)
{
    return to_hex(hmac_sha256(key, std::string(act).append("\n").append(question)));
}

// A pressed button brings back, unseen by people, what we put into it; nothing else in the delivery proves anything.
Proof prove_press(Delivery const& delivery, Settings const& settings)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body || !body->is_object())
        return Proof::malformed;
    auto const act = text_at(*body, {"context", "act"});
    auto const question = text_at(*body, {"context", "q"});
    bool holds = false;
    for (std::string_view const key : settings.all("action_key"))
        holds = same_secret(button_mac(key, act, question), text_at(*body, {"context", "mac"})) || holds;
    return proof(holds);
}

Result<Parsed> parse_press(Delivery const& delivery, Settings const&)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    auto const question = text_at(*body, {"context", "q"});
    if (text_at(*body, {"context", "act"}) != ask_act || question.empty())
        return Parsed(Ignore{});
    auto incoming = incoming_of(question, text_at(*body, {"trigger_id"}), text_at(*body, {"channel_id"}), text_at(*body, {"user_id"}));
    incoming.greeted = true;   // the button hangs on an answer of ours
    incoming.user.clear();     // who presses it is not proven
    return one_message(std::move(incoming));
}

bool has_buttons(Settings const& settings)
{
    return settings.has("action_key") && settings.has("address");
}

json::array buttons(assistant::Reply const& reply, Settings const& settings)
{
    json::array all;
    auto const key = settings.one("action_key");
    for (auto const& suggestion : reply.suggestions) {
        json::object context{{"act", ask_act}, {"q", suggestion.question}, {"mac", button_mac(key, ask_act, suggestion.question)}};
        all.push_back(json::object{{"id", "suggest" + std::to_string(all.size())},
                                   {"type", "button"},
                                   {"name", suggestion.label},
                                   {"style", "default"},
                                   {"integration",
                                    {{"url", std::string(settings.one("address")) + "/webhooks/mattermost/action"},
                                     {"context", std::move(context)}}}});
    }
    return all;
}

std::string text_of(assistant::Reply const& reply, Suggestions suggestions)
{
    auto const text = answer_text(reply, Markup::markdown, suggestions);
    auto const parts = split(text, longest_text, Unit::characters, 1);
    return parts.empty() ? text : parts.front();
}

void render_message(HttpAnswer& out, std::string_view kind, assistant::Reply const& reply, Settings const& settings)
{
    bool const pressed = has_buttons(settings) && !reply.suggestions.empty();
    json::object message{{"response_type", kind},
                         {"text", text_of(reply, pressed ? Suggestions::elsewhere : Suggestions::numbered)},
                         {"skip_slack_parsing", true}};
    if (pressed)
        message["attachments"] = json::array{json::object{{"actions", buttons(reply, settings)}}};
    out.body = json::serialize(message);
}

void render_post(HttpAnswer& out, Incoming const&, assistant::Reply const& reply, Settings const& settings)
{
    render_message(out, "comment", reply, settings);
}

// Only for who asked: what is said to all in the channel would be delivered to us again by an outgoing webhook.
void render_command(HttpAnswer& out, Incoming const&, assistant::Reply const& reply, Settings const& settings)
{
    render_message(out, "ephemeral", reply, settings);
}

void render_press(HttpAnswer& out, Incoming const&, assistant::Reply const& reply, Settings const&)
{
    out.body = json::serialize(json::object{{"ephemeral_text", text_of(reply, Suggestions::numbered)}});
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    if (!settings.has("outgoing_token"))
        return std::nullopt;
    return Channel::Sample{.target = "/webhooks/mattermost/outgoing",
                           .content_type = "application/json",
                           .body = json::serialize(json::object{{"token", settings.one("outgoing_token")},
                                                                {"channel_id", "test"},
                                                                {"user_id", "test"},
                                                                {"user_name", "test"},
                                                                {"post_id", "test-" + std::to_string(now)},
                                                                {"text", question},
                                                                {"trigger_word", ""}}),
                           .fields = {}};
}

constexpr Setting settings[] = {
    {.name = "outgoing_token", .kind = Setting::Kind::secret, .required = true, .unless = "command_token",
     .help = "the token of the outgoing webhook"},
    {.name = "command_token", .kind = Setting::Kind::secret, .required = true, .unless = "outgoing_token",
     .help = "the token of the slash command"},
    {.name = "action_key", .kind = Setting::Kind::secret,
     .help = "any long random text of yours: signs the buttons below answers; without it suggestions are numbered"},
    {.name = "address", .kind = Setting::Kind::address,
     .help = "where Mattermost reaches this bot, https://bot.example.org; needed for buttons"},
    {.name = "bot_username", .otherwise = "immunobot", .help = "the user that the webhook posts as"},
    staff_setting,
};

constexpr Route routes[] = {
    {.name = "mattermost.outgoing", .path = "/webhooks/mattermost/outgoing", .content = Content::json_or_form, .prove = prove_post,
     .parse = parse_post, .render = render_post},
    {.name = "mattermost.command", .path = "/webhooks/mattermost/command", .content = Content::form, .prove = prove_command,
     .parse = parse_command, .render = render_command},
    {.name = "mattermost.command.get", .method = Method::get, .path = "/webhooks/mattermost/command", .content = Content::none,
     .prove = prove_command, .parse = parse_command, .render = render_command},
    {.name = "mattermost.action", .path = "/webhooks/mattermost/action", .prove = prove_press, .parse = parse_press,
     .render = render_press},
};

}  // namespace

constinit Channel const mattermost{
    .name = "mattermost",
    .title = "Mattermost",
    .settings = settings,
    .routes = routes,
    .sample = sample,
};

}  // namespace immunobot::channels
