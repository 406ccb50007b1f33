#include "channels/mattermost.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/form.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"
#include "text/form_fields.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace immunobot::channels::mattermost_protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 16'382;   // characters of a post, and one for shared_mark
constexpr std::size_t most_fields = 64;
constexpr std::string_view ask_act = "ask";
constexpr std::string_view share_act = "share";
constexpr std::chrono::minutes response_url_lasts{30};
constexpr std::size_t hook_digits = 26;
constexpr std::string_view hooks_path = "hooks/commands/";
// Unseen; before what is said to all for a command, which Mattermost gives to outgoing webhooks as the words of who typed it.
// So it begins with no trigger word, and we know it again.
constexpr std::string_view shared_mark = "\xe2\x80\x8b";

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
    if (post->user_name == settings.one("bot_username") || post->id.empty() || post->text.empty() || post->text.starts_with(shared_mark))
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

// The id of the hook through which a command can be answered for half an hour. Where it leads is our setting and not
// taken from outside.
std::string_view hook_in(std::string_view response_url)
{
    auto const at = response_url.rfind(hooks_path);
    auto const id = at == std::string_view::npos ? std::string_view() : response_url.substr(at + hooks_path.size());
    auto const is_digit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return id.size() == hook_digits && std::ranges::all_of(id, is_digit) ? id : std::string_view();
}

Result<Parsed> parse_command(Delivery const& delivery, Settings const&)
{
    auto const form = read_command(delivery);
    if (!form)
        return form.error();
    auto incoming = incoming_of(form->text("text"), form->text("trigger_id"), form->text("channel_id"), form->text("user_id"));
    if (incoming.wish == Incoming::Wish::answer)
        incoming.wish = Incoming::Wish::look_up;
    incoming.slash = command_name(form->text("command"));
    incoming.where["hook"] = hook_in(form->text("response_url"));
    incoming.for_one = true;
    return one_message(std::move(incoming));
}

// `hook` has no line end in it, so that none of it can be taken for the question's.
std::string button_mac(std::string_view key, std::string_view act, std::string_view question, std::string_view hook = {})
{
    auto text = std::string(act).append("\n").append(question);
    return to_hex(hmac_sha256(key, hook.empty() ? text : text.append("\n").append(hook)));
}

// A pressed button brings back, unseen by people, what we put into it; nothing else in the delivery proves anything.
Proof prove_press(Delivery const& delivery, Settings const& settings)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body || !body->is_object())
        return Proof::malformed;
    auto const act = text_at(*body, {"context", "act"});
    auto const question = text_at(*body, {"context", "q"});
    auto const hook = text_at(*body, {"context", "hook"});
    bool holds = false;
    for (std::string_view const key : settings.all("action_key"))
        holds = same_secret(button_mac(key, act, question, hook), text_at(*body, {"context", "mac"})) || holds;
    return proof(holds);
}

Result<Parsed> parse_press(Delivery const& delivery, Settings const&)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    auto const question = text_at(*body, {"context", "q"});
    auto const act = text_at(*body, {"context", "act"});
    auto const hook = text_at(*body, {"context", "hook"});
    bool const shares = act == share_act && hook_in(std::string(hooks_path).append(hook)) == hook && !hook.empty();
    if ((act != ask_act && !shares) || question.empty())
        return Parsed(Ignore{});
    auto incoming = incoming_of(question, text_at(*body, {"trigger_id"}), text_at(*body, {"channel_id"}), text_at(*body, {"user_id"}));
    incoming.greeted = true;   // the button hangs on an answer of ours
    incoming.user.clear();     // who presses it is not proven
    if (shares) {
        incoming.id = std::string("share:").append(hook);   // once, however often it is pressed
        incoming.where["hook"] = hook;
        incoming.by_call = true;
    }
    return one_message(std::move(incoming));
}

bool has_buttons(Settings const& settings)
{
    return settings.has("action_key") && settings.has("address");
}

json::object button(std::string id, std::string_view name, json::object context, Settings const& settings)
{
    return {{"id", std::move(id)},
            {"type", "button"},
            {"name", name},
            {"style", "default"},
            {"integration", {{"url", std::string(settings.one("address")) + "/webhooks/mattermost/action"}, {"context", std::move(context)}}}};
}

json::array suggestion_buttons(assistant::Reply const& reply, Settings const& settings)
{
    json::array all;
    auto const key = settings.one("action_key");
    for (auto const& suggestion : reply.suggestions) {
        json::object context{{"act", ask_act}, {"q", suggestion.question}, {"mac", button_mac(key, ask_act, suggestion.question)}};
        all.push_back(button("suggest" + std::to_string(all.size()), suggestion.label, std::move(context), settings));
    }
    return all;
}

// Below what one person alone sees, where Mattermost can be told to say it to all.
void add_share_button(json::array& buttons, Incoming const& incoming, Language language, Settings const& settings)
{
    auto const hook = text_in(incoming.where, "hook");
    auto const& question = incoming.share.question;
    if (!incoming.for_one || question.empty() || hook.empty() || !settings.has("server"))
        return;
    json::object context{
        {"act", share_act}, {"q", question}, {"hook", hook}, {"mac", button_mac(settings.one("action_key"), share_act, question, hook)}};
    buttons.push_back(button("share", share_label(language), std::move(context), settings));
}

std::string text_of(assistant::Reply const& reply, Suggestions suggestions)
{
    return fitted(answer_text(reply, Markup::markdown, suggestions), longest_text, Unit::characters);
}

// What is too long for one post is said in several.
json::object message_of(Incoming const& incoming, std::string_view kind, assistant::Reply const& reply, Settings const& settings)
{
    auto const text = answer_text(reply, Markup::markdown, has_buttons(settings) ? Suggestions::elsewhere : Suggestions::numbered);
    auto const parts = split(text, longest_text, Unit::characters);
    json::object message{{"response_type", kind}, {"text", parts.empty() ? text : parts.front()}, {"skip_slack_parsing", true}};
    json::array rest;
    for (std::size_t i = 1; i < parts.size(); ++i)
        rest.push_back(json::object{{"response_type", kind}, {"text", parts[i]}, {"skip_slack_parsing", true}});
    if (!rest.empty())
        message["extra_responses"] = std::move(rest);
    if (!has_buttons(settings))
        return message;
    auto buttons = suggestion_buttons(reply, settings);
    add_share_button(buttons, incoming, reply.language, settings);
    if (!buttons.empty())
        message["attachments"] = json::array{json::object{{"actions", std::move(buttons)}}};
    return message;
}

void render_post(HttpAnswer& out, Incoming const& incoming, assistant::Reply const& reply, Settings const& settings)
{
    out.body = json::serialize(message_of(incoming, "comment", reply, settings));
}

// Only for who asked: what is said to all in the channel would be delivered to us again by an outgoing webhook.
void render_command(HttpAnswer& out, Incoming const& incoming, assistant::Reply const& reply, Settings const& settings)
{
    out.body = json::serialize(message_of(incoming, "ephemeral", reply, settings));
}

void render_press(HttpAnswer& out, Incoming const&, assistant::Reply const& reply, Settings const&)
{
    out.body = json::serialize(json::object{{"ephemeral_text", text_of(reply, Suggestions::numbered)}});
}

void mark_as_shared(json::object& message)
{
    message["text"] = std::string(shared_mark).append(text_in(message, "text"));
}

// What was looked up, said to all in the channel where the command was typed.
std::vector<Call> compose(Incoming const& incoming, assistant::Reply const& reply, Settings const& settings)
{
    auto message = message_of(incoming, "in_channel", reply, settings);
    mark_as_shared(message);
    if (auto* const rest = message.if_contains("extra_responses"))
        for (auto& part : rest->as_array())
            mark_as_shared(part.as_object());
    return {Call{.target = std::string(hooks_path).append(text_in(incoming.where, "hook")), .body = json::serialize(message), .good_for = response_url_lasts}};
}

Address address(Call const& call, Settings const& settings, std::string_view)
{
    return {.url = std::string(settings.one("server")).append("/").append(call.target)};
}

Channel::Sample sample_command(Settings const& settings, std::string_view question, std::int64_t now)
{
    std::string body = "token=" + text::percent_encoded(settings.one("command_token")) + "&channel_id=test&user_id=test&command=%2Fmi&trigger_id=test-" +
                       std::to_string(now) + "&text=" + text::percent_encoded(question);
    return {.target = "/webhooks/mattermost/command", .content_type = "application/x-www-form-urlencoded", .body = std::move(body), .fields = {}};
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    if (!settings.has("outgoing_token"))
        return sample_command(settings, question, now);
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
    {.name = "server", .kind = Setting::Kind::address,
     .help = "Mattermost's Site URL, https://chat.example.org; needed for the button that says an answer to all"},
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
}  // namespace immunobot::channels::mattermost_protocol

namespace immunobot::channels {

constinit Channel const mattermost{
    .name = "mattermost",
    .title = "Mattermost",
    .settings = mattermost_protocol::settings,
    .routes = mattermost_protocol::routes,
    .compose = mattermost_protocol::compose,
    .address = mattermost_protocol::address,
    .sample = mattermost_protocol::sample,
};

}  // namespace immunobot::channels
