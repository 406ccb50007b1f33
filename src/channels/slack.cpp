#include "channels/slack.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/form.hpp"
#include "channels/plain_form.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace immunobot::channels::slack_protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t body_limit = 4 * 1024 * 1024;
constexpr std::size_t longest_section = 3000;
constexpr std::size_t longest_fallback = 4000;
constexpr std::size_t longest_label = 75;
constexpr std::size_t longest_value = 2000;
constexpr std::size_t longest_challenge = 1024;
constexpr std::size_t most_sections = 4;   // Slack takes about 13,000 characters in all blocks of a message together
constexpr std::chrono::minutes response_url_lasts{30};
constexpr std::string_view suggestion_prefix = "suggest_";
constexpr std::string_view share_action = "share";

Proof prove_signature(Delivery const& delivery, Settings const& settings)
{
    auto const stamp = single_header(delivery, "x-slack-request-timestamp");
    auto const signature = single_header(delivery, "x-slack-signature");
    if (!stamp || !signature || !is_fresh(*stamp, delivery.now, settings.number("max_skew", 300)))
        return Proof::fails;
    std::string const message = std::string("v0:").append(*stamp).append(":").append(delivery.body);
    bool holds = false;
    for (std::string_view const secret : settings.all("signing_secret"))
        if (same_secret("v0=" + to_hex(hmac_sha256(secret, message)), *signature))
            holds = true;
    return proof(holds);
}

// Slack looks now and then whether our certificate holds, without a signature. Whatever else such a form has in it was not
// sent by Slack.
bool is_certificate_check(Delivery const& delivery)
{
    if (delivery.body.find("ssl_check") == std::string_view::npos)
        return false;
    auto const form = Form::parse(delivery.body);
    return form && form->text("ssl_check") == "1";
}

Proof prove_form(Delivery const& delivery, Settings const& settings)
{
    return is_certificate_check(delivery) ? Proof::holds : prove_signature(delivery, settings);
}

Parsed nothing_to_say()
{
    return Handshake{{.content_type = text_content}};
}

bool is_help(std::string_view text)
{
    return text.empty() || text == "help" || text == "aide" || text == "?";
}

void ask(Incoming& incoming, std::string text)
{
    if (is_help(text))
        incoming.wish = Incoming::Wish::help;
    incoming.question.text = std::move(text);
    incoming.question.channel = slack.name;
}

// ---- events ----

bool is_by_bot(json::value const& body, json::value const& event, Settings const& settings)
{
    auto const present = [&](std::string_view name) {
        auto const* value = value_at(event, {name});
        return value && !value->is_null();
    };
    if (present("bot_id") || present("bot_profile"))
        return true;
    auto const user = text_at(event, {"user"});
    auto const authorized = items_at(body, {"authorizations"});
    return user.empty() || user == settings.one("bot_user_id") || (!authorized.empty() && user == text_at(authorized.front(), {"user_id"}));
}

bool is_for_us(json::value const& event)
{
    auto const type = text_at(event, {"type"});
    auto const subtype = text_at(event, {"subtype"});
    if (!subtype.empty() && subtype != "file_share" && subtype != "thread_broadcast")
        return false;
    return type == "app_mention" || (type == "message" && text_at(event, {"channel_type"}) == "im");
}

Parsed read_event(json::value const& body, Settings const& settings)
{
    auto const* event = value_at(body, {"event"});
    if (!event || !is_for_us(*event) || is_by_bot(body, *event, settings))
        return Ignore{};
    auto const channel = text_at(*event, {"channel"});
    auto const ts = text_at(*event, {"ts"});
    if (channel.empty() || ts.empty())
        return Ignore{};
    bool const direct = text_at(*event, {"channel_type"}) == "im" || channel.starts_with('D');
    auto const thread = text_at(*event, {"thread_ts"});
    Incoming incoming;
    ask(incoming, slack_text(text_at(*event, {"text"})));
    incoming.by_call = true;
    // An app_mention and its twin, the message, have this in common, and nothing else.
    incoming.id = std::string(channel).append(":").append(ts);
    incoming.where["channel"] = channel;
    incoming.user = text_at(*event, {"user"});
    incoming.for_one = direct;
    auto const root = !thread.empty() ? thread : direct ? std::string_view() : ts;
    if (!root.empty())
        incoming.where["thread_ts"] = root;
    incoming.where["in_thread"] = !thread.empty();
    incoming.question.conversation = conversation_of(slack.name, {text_at(body, {"team_id"}), channel, root});
    return one_message(std::move(incoming));
}

Result<Parsed> parse_event(Delivery const& delivery, Settings const& settings)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    auto const type = text_at(*body, {"type"});
    if (type == "url_verification") {
        auto const challenge = text_at(*body, {"challenge"});
        if (challenge.size() > longest_challenge)
            return Error{Errc::bad_request, "the challenge is too long"};
        return Parsed(Handshake{{.content_type = text_content, .body = std::string(challenge)}});
    }
    return type == "event_callback" ? read_event(*body, settings) : Parsed(Ignore{});
}

// ---- slash commands ----

Result<Parsed> parse_command(Delivery const& delivery, Settings const&)
{
    auto const form = Form::parse(delivery.body);
    if (!form)
        return form.error();
    if (form->text("ssl_check") == "1")
        return nothing_to_say();
    Incoming incoming;
    ask(incoming, slack_text(form->text("text")));
    incoming.id = form->text("trigger_id");
    if (incoming.wish == Incoming::Wish::answer)
        incoming.wish = Incoming::Wish::look_up;
    incoming.user = form->text("user_id");
    incoming.slash = command_name(form->text("command"));
    incoming.for_one = true;
    incoming.question.conversation = conversation_of(slack.name, {form->text("team_id"), form->text("channel_id"), form->text("user_id")});
    return Parsed(one_message(std::move(incoming)));
}

// ---- buttons ----

Incoming read_action(json::value const& payload, std::string_view action, std::string_view value)
{
    Incoming incoming;
    bool const shares = action == share_action;
    ask(incoming, std::string(question_of_value(value)));
    incoming.by_call = true;
    incoming.greeted = true;   // the button hangs on an answer of ours
    incoming.id = text_at(payload, {"trigger_id"});
    auto const channel = text_at(payload, {"channel", "id"});
    auto const thread = text_at(payload, {"container", "thread_ts"});
    auto const message = text_at(payload, {"container", "message_ts"});
    bool const for_one = flag_at(payload, {"container", "is_ephemeral"});
    auto const root = thread.empty() ? message : thread;
    incoming.where["response_url"] = text_at(payload, {"response_url"});
    incoming.where["channel"] = channel;
    incoming.where["response_type"] = shares || !for_one ? "in_channel" : "ephemeral";
    if (!for_one && !channel.starts_with('D'))
        incoming.where["thread_ts"] = root;
    incoming.question.conversation =
        for_one ? conversation_of(slack.name, {text_at(payload, {"team", "id"}), channel, text_at(payload, {"user", "id"})})
                : conversation_of(slack.name, {text_at(payload, {"team", "id"}), channel, channel.starts_with('D') ? thread : root});
    return incoming;
}

Result<Parsed> parse_interaction(Delivery const& delivery, Settings const&)
{
    auto const form = Form::parse(delivery.body);
    if (!form)
        return form.error();
    if (form->text("ssl_check") == "1")
        return nothing_to_say();
    auto const payload = parse_strict(form->text("payload"), {}, platform_json);
    if (!payload)
        return payload.error();
    auto const actions = items_at(*payload, {"actions"});
    if (text_at(*payload, {"type"}) != "block_actions" || actions.empty())
        return Parsed(Ignore{});
    auto const action = text_at(actions.front(), {"action_id"});
    auto const value = text_at(actions.front(), {"value"});
    bool const ours = action.starts_with(suggestion_prefix) || action == share_action;
    if (!ours || value.empty() || value.size() > longest_value)
        return Parsed(Ignore{});
    return Parsed(one_message(read_action(*payload, action, value)));
}

// ---- answers ----

json::object button(std::string_view action, std::string_view label, std::string_view value)
{
    return {{"type", "button"},
            {"action_id", action},
            {"text", {{"type", "plain_text"}, {"text", shortened(label, longest_label, Unit::characters)}}},
            {"value", value}};
}

json::array blocks_of(std::string const& text, assistant::Reply const& reply, std::string_view share)
{
    json::array blocks;
    for (auto const& part : split(text, longest_section, Unit::characters, most_sections))
        blocks.push_back({{"type", "section"}, {"text", {{"type", "mrkdwn"}, {"text", part}}}});
    json::array buttons;
    for (auto const& suggestion : reply.suggestions)
        buttons.push_back(button(std::string(suggestion_prefix) + std::to_string(buttons.size()), suggestion.label,
                                 button_value(suggestion, longest_value)));
    if (auto value = whole_value(ask_mark, share, longest_value); !value.empty())
        buttons.push_back(button(share_action, share_label(reply.language), value));
    if (!buttons.empty())
        blocks.push_back({{"type", "actions"}, {"elements", std::move(buttons)}});
    return blocks;
}

json::object message_of(assistant::Reply const& reply, std::string_view share)
{
    auto const text = answer_text(reply, Markup::mrkdwn, Suggestions::elsewhere);
    return {{"text", fitted(text, longest_fallback, Unit::characters)}, {"blocks", blocks_of(text, reply, share)}};
}

void render_command(HttpAnswer& out, Incoming const& incoming, assistant::Reply const& reply, Settings const&)
{
    auto message = message_of(reply, incoming.share.question);
    message["response_type"] = "ephemeral";
    out.body = json::serialize(message);
}

// Looked up where others read along, by a message: only who wrote it sees what was found, and can share it. In a thread that does
// not exist yet nobody would.
bool is_for_one_among_many(Incoming const& incoming)
{
    return incoming.wish == Incoming::Wish::look_up && !incoming.for_one && !incoming.user.empty() && incoming.where.contains("in_thread");
}

std::vector<Call> compose(Incoming const& incoming, assistant::Reply const& reply, Settings const&)
{
    bool const for_one = is_for_one_among_many(incoming);
    auto message = message_of(reply, for_one ? std::string_view(incoming.share.question) : std::string_view());
    message["unfurl_links"] = false;
    message["unfurl_media"] = false;
    if (auto const thread = text_in(incoming.where, "thread_ts"); !thread.empty() && (!for_one || incoming.where.at("in_thread") == true))
        message["thread_ts"] = thread;
    Call call;
    if (auto const url = text_in(incoming.where, "response_url"); !url.empty()) {
        message["response_type"] = text_in(incoming.where, "response_type");
        message["replace_original"] = false;
        call.target = url;
        call.good_for = response_url_lasts;
    } else {
        message["channel"] = text_in(incoming.where, "channel");
        call.target = for_one ? "chat.postEphemeral" : "chat.postMessage";
        if (for_one)
            message["user"] = incoming.user;
    }
    call.body = json::serialize(message);
    return {std::move(call)};
}

bool is_response_url(Call const& call)
{
    return call.target.find("://") != std::string::npos;
}

Address address(Call const& call, Settings const& settings, std::string_view)
{
    if (is_response_url(call))
        return {call.target, {}, false};
    return {std::string(settings.one("api")) + "/" + call.target, {{"Authorization", "Bearer " + std::string(settings.one("bot_token"))}}};
}

// invalid_blocks, msg_blocks_too_long: the words stand beside the blocks as well.
std::optional<std::string> plainer(Call const& call, int, std::string_view body)
{
    json::value message = body_of(call);
    if (body.find("block") == std::string_view::npos || items_at(message, {"blocks"}).empty())
        return std::nullopt;
    std::vector<std::string_view> labels;
    for (auto const& block : items_at(message, {"blocks"}))
        for (auto const& element : items_at(block, {"elements"}))
            if (text_at(element, {"action_id"}) != share_action)
                labels.push_back(text_at(element, {"text", "text"}));
    std::vector<std::string> harmless;
    for (auto const label : labels)
        harmless.push_back(escaped(label, Markup::mrkdwn));
    auto const text = with_numbers(std::string(text_at(message, {"text"})), {harmless.begin(), harmless.end()});
    auto& object = message.get_object();
    object["text"] = text;
    object.erase("blocks");
    return json::serialize(message);
}

// The API says 200 also when it refuses.
Outcome judge(Call const& call, int status, std::string_view body)
{
    if (status == 429 || status == 408 || status >= 500)
        return Outcome::later;
    if (status != 200)
        return Outcome::never;
    if (is_response_url(call))
        return Outcome::sent;
    auto const document = parse_strict(body, {}, platform_json);
    if (!document)
        return Outcome::later;
    if (flag_at(*document, {"ok"}))
        return Outcome::sent;
    constexpr std::string_view passing[] = {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"};
    return std::ranges::find(passing, text_at(*document, {"error"})) != std::end(passing) ? Outcome::later : Outcome::never;
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    std::string const stamp = std::to_string(now);
    std::string const body = json::serialize(json::object{
        {"type", "event_callback"}, {"team_id", "T0TEST"}, {"event_id", "EvTEST" + stamp},
        {"event", {{"type", "message"}, {"channel_type", "im"}, {"user", "U0TEST"}, {"text", question}, {"channel", "D0TEST"}, {"ts", stamp + ".000100"}}}});
    auto const mac = to_hex(hmac_sha256(settings.one("signing_secret"), "v0:" + stamp + ":" + body));
    return Channel::Sample{"/webhooks/slack/events", "application/json", body,
                           {{"X-Slack-Request-Timestamp", stamp}, {"X-Slack-Signature", "v0=" + mac}}};
}

constexpr Setting settings[] = {
    {.name = "signing_secret", .kind = Setting::Kind::secret, .required = true, .help = "Basic Information, App Credentials, Signing Secret"},
    {.name = "bot_token", .kind = Setting::Kind::secret, .required = true, .help = "OAuth & Permissions, Bot User OAuth Token (xoxb-...)"},
    {.name = "bot_user_id", .help = "the bot's own user id, whose messages are ignored; events usually say it themselves"},
    {.name = "api", .kind = Setting::Kind::address, .otherwise = "https://slack.com/api", .help = "address of Slack's Web API"},
    {.name = "allowed_hosts", .kind = Setting::Kind::list, .otherwise = "hooks.slack.com", .help = "hosts to which answers to buttons may go"},
    {.name = "max_skew", .kind = Setting::Kind::number, .otherwise = "300", .help = "seconds that a time stamp may be off"},
    staff_setting,
};

constexpr Route routes[] = {
    {.name = "slack.events", .path = "/webhooks/slack/events", .body_limit = body_limit, .prove = prove_signature, .parse = parse_event,
     .silence = "", .silence_type = text_content},
    {.name = "slack.commands", .path = "/webhooks/slack/commands", .content = Content::form, .body_limit = body_limit, .prove = prove_form,
     .parse = parse_command, .render = render_command, .silence = "", .silence_type = text_content},
    {.name = "slack.interactive", .path = "/webhooks/slack/interactive", .content = Content::form, .body_limit = body_limit, .prove = prove_form,
     .parse = parse_interaction, .silence = "", .silence_type = text_content},
};

}  // namespace
}  // namespace immunobot::channels::slack_protocol

namespace immunobot::channels {

constinit Channel const slack{
    .name = "slack",
    .title = "Slack",
    .settings = slack_protocol::settings,
    .routes = slack_protocol::routes,
    .compose = slack_protocol::compose,
    .address = slack_protocol::address,
    .judge = slack_protocol::judge,
    .plainer = slack_protocol::plainer,
    .sample = slack_protocol::sample,
};

}  // namespace immunobot::channels
