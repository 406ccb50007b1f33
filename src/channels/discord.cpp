#include "channels/discord.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/signature.hpp"
#include "channels/stand_in.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"
#include "text/form_fields.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace immunobot::channels::discord_protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 2000;      // characters
constexpr std::size_t longest_label = 80;       // characters
constexpr std::size_t longest_custom_id = 100;  // characters; as bytes it holds in any case
constexpr std::size_t most_buttons = 5;         // a row
constexpr std::size_t most_nesting = 3;         // command, group, subcommand
constexpr std::size_t most_messages = 5;        // for one reply
constexpr std::chrono::minutes token_lasts{15};
constexpr int most_unknown = 3;                 // times that a webhook may not be known before it is taken to be gone
constexpr int no_previews = 4;                  // flags: the links of sources are not unfolded ...
constexpr int seen_by_one = 64;                 // ... and only who asked sees it

enum Kind : std::int64_t { ping = 1, command = 2, component = 3, autocomplete = 4, modal = 5 };
enum Answer : int { pong = 1, message = 4, nothing_to_do = 6, choices = 8 };

// Discord itself sends wrong signatures to see whether they are refused. The time stamp and the body are signed without
// anything between them: it must be a number as a whole, or bytes could move from one to the other.
Proof prove(Delivery const& delivery, Settings const& settings)
{
    auto const shown = single_header(delivery, "x-signature-ed25519");
    auto const stamp = single_header(delivery, "x-signature-timestamp");
    if (!shown || !stamp || !is_fresh(*stamp, delivery.now, settings.number("max_skew", 300)))
        return Proof::fails;
    auto const signature = from_hex(*shown);
    if (!signature)
        return Proof::fails;
    std::string signed_bytes(*stamp);
    signed_bytes += delivery.body;
    for (std::string_view const known : settings.all("public_key"))
        if (auto const key = from_hex(known); key && ed25519_holds(*key, signed_bytes, *signature))
            return Proof::holds;
    return Proof::fails;
}

// The first text that was typed into a command: options nest for groups and subcommands.
std::string_view typed_option(json::value const& data, std::size_t depth = 0)
{
    for (auto const& option : items_at(data, {"options"})) {
        if (auto const value = text_at(option, {"value"}); !value.empty())
            return value;
        if (depth + 1 < most_nesting)
            if (auto const inner = typed_option(option, depth + 1); !inner.empty())
                return inner;
    }
    return {};
}

// The first text of a form: rows hold the inputs.
std::string_view typed_field(json::value const& data)
{
    for (auto const& row : items_at(data, {"components"}))
        for (auto const& input : items_at(row, {"components"}))
            if (auto const value = text_at(input, {"value"}); !value.empty())
                return value;
    return {};
}

// What a button or the first choice of a menu stands for.
std::string_view pressed(json::value const& data)
{
    auto const chosen = items_at(data, {"values"});
    if (chosen.empty())
        return question_of_value(text_at(data, {"custom_id"}));
    auto const* text = chosen.front().if_string();
    return text ? question_of_value({text->data(), text->size()}) : std::string_view();
}

// A button below what one person alone sees: what it gives is for them as well, unless it is the one that shares.
bool is_below_private(json::value const& interaction)
{
    return (integer_at(interaction, {"message", "flags"}).value_or(0) & seen_by_one) != 0;
}

bool from_bot(json::value const& interaction)
{
    return flag_at(interaction, {"member", "user", "bot"}) || flag_at(interaction, {"user", "bot"});
}

// Follow-ups belong to a person in a place: the answers of a command are not one thread that all take part in.
std::string conversation_in(json::value const& interaction)
{
    auto user = text_at(interaction, {"member", "user", "id"});
    if (user.empty())
        user = text_at(interaction, {"user", "id"});
    return user.empty() ? std::string() : conversation_of(discord.name, {text_at(interaction, {"channel_id"}), user});
}

Parsed handshake(Answer answer, std::string_view data = {})
{
    std::string body = "{\"type\":" + std::to_string(answer);
    if (!data.empty())
        body.append(",\"data\":").append(data);
    return Handshake{{.body = body + "}"}};
}

Incoming incoming_of(json::value const& interaction, std::string_view text)
{
    Incoming incoming;
    incoming.id = text_at(interaction, {"id"});
    incoming.question.text = tidy(text);
    incoming.question.hint = language_from_code(text_at(interaction, {"locale"}));
    incoming.question.channel = discord.name;
    incoming.question.conversation = conversation_in(interaction);
    incoming.where["application"] = text_at(interaction, {"application_id"});
    incoming.where["token"] = text_at(interaction, {"token"});
    return incoming;
}

Parsed read_question(json::value const& interaction, std::string_view text)
{
    auto incoming = incoming_of(interaction, text);
    auto const name = text_at(interaction, {"data", "name"});
    auto const member = text_at(interaction, {"member", "user", "id"});
    incoming.user = member.empty() ? text_at(interaction, {"user", "id"}) : member;
    if (incoming.question.text.empty() || name == "help")
        incoming.wish = Incoming::Wish::help;
    else if (name == "mi" || name == "faq")   // the commands of staff
        incoming.wish = Incoming::Wish::look_up;
    if (incoming.wish == Incoming::Wish::look_up)
        incoming.slash = name;
    incoming.for_one = incoming.wish != Incoming::Wish::answer || is_below_private(interaction);
    return one_message(std::move(incoming));
}

// What was looked up is said to all, in a message of its own. Never a command of the staff: nobody is named as its user.
Parsed read_share(json::value const& interaction, std::string_view question)
{
    auto incoming = incoming_of(interaction, question);
    incoming.greeted = true;   // the button hangs on an answer of ours
    return incoming.question.text.empty() ? handshake(nothing_to_do) : one_message(std::move(incoming));
}

Result<Parsed> parse(Delivery const& delivery, Settings const& settings)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    if (auto const object = object_of(*body); !object)
        return object.error();
    auto const* data = value_at(*body, {"data"});
    auto const kind = integer_at(*body, {"type"}).value_or(0);
    if (kind == ping)
        return handshake(pong);
    auto const ours = settings.one("application_id");
    if (!data || from_bot(*body) || (!ours.empty() && text_at(*body, {"application_id"}) != ours))
        return Parsed(Ignore{});
    switch (kind) {
        case command: return read_question(*body, typed_option(*data));
        case modal: return read_question(*body, typed_field(*data));
        // Nothing is offered while somebody types: each letter would be a question.
        case autocomplete: return handshake(choices, "{\"choices\":[]}");
        case component: break;
        default: return Parsed(Ignore{});
    }
    if (auto const id = text_at(*data, {"custom_id"}); id.starts_with(share_mark))
        return read_share(*body, id.substr(share_mark.size()));
    auto const question = pressed(*data);
    return question.empty() ? handshake(nothing_to_do) : read_question(*body, question);
}

// One row of buttons; no two may have the same id.
json::array buttons(assistant::Reply const& reply, std::string_view share)
{
    json::array row;
    auto const add = [&](std::string_view label, std::string const& id) {
        auto const taken = [&](json::value const& button) { return text_at(button, {"custom_id"}) == id; };
        if (row.size() == most_buttons || std::any_of(row.begin(), row.end(), taken))
            return;
        row.push_back(json::object{{"type", 2}, {"style", 2}, {"label", shortened(label, longest_label, Unit::characters)}, {"custom_id", id}});
    };
    for (auto const& suggestion : reply.suggestions)
        add(suggestion.label, button_value(suggestion, longest_custom_id));
    if (auto const id = whole_value(share_mark, share, longest_custom_id); !id.empty())
        add(share_label(reply.language), id);
    return row;
}

bool may_follow(Incoming const& incoming)
{
    return !text_in(incoming.where, "application").empty() && !text_in(incoming.where, "token").empty();
}

// The messages that carry a reply; all but the first are sent after the response. The buttons hang on the last.
std::vector<json::object> messages_of(Incoming const& incoming, assistant::Reply const& reply)
{
    // What was looked up is for who looked, until it is shared.
    bool const for_one = incoming.for_one || incoming.wish == Incoming::Wish::look_up;
    std::vector<json::object> messages;
    auto const add = [&](std::string_view text) {
        messages.push_back({{"content", text},
                            {"flags", for_one ? no_previews | seen_by_one : no_previews},
                            {"allowed_mentions", {{"parse", json::array()}}}});
    };
    auto const text = answer_text(reply, Markup::markdown, Suggestions::elsewhere);
    for (auto const& part : split(text, longest_text, Unit::characters, may_follow(incoming) ? most_messages : 1))
        add(part);
    if (messages.empty())
        add(text);
    if (auto row = buttons(reply, for_one ? incoming.share.question : std::string_view()); !row.empty())
        messages.back()["components"] = json::array{json::object{{"type", 1}, {"components", std::move(row)}}};
    return messages;
}

void render(HttpAnswer& out, Incoming const& incoming, assistant::Reply const& reply, Settings const&)
{
    out.body = json::serialize(json::object{{"type", static_cast<int>(message)}, {"data", messages_of(incoming, reply).front()}});
}

// The token of the interaction is all the proof that these need.
std::vector<Call> follow_up(Incoming const& incoming, assistant::Reply const& reply, Settings const&)
{
    std::vector<Call> calls;
    auto const messages = messages_of(incoming, reply);
    std::string target("webhooks/");
    target.append(text::percent_encoded(text_in(incoming.where, "application"))).append("/").append(text::percent_encoded(text_in(incoming.where, "token")));
    for (std::size_t i = 1; i < messages.size(); ++i)
        calls.push_back(Call{.target = target, .body = json::serialize(messages[i]), .good_for = token_lasts, .after = std::chrono::seconds(1)});
    return calls;
}

Address address(Call const& call, Settings const& settings, std::string_view)
{
    return {.url = std::string(settings.one("api")).append("/").append(call.target), .fields = {{"User-Agent", "DiscordBot (immunobot, 1.0)"}}};
}

// Before the first answer has arrived, Discord knows of none that could be followed; that takes seconds. Who goes on calling what
// is gone is shut out in the end, with all of their address.
Outcome judge(Call const& call, int status, std::string_view)
{
    if (status >= 200 && status < 300)
        return Outcome::sent;
    if (status == 404)
        return call.attempts < most_unknown ? Outcome::later : Outcome::never;
    return status == 408 || status == 429 || status >= 500 ? Outcome::later : Outcome::never;
}

void stand_in_for_platform(Settings& settings)
{
    settings.set("public_key", {stand_in::public_key()});
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    auto const application = settings.has("application_id") ? settings.one("application_id") : std::string_view("1");
    json::object const option{{"name", "question"}, {"type", 3}, {"value", question}};
    auto const stamp = std::to_string(now);
    auto body = json::serialize(json::object{{"id", stamp},
                                             {"application_id", application},
                                             {"type", static_cast<int>(command)},
                                             {"token", "test"},
                                             {"version", 1},
                                             {"channel_id", "1"},
                                             {"user", {{"id", "1"}}},
                                             {"data", {{"name", "ask"}, {"options", json::array{option}}}}});
    auto signature = stand_in::signature(stamp + body);
    return Channel::Sample{.target = "/webhooks/discord",
                           .content_type = "application/json",
                           .body = std::move(body),
                           .fields = {{"X-Signature-Ed25519", std::move(signature)}, {"X-Signature-Timestamp", stamp}}};
}

constexpr Setting settings[] = {
    {.name = "public_key", .kind = Setting::Kind::list, .required = true,
     .help = "PUBLIC KEY of the application: 64 hex digits"},
    {.name = "application_id", .help = "APPLICATION ID; if given, interactions of other applications are not answered"},
    {.name = "max_skew", .kind = Setting::Kind::number, .otherwise = "300",
     .help = "seconds that a time stamp may be away from our clock"},
    {.name = "api", .kind = Setting::Kind::address, .otherwise = "https://discord.com/api/v10",
     .help = "address of Discord's API, for what is longer than one message"},
    staff_setting,
};

constexpr Route routes[] = {
    {.name = "discord", .path = "/webhooks/discord", .prove = prove, .parse = parse, .render = render},
};

}  // namespace
}  // namespace immunobot::channels::discord_protocol

namespace immunobot::channels {

constinit Channel const discord{
    .name = "discord",
    .title = "Discord",
    .settings = discord_protocol::settings,
    .routes = discord_protocol::routes,
    .follow_up = discord_protocol::follow_up,
    .address = discord_protocol::address,
    .judge = discord_protocol::judge,
    .stand_in = discord_protocol::stand_in_for_platform,
    .sample = discord_protocol::sample,
};

}  // namespace immunobot::channels
