#include "channels/googlechat.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/jwt.hpp"
#include "channels/stand_in.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace immunobot::channels::googlechat_protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 4096;     // characters
constexpr std::string_view chat_account = "chat@system.gserviceaccount.com";
constexpr std::string_view function_name = "ask";
constexpr std::string_view parameter_name = "question";
constexpr std::string_view privacy_parameter = "for_one";   // a button below what one person alone sees

bool is_project_number(std::string_view audience)
{
    return !audience.empty() && std::all_of(audience.begin(), audience.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Two kinds of token, told apart by what we are to them: a project number, or an address. Any account of Google's can
// have a token made for our address, so there it has to be Chat's own account that did.
bool claims_hold(json::value const& claims, Settings const& settings)
{
    auto const issuer = text_at(claims, {"iss"});
    for (std::string_view const audience : settings.all("audience")) {
        if (!is_for(claims, audience))
            continue;
        if (is_project_number(audience))
            return issuer == chat_account;
        auto const accounts = settings.all("email");
        return (issuer == "https://accounts.google.com" || issuer == "accounts.google.com") &&
               flag_at(claims, {"email_verified"}) &&
               std::find(accounts.begin(), accounts.end(), text_at(claims, {"email"})) != accounts.end();
    }
    return false;
}

Proof prove(Delivery const& delivery, Settings const& settings)
{
    auto const token = bearer_token(delivery);
    if (!token)
        return Proof::fails;
    auto const checked = check_token(*token, delivery.keys, delivery.now, settings.number("max_skew", 60));
    if (checked.proof != Proof::holds)
        return checked.proof;
    return proof(claims_hold(checked.claims, settings));
}

// What both formats tell, each under names of its own.
struct Event {
    bool addon = false;
    bool added = false;                      // we were added to a space
    json::value const* message = nullptr;    // null: there is none
    json::value const* pressed = nullptr;    // what the button of a card carries
    std::string_view space = {}, user = {}, user_type = {}, locale = {};
    bool direct = false;                     // a space of the sender and us
};

// "mi" of a message that begins with the slash command /mi; empty: it is none.
std::string_view slash_in(json::value const& message)
{
    for (auto const& note : items_at(message, {"annotations"}))
        if (text_at(note, {"type"}) == "SLASH_COMMAND")
            return command_name(text_at(note, {"slashCommand", "commandName"}));
    return {};
}

Event read_addon(json::value const& body)
{
    Event event{.addon = true};
    auto const payload = [&](std::string_view name) { return value_at(body, {"chat", name}); };
    event.user = text_at(body, {"chat", "user", "name"});
    event.user_type = text_at(body, {"chat", "user", "type"});
    event.locale = text_at(body, {"commonEventObject", "userLocale"});
    event.added = payload("addedToSpacePayload") != nullptr;
    auto const* spoken = payload("messagePayload");
    if (!spoken)
        spoken = payload("appCommandPayload");
    if (auto const* button = payload("buttonClickedPayload")) {
        spoken = button;
        event.pressed = value_at(body, {"commonEventObject"});
    }
    if (spoken) {
        event.message = value_at(*spoken, {"message"});
        event.space = text_at(*spoken, {"space", "name"});
        event.direct = text_at(*spoken, {"space", "spaceType"}) == "DIRECT_MESSAGE";
    }
    return event;
}

Event read_interaction(json::value const& body)
{
    Event event;
    auto const type = text_at(body, {"type"});
    event.user = text_at(body, {"user", "name"});
    event.user_type = text_at(body, {"user", "type"});
    event.locale = text_at(body, {"common", "userLocale"});
    event.space = text_at(body, {"space", "name"});
    event.direct = text_at(body, {"space", "spaceType"}) == "DIRECT_MESSAGE" || text_at(body, {"space", "type"}) == "DM";
    event.added = type == "ADDED_TO_SPACE";
    if (type == "MESSAGE" || type == "CARD_CLICKED" || event.added)
        event.message = value_at(body, {"message"});
    if (type == "CARD_CLICKED")
        event.pressed = value_at(body, {"common"});
    return event;
}

std::string_view question_in(Event const& event)
{
    if (event.pressed)
        return text_at(*event.pressed, {"parameters", parameter_name});
    auto const* argument = value_at(*event.message, {"argumentText"});   // without the mention; nothing may be left
    return text_at(*event.message, {argument && argument->is_string() ? "argumentText" : "text"});
}

Parsed greet(Event const& event)
{
    Incoming incoming;
    incoming.wish = Incoming::Wish::help;
    incoming.question.channel = googlechat.name;
    incoming.question.hint = language_from_code(event.locale);
    if (event.addon)
        incoming.where["addon"] = true;
    return one_message(std::move(incoming));
}

Parsed read_event(Event const& event)
{
    bool const usable = event.message && event.message->is_object();
    if (event.user_type == "BOT" || (usable && !event.pressed && text_at(*event.message, {"sender", "type"}) == "BOT"))
        return Ignore{};
    // Who adds us by mentioning us has asked something already.
    if (event.added && !usable)
        return greet(event);
    if (!usable)
        return Ignore{};
    auto const thread = text_at(*event.message, {"thread", "name"});
    Incoming incoming;
    // The message of a button is ours, and the same at each press.
    if (!event.pressed)
        incoming.id = text_at(*event.message, {"name"});
    incoming.question.text = tidy(question_in(event));
    incoming.question.channel = googlechat.name;
    incoming.question.hint = language_from_code(event.locale);
    incoming.question.conversation = conversation_of(googlechat.name, {event.space, thread});
    incoming.user = event.user;
    incoming.for_one = event.direct;
    auto const slash = event.pressed ? std::string_view() : slash_in(*event.message);
    bool const looks_up = slash == "mi" || slash == "faq";   // the commands of staff
    bool const privately = event.pressed && text_at(*event.pressed, {"parameters", privacy_parameter}) == "yes";
    if (looks_up) {
        incoming.slash = slash;
        incoming.wish = Incoming::Wish::look_up;
    }
    if ((looks_up || privately) && !event.user.empty()) {
        incoming.for_one = true;
        incoming.where["viewer"] = event.user;
    }
    if (event.addon)
        incoming.where["addon"] = true;
    incoming.where["thread"] = thread;
    if (incoming.question.text.empty())
        incoming.wish = Incoming::Wish::help;
    return one_message(std::move(incoming));
}

Result<Parsed> parse(Delivery const& delivery, Settings const&)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    if (auto const object = object_of(*body); !object)
        return object.error();
    return read_event(value_at(*body, {"chat"}) ? read_addon(*body) : read_interaction(*body));
}

json::object button(std::string_view label, std::string_view question, std::string_view function, bool for_one)
{
    json::array parameters{json::object{{"key", parameter_name}, {"value", question}}};
    if (for_one)
        parameters.push_back(json::object{{"key", privacy_parameter}, {"value", "yes"}});
    json::object const action{{"function", function}, {"parameters", std::move(parameters)}};
    return {{"text", label}, {"onClick", {{"action", action}}}};
}

// Who alone sees the answer in a space of many; empty: all do. What a message looks up is for who wrote it.
std::string_view viewer_of(Incoming const& incoming)
{
    bool const looked_up = incoming.wish == Incoming::Wish::look_up && !incoming.for_one;
    return looked_up ? std::string_view(incoming.user) : text_in(incoming.where, "viewer");
}

// One card with a button for each suggestion; and, below what one person sees in a space of many, one that says it to all.
json::array cards(Incoming const& incoming, assistant::Reply const& reply, std::string_view function)
{
    bool const for_one = !viewer_of(incoming).empty();
    json::array buttons;
    for (auto const& suggestion : reply.suggestions)
        buttons.push_back(button(suggestion.label, suggestion.question, function, for_one));
    if (for_one && !incoming.share.question.empty())
        buttons.push_back(button(share_label(reply.language), incoming.share.question, function, false));
    if (buttons.empty())
        return {};
    json::object const widget{{"buttonList", {{"buttons", std::move(buttons)}}}};
    json::object const section{{"widgets", json::array{widget}}};
    return {json::object{{"cardId", "suggestions"}, {"card", {{"sections", json::array{section}}}}}};
}

void render(HttpAnswer& out, Incoming const& incoming, assistant::Reply const& reply, Settings const& settings)
{
    auto const& where = incoming.where;
    bool const addon = where.contains("addon");
    // A button of an add-on calls an address, one of an interaction event a name.
    auto const function = addon ? settings.one("audience") : function_name;
    bool const buttons = !addon || function.starts_with("https://");
    auto const text = answer_text(reply, Markup::google, buttons ? Suggestions::elsewhere : Suggestions::numbered);
    auto const parts = split(text, longest_text, Unit::characters, 1);
    json::object message{{"text", parts.empty() ? text : parts.front()}};
    if (auto const thread = text_in(where, "thread"); !thread.empty())
        message["thread"] = {{"name", thread}};
    if (auto const viewer = viewer_of(incoming); !viewer.empty())
        message["privateMessageViewer"] = {{"name", viewer}};
    if (auto shown = buttons ? cards(incoming, reply, function) : json::array(); !shown.empty())
        message["cardsV2"] = std::move(shown);
    if (!addon) {
        out.body = json::serialize(message);
        return;
    }
    json::object const action{{"createMessageAction", {{"message", std::move(message)}}}};
    out.body = json::serialize(json::object{{"hostAppDataAction", {{"chatDataAction", action}}}});
}

void stand_in_for_platform(Settings& settings)
{
    settings.set("jwks", {stand_in::key_document()});
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    auto const audience = settings.one("audience");
    json::object claims{{"aud", audience}, {"iat", now}, {"exp", now + 300}};
    claims["iss"] = is_project_number(audience) ? chat_account : "https://accounts.google.com";
    claims["email"] = settings.one("email");
    claims["email_verified"] = true;
    json::object const person{{"name", "users/test"}, {"type", "HUMAN"}};
    std::string const name = "spaces/test/messages/" + std::to_string(now);
    json::object const event{{"type", "MESSAGE"},
                             {"space", {{"name", "spaces/test"}, {"spaceType", "DIRECT_MESSAGE"}}},
                             {"user", person},
                             {"message", {{"name", name}, {"text", question}, {"sender", person}}}};
    return Channel::Sample{.target = "/webhooks/googlechat",
                           .content_type = "application/json",
                           .body = json::serialize(event),
                           .fields = {{"Authorization", "Bearer " + stand_in::token(claims)}}};
}

constexpr Setting settings[] = {
    {.name = "audience", .kind = Setting::Kind::list, .required = true,
     .help = "Authentication Audience of the app: this route's https address, or the project number"},
    {.name = "email", .kind = Setting::Kind::list, .otherwise = chat_account,
     .help = "who may sign for the address; an add-on's is service-<project>@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"},
    {.name = "keys", .kind = Setting::Kind::address, .otherwise = "https://www.googleapis.com/oauth2/v3/certs",
     .help = "Google's public keys; with a project number "
             "https://www.googleapis.com/service_accounts/v1/jwk/chat@system.gserviceaccount.com"},
    {.name = "max_skew", .kind = Setting::Kind::number, .otherwise = "60", .help = "seconds that clocks may differ"},
    staff_setting,
};

constexpr Route routes[] = {
    {.name = "googlechat", .path = "/webhooks/googlechat", .prove = prove, .parse = parse, .render = render},
};

}  // namespace
}  // namespace immunobot::channels::googlechat_protocol

namespace immunobot::channels {

constinit Channel const googlechat{
    .name = "googlechat",
    .title = "Google Chat",
    .settings = googlechat_protocol::settings,
    .routes = googlechat_protocol::routes,
    .keys_setting = "keys",
    .stand_in = googlechat_protocol::stand_in_for_platform,
    .sample = googlechat_protocol::sample,
};

}  // namespace immunobot::channels
