#include "channels/chatwoot.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/plain_form.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace immunobot::channels::chatwoot_protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 10'000;
constexpr std::size_t longest_value = 1000;
constexpr std::string_view prefix = "sha256=";

Proof prove(Delivery const& delivery, Settings const& settings)
{
    auto const stamp = single_header(delivery, "x-chatwoot-timestamp");
    auto const signature = single_header(delivery, "x-chatwoot-signature");
    if (!stamp || !signature || !signature->starts_with(prefix) || !is_fresh(*stamp, delivery.now, settings.number("max_skew", 300)))
        return Proof::fails;
    std::string const message = std::string(*stamp).append(".").append(delivery.body);
    bool holds = false;
    for (std::string_view const secret : settings.all("secret"))
        if (same_secret(to_hex(hmac_sha256(secret, message)), signature->substr(prefix.size())))
            holds = true;
    return proof(holds);
}

// What a visitor chose from a list of ours comes as an update of our own message.
std::string chosen(json::value const& body)
{
    auto const values = items_at(body, {"content_attributes", "submitted_values"});
    return values.empty() ? std::string() : std::string(question_of_value(text_at(values.front(), {"value"})));
}

std::string question_in(json::value const& body)
{
    auto const event = text_at(body, {"event"});
    if (event == "message_updated" && text_at(body, {"content_type"}) == "input_select")
        return chosen(body);
    bool const spoken = event == "message_created" && text_at(body, {"message_type"}) == "incoming";
    return spoken ? std::string(text_at(body, {"content"})) : std::string();
}

bool is_ours_to_answer(json::value const& body, Settings const& settings)
{
    auto const account = integer_at(body, {"account", "id"});
    auto const wanted = settings.one("account_id");
    auto const sender = text_at(body, {"sender", "type"});
    bool const machine = sender == "agent_bot" || sender == "user";
    bool const from_visitor = text_at(body, {"event"}) == "message_updated" || !machine;
    return !flag_at(body, {"private"}) && text_at(body, {"conversation", "status"}) == "pending" && from_visitor && account &&
           (wanted.empty() || wanted == std::to_string(*account));
}

Result<Parsed> parse(Delivery const& delivery, Settings const& settings)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    auto text = tidy(question_in(*body));
    auto const conversation = integer_at(*body, {"conversation", "id"});
    auto const id = integer_at(*body, {"id"});
    if (text.empty() || !conversation || !id || !is_ours_to_answer(*body, settings))
        return Parsed(Ignore{});
    auto const account = std::to_string(integer_at(*body, {"account", "id"}).value());
    Incoming incoming;
    incoming.question.text = std::move(text);
    incoming.question.channel = chatwoot.name;
    incoming.question.conversation = conversation_of(chatwoot.name, {account, std::to_string(*conversation)});
    incoming.question.hint = language_from_code(text_at(*body, {"conversation", "additional_attributes", "browser_language"}));
    // The message, not the delivery: several hooks of one installation may carry the same message.
    incoming.id = account + "/" + std::to_string(*id) + (text_at(*body, {"event"}) == "message_updated" ? "/chosen" : "");
    incoming.by_call = true;
    incoming.where["path"] = "api/v1/accounts/" + account + "/conversations/" + std::to_string(*conversation);
    return Parsed(one_message(std::move(incoming)));
}

json::object message_with(std::string_view text)
{
    return {{"content", text}, {"message_type", "outgoing"}, {"private", false}, {"content_type", "text"}};
}

json::object choices(assistant::Reply const& reply)
{
    json::array items;
    for (auto const& suggestion : reply.suggestions)
        items.push_back({{"title", suggestion.label}, {"value", button_value(suggestion, longest_value)}});
    auto message = message_with(reply.language == Language::fr ? "Vous pouvez aussi demander :" : "You can also ask:");
    message["content_type"] = "input_select";
    message["content_attributes"] = json::object{{"items", std::move(items)}};
    return message;
}

// Nobody knew, or somebody may be in danger: a person should see it.
bool wants_a_person(assistant::Reply const& reply, Settings const& settings)
{
    return settings.one("hand_over") == "yes" && (reply.status == assistant::Status::unknown || reply.status == assistant::Status::safety);
}

std::vector<Call> compose(Incoming const& incoming, assistant::Reply const& reply, Settings const& settings)
{
    auto const* const path = incoming.where.if_contains("path");
    std::string const base = path && path->is_string() ? std::string(path->get_string()) : std::string();
    std::vector<Call> calls;
    auto const add = [&](std::string_view action, json::object const& body) {
        Call call;
        call.target = base + std::string(action);
        call.body = json::serialize(body);
        calls.push_back(std::move(call));
    };
    for (auto const& part : split(answer_text(reply, Markup::markdown, Suggestions::elsewhere), longest_text, Unit::characters))
        add("/messages", message_with(part));
    bool const person = wants_a_person(reply, settings);
    if (!reply.suggestions.empty() && !person)
        add("/messages", choices(reply));
    if (person)
        add("/toggle_status", {{"status", "open"}});
    return calls;
}

Address address(Call const& call, Settings const& settings, std::string_view)
{
    return {std::string(settings.one("api")) + "/" + call.target, {{"api_access_token", std::string(settings.one("access_token"))}}};
}

// Inboxes that know no list of choices: the same as a text.
std::optional<std::string> plainer(Call const& call, int status, std::string_view)
{
    json::value message = body_of(call);
    if ((status != 400 && status != 422) || text_at(message, {"content_type"}) != "input_select")
        return std::nullopt;
    std::vector<std::string_view> labels;
    for (auto const& item : items_at(message, {"content_attributes", "items"}))
        labels.push_back(text_at(item, {"title"}));
    return json::serialize(message_with(with_numbers(std::string(text_at(message, {"content"})), labels)));
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    std::string const stamp = std::to_string(now);
    auto const account = decimal(settings.one("account_id")).value_or(1);
    std::string const body = json::serialize(json::object{
        {"event", "message_created"}, {"id", now}, {"content", question}, {"message_type", "incoming"}, {"private", false},
        {"sender", {{"id", 0}, {"type", "contact"}}}, {"conversation", {{"id", 0}, {"status", "pending"}}}, {"account", {{"id", account}}}});
    return Channel::Sample{"/webhooks/chatwoot", "application/json", body,
                           {{"X-Chatwoot-Timestamp", stamp},
                            {"X-Chatwoot-Signature", "sha256=" + to_hex(hmac_sha256(settings.one("secret"), stamp + "." + body))}}};
}

constexpr Setting settings[] = {
    {.name = "secret", .kind = Setting::Kind::secret, .required = true, .help = "Settings, Bots, the bot's secret: signs the deliveries"},
    {.name = "access_token", .kind = Setting::Kind::secret, .required = true, .help = "Settings, Bots, the bot's access token"},
    {.name = "api", .kind = Setting::Kind::address, .required = true, .help = "address of the Chatwoot installation, https://chat.example.org"},
    {.name = "account_id", .kind = Setting::Kind::number, .help = "only conversations of this account are answered"},
    {.name = "hand_over", .otherwise = "no", .help = "yes: a conversation is opened for the agents when no fact answers"},
    {.name = "max_skew", .kind = Setting::Kind::number, .otherwise = "300", .help = "seconds that a time stamp may be off"},
};

constexpr Route routes[] = {
    {.name = "chatwoot", .path = "/webhooks/chatwoot", .prove = prove, .parse = parse},
};

}  // namespace
}  // namespace immunobot::channels::chatwoot_protocol

namespace immunobot::channels {

constinit Channel const chatwoot{
    .name = "chatwoot",
    .title = "Chatwoot",
    .settings = chatwoot_protocol::settings,
    .routes = chatwoot_protocol::routes,
    .compose = chatwoot_protocol::compose,
    .address = chatwoot_protocol::address,
    .plainer = chatwoot_protocol::plainer,
    .sample = chatwoot_protocol::sample,
};

}  // namespace immunobot::channels
