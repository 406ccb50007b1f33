#include "channels/botframework.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/jwt.hpp"
#include "channels/plain_form.hpp"
#include "channels/stand_in.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"
#include "text/form_fields.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace immunobot::channels::botframework_protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 20'000;   // UTF-16; Teams takes 40,000 with all that is around it
constexpr std::size_t longest_value = 1000;
constexpr std::size_t most_entities = 50;
constexpr std::chrono::hours good_for{1};

bool is_text(json::value const& value, std::string_view wanted)
{
    return value.is_string() && std::string_view(value.get_string().data(), value.get_string().size()) == wanted;
}

// A key that says which channels it is for signs for no others.
bool is_endorsed(json::value const& key, std::string_view channel)
{
    if (!value_at(key, {"endorsements"}))
        return true;
    return std::ranges::any_of(items_at(key, {"endorsements"}), [&](json::value const& one) { return is_text(one, channel); });
}

// The address that answers go to is part of what Microsoft signs; else our token could be sent to anybody.
Proof prove(Delivery const& delivery, Settings const& settings)
{
    auto const token = bearer_token(delivery);
    if (!token)
        return Proof::fails;
    auto const checked = check_token(*token, delivery.keys, delivery.now, settings.number("max_skew", 300));
    if (checked.proof != Proof::holds)
        return checked.proof;
    auto const activity = parse_strict(delivery.body, {}, platform_json);
    if (!activity || !activity->is_object())
        return Proof::malformed;
    auto const service = text_at(*activity, {"serviceUrl"});
    return proof(text_at(checked.claims, {"iss"}) == settings.one("issuer") && is_for(checked.claims, settings.one("app_id")) && !service.empty() &&
                 text_at(checked.claims, {"serviceurl"}) == service && is_endorsed(checked.key, text_at(*activity, {"channelId"})));
}

Proof prove_nothing(Delivery const&, Settings const&)
{
    return Proof::holds;
}

// Tools look whether anybody is here before they send anything.
Result<Parsed> parse_probe(Delivery const&, Settings const&)
{
    return Parsed(Handshake{{.body = "{}"}});
}

// ---- activities ----

// The text without our name, and whether it was called.
struct Spoken {
    std::string text;
    bool mentioned = false;
};

Spoken spoken_in(json::value const& activity)
{
    Spoken spoken{std::string(text_at(activity, {"text"}))};
    auto const us = text_at(activity, {"recipient", "id"});
    std::size_t looked_at = 0;
    for (auto const& entity : items_at(activity, {"entities"})) {
        if (++looked_at > most_entities)
            break;
        if (text_at(entity, {"type"}) != "mention" || us.empty() || text_at(entity, {"mentioned", "id"}) != us)
            continue;
        spoken.mentioned = true;
        auto const name = text_at(entity, {"text"});
        if (auto const at = name.empty() ? std::string::npos : spoken.text.find(name); at != std::string::npos)
            spoken.text.replace(at, name.size(), " ");
    }
    spoken.text = tidy(entities_decoded(spoken.text));
    // The press of a button of a card carries its question beside the text, and is for whose card it is.
    auto const pressed = question_of_value(text_at(activity, {"value", "question"}));
    spoken.mentioned = spoken.mentioned || !pressed.empty();
    if (spoken.text.empty())
        spoken.text = std::string(pressed);
    return spoken;
}

std::optional<Language> language_of(json::value const& activity)
{
    if (auto const language = language_from_code(text_at(activity, {"locale"})))
        return language;
    for (auto const& entity : items_at(activity, {"entities"}))
        if (text_at(entity, {"type"}) == "clientInfo")
            return language_from_code(text_at(entity, {"locale"}));
    return std::nullopt;
}

bool is_group(json::value const& activity)
{
    auto const kind = text_at(activity, {"conversation", "conversationType"});
    return flag_at(activity, {"conversation", "isGroup"}) || kind == "channel" || kind == "groupChat";
}

// What an answer needs to find its way: nothing of what was said.
json::object where_of(json::value const& activity)
{
    json::object where;
    for (auto const* name : {"serviceUrl", "id", "locale"})
        if (auto const text = text_at(activity, {name}); !text.empty())
            where[name] = text;
    for (auto const* name : {"from", "recipient", "conversation"})
        if (auto const* object = object_at(activity, {name}))
            where[name] = *object;
    where["group"] = is_group(activity);
    where["cards"] = text_at(activity, {"channelId"}) == "msteams";
    return where;
}

Incoming addressed(json::value const& activity)
{
    Incoming incoming;
    auto const channel = text_at(activity, {"channelId"});
    auto const conversation = text_at(activity, {"conversation", "id"});
    incoming.question.channel = botframework.name;
    incoming.question.conversation = conversation_of(botframework.name, {channel, conversation, is_group(activity) ? text_at(activity, {"from", "id"}) : ""});
    incoming.question.hint = language_of(activity);
    incoming.by_call = text_at(activity, {"deliveryMode"}) != "expectReplies";
    incoming.where = where_of(activity);
    incoming.id = conversation_of(channel, {conversation});
    return incoming;
}

// Only Teams says who wrote; a page with Web Chat in it may name anybody.
std::string_view proven_user(json::value const& activity)
{
    if (text_at(activity, {"channelId"}) != "msteams")
        return {};
    auto const directory_id = text_at(activity, {"from", "aadObjectId"});
    return directory_id.empty() ? text_at(activity, {"from", "id"}) : directory_id;
}

Parsed read_message(json::value const& activity)
{
    auto const from = text_at(activity, {"from", "id"});
    auto const id = text_at(activity, {"id"});
    if (from.empty() || id.empty() || from == text_at(activity, {"recipient", "id"}) || text_at(activity, {"from", "role"}) == "bot")
        return Ignore{};
    auto spoken = spoken_in(activity);
    if (is_group(activity) && !spoken.mentioned)
        return Ignore{};
    auto incoming = addressed(activity);
    if (spoken.text.empty() || spoken.text == "help" || spoken.text == "aide")
        incoming.wish = Incoming::Wish::help;
    incoming.question.text = std::move(spoken.text);
    incoming.user = proven_user(activity);
    incoming.for_one = !is_group(activity);
    incoming.id.append(":").append(id);
    return one_message(std::move(incoming));
}

// Greets who comes into a conversation of two; in a team it would be noise.
Parsed read_arrival(json::value const& activity)
{
    auto const us = text_at(activity, {"recipient", "id"});
    auto const added = items_at(activity, {"membersAdded"});
    bool const somebody = std::ranges::any_of(added, [&](json::value const& one) {
        auto const id = text_at(one, {"id"});
        return !id.empty() && id != us;
    });
    if (!somebody || is_group(activity))
        return Ignore{};
    auto incoming = addressed(activity);
    incoming.wish = Incoming::Wish::help;
    incoming.id += ":greeting";
    return one_message(std::move(incoming));
}

Result<Parsed> parse(Delivery const& delivery, Settings const&)
{
    auto const activity = parse_strict(delivery.body, {}, platform_json);
    if (!activity)
        return activity.error();
    if (text_at(*activity, {"conversation", "id"}).empty())
        return Parsed(Ignore{});
    auto const type = text_at(*activity, {"type"});
    if (type == "message")
        return read_message(*activity);
    if (type == "conversationUpdate")
        return read_arrival(*activity);
    if (type == "invoke")   // asks for an answer of a kind that we have not
        return Parsed(Handshake{{.status = 501, .body = "{}"}});
    return Parsed(Ignore{});
}

// ---- answers ----

json::array suggested(assistant::Reply const& reply)
{
    json::array actions;
    for (auto const& suggestion : reply.suggestions)
        actions.push_back({{"type", "imBack"}, {"title", suggestion.label}, {"value", shortened(suggestion.question, longest_value, Unit::characters)}});
    return actions;
}

// A card of nothing but buttons: pressed, one says its question as the person's own words.
json::object card_of(assistant::Reply const& reply)
{
    json::array actions;
    for (auto const& suggestion : reply.suggestions) {
        auto const question = shortened(suggestion.question, longest_value, Unit::characters);
        json::object const said{{"type", "messageBack"}, {"displayText", suggestion.label}, {"text", question}};
        actions.push_back({{"type", "Action.Submit"}, {"title", suggestion.label}, {"data", {{"question", question}, {"msteams", said}}}});
    }
    json::object content{{"type", "AdaptiveCard"}, {"version", "1.2"}, {"body", json::array()}, {"actions", std::move(actions)}};
    return {{"contentType", "application/vnd.microsoft.card.adaptive"}, {"content", std::move(content)}};
}

bool flag_in(json::object const& where, std::string_view name)
{
    auto const* const flag = where.if_contains({name.data(), name.size()});
    return flag && flag->is_bool() && flag->get_bool();
}

// Suggested actions are shown in conversations of two alone. In a group of Teams a card has the suggestions, elsewhere they are
// numbered.
json::object activity_with(Incoming const& incoming, assistant::Reply const& reply)
{
    bool const group = flag_in(incoming.where, "group");
    bool const buttons = !reply.suggestions.empty() && !group;
    bool const card = !reply.suggestions.empty() && group && flag_in(incoming.where, "cards");
    auto const text = answer_text(reply, Markup::markdown, buttons || card ? Suggestions::elsewhere : Suggestions::numbered);
    json::object activity{{"type", "message"},
                          {"text", fitted(text, longest_text, Unit::utf16)},
                          {"textFormat", "markdown"},
                          {"locale", code(reply.language)},
                          {"inputHint", "acceptingInput"}};
    constexpr std::pair<std::string_view, std::string_view> swapped[] = {{"from", "recipient"}, {"recipient", "from"}, {"conversation", "conversation"}, {"replyToId", "id"}};
    for (auto const& [ours, theirs] : swapped)
        if (auto const* value = incoming.where.if_contains({theirs.data(), theirs.size()}))
            activity[{ours.data(), ours.size()}] = *value;
    if (buttons)
        activity["suggestedActions"] = json::object{{"actions", suggested(reply)}};
    if (card)
        activity["attachments"] = json::array{card_of(reply)};
    return activity;
}

void render(HttpAnswer& out, Incoming const& incoming, assistant::Reply const& reply, Settings const&)
{
    json::array activities;
    activities.push_back(activity_with(incoming, reply));
    out.body = json::serialize(json::object{{"activities", std::move(activities)}});
}

std::vector<Call> compose(Incoming const& incoming, assistant::Reply const& reply, Settings const&)
{
    auto const* const conversation = incoming.where.if_contains("conversation");
    std::string base(text_in(incoming.where, "serviceUrl"));
    while (base.ends_with('/'))
        base.pop_back();
    Call call;
    call.target = base + "/v3/conversations/" + text::percent_encoded(conversation ? text_at(*conversation, {"id"}) : "") + "/activities";
    if (auto const id = text_in(incoming.where, "id"); !id.empty())
        call.target += "/" + text::percent_encoded(id);
    call.body = json::serialize(activity_with(incoming, reply));
    call.good_for = good_for;
    return {std::move(call)};
}

Address address(Call const& call, Settings const&, std::string_view token)
{
    return {call.target, {{"Authorization", "Bearer " + std::string(token)}}, false};
}

Outcome judge(Call const&, int status, std::string_view)
{
    if (status >= 200 && status < 300)
        return Outcome::sent;
    return status == 408 || status == 412 || status == 429 || status >= 500 ? Outcome::later : Outcome::never;
}

// Not every connector takes suggested actions, or cards.
std::optional<std::string> plainer(Call const& call, int status, std::string_view)
{
    json::value activity = body_of(call);
    std::vector<std::string_view> labels;
    for (auto const& action : items_at(activity, {"suggestedActions", "actions"}))
        labels.push_back(text_at(action, {"title"}));
    for (auto const& card : items_at(activity, {"attachments"}))
        for (auto const& action : items_at(card, {"content", "actions"}))
            labels.push_back(text_at(action, {"title"}));
    if (status != 400 || labels.empty())
        return std::nullopt;
    auto const text = with_numbers(std::string(text_at(activity, {"text"})), labels);
    auto& object = activity.get_object();
    object["text"] = shortened(text, longest_text, Unit::utf16);
    object.erase("suggestedActions");
    object.erase("attachments");
    return json::serialize(activity);
}

std::optional<TokenRequest> token(Settings const& settings)
{
    std::string const form = "grant_type=client_credentials&client_id=" + text::percent_encoded(settings.one("app_id")) +
                             "&client_secret=" + text::percent_encoded(settings.one("app_password")) +
                             "&scope=" + text::percent_encoded("https://api.botframework.com/.default");
    return TokenRequest{std::string(settings.one("login")) + "/" + text::percent_encoded(settings.one("tenant")) + "/oauth2/v2.0/token", form};
}

void stand_in_for_platform(Settings& settings)
{
    settings.set("jwks", {stand_in::key_document()});
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    auto host = settings.one("allowed_hosts");
    host.remove_prefix(host.starts_with('.') ? 1 : 0);
    auto const service = "https://" + std::string(host) + "/";
    json::object const claims{{"iss", settings.one("issuer")}, {"aud", settings.one("app_id")}, {"iat", now}, {"exp", now + 300}, {"serviceurl", service}};
    json::object const activity{{"type", "message"},
                                {"id", std::to_string(now)},
                                {"channelId", "msteams"},
                                {"serviceUrl", service},
                                {"from", {{"id", "29:test"}}},
                                {"recipient", {{"id", "28:immunobot"}}},
                                {"conversation", {{"id", "test"}, {"conversationType", "personal"}}},
                                {"text", question}};
    return Channel::Sample{.target = "/api/messages",
                           .content_type = "application/json",
                           .body = json::serialize(activity),
                           .fields = {{"Authorization", "Bearer " + stand_in::token(claims)}}};
}

constexpr Setting settings[] = {
    {.name = "app_id", .required = true, .help = "Azure Bot, Configuration, Microsoft App ID"},
    {.name = "app_password", .kind = Setting::Kind::secret, .required = true, .help = "a client secret of that app"},
    {.name = "tenant", .otherwise = "botframework.com", .help = "tenant of a single-tenant bot"},
    {.name = "openid", .kind = Setting::Kind::address, .otherwise = "https://login.botframework.com/v1/.well-known/openidconfiguration",
     .help = "where Microsoft's keys are found"},
    {.name = "issuer", .otherwise = "https://api.botframework.com", .help = "who issues the tokens of deliveries"},
    {.name = "jwks", .help = "the keys themselves, instead of fetching them"},
    {.name = "login", .kind = Setting::Kind::address, .otherwise = "https://login.microsoftonline.com", .help = "where our token comes from"},
    {.name = "allowed_hosts", .kind = Setting::Kind::list, .otherwise = "smba.trafficmanager.net,.botframework.com",
     .help = "hosts to which answers may go; a dot in front: a domain"},
    {.name = "max_skew", .kind = Setting::Kind::number, .otherwise = "300", .help = "seconds that clocks may differ"},
    staff_setting,
};

constexpr Route routes[] = {
    {.name = "botframework", .path = "/api/messages", .prove = prove, .parse = parse, .render = render, .silence = "", .silence_status = 202},
    {.name = "botframework.probe", .method = Method::get, .path = "/api/messages", .content = Content::none, .prove = prove_nothing, .parse = parse_probe},
};

}  // namespace
}  // namespace immunobot::channels::botframework_protocol

namespace immunobot::channels {

constinit Channel const botframework{
    .name = "botframework",
    .title = "Bot Framework",
    .settings = botframework_protocol::settings,
    .routes = botframework_protocol::routes,
    .compose = botframework_protocol::compose,
    .address = botframework_protocol::address,
    .judge = botframework_protocol::judge,
    .plainer = botframework_protocol::plainer,
    .token = botframework_protocol::token,
    .keys_setting = "openid",
    .stand_in = botframework_protocol::stand_in_for_platform,
    .sample = botframework_protocol::sample,
};

}  // namespace immunobot::channels
