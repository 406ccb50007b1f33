#include "channels/whatsapp.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/meta.hpp"
#include "channels/plain_form.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace immunobot::channels::whatsapp_protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 4096;
constexpr std::size_t longest_interactive = 1024;
constexpr std::size_t most_buttons = 3;
constexpr std::size_t longest_title = 20;
constexpr std::size_t longest_id = 256;
constexpr std::size_t most_rows = 10;
constexpr std::size_t longest_row_title = 24;
constexpr std::size_t longest_row_text = 72;
constexpr std::size_t longest_row_id = 200;

// What the message asks; nothing for kinds that ask nothing.
std::string question_in(json::value const& message)
{
    auto const type = text_at(message, {"type"});
    if (type == "text")
        return std::string(text_at(message, {"text", "body"}));
    if (type == "button")
        return std::string(question_of_value(text_at(message, {"button", "payload"})));
    if (type != "interactive")
        return {};
    auto const kind = text_at(message, {"interactive", "type"});
    if (kind != "button_reply" && kind != "list_reply")
        return {};
    return std::string(question_of_value(text_at(message, {"interactive", kind, "id"})));
}

// The window in which Meta lets us answer has closed.
bool is_too_old(json::value const& message, std::int64_t now)
{
    auto const sent = decimal(text_at(message, {"timestamp"}));
    return sent && now - *sent > meta_window.count();
}

void read_message(json::value const& message, std::string_view number, std::int64_t now, std::vector<Incoming>& found)
{
    auto const from = text_at(message, {"from"});
    auto const id = text_at(message, {"id"});
    auto text = tidy(question_in(message));
    if (from.empty() || id.empty() || text.empty() || is_too_old(message, now))
        return;
    Incoming incoming;
    incoming.question.text = std::move(text);
    incoming.question.channel = whatsapp.name;
    incoming.question.conversation = conversation_of(whatsapp.name, {number, from});
    incoming.id = id;
    incoming.by_call = true;
    incoming.where["to"] = from;
    incoming.where["message"] = id;
    found.push_back(std::move(incoming));
}

Result<Parsed> parse(Delivery const& delivery, Settings const& settings)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    if (text_at(*body, {"object"}) != "whatsapp_business_account")
        return Parsed(Ignore{});
    auto const number = settings.one("phone_number_id");
    std::vector<Incoming> found;
    for (auto const& entry : items_at(*body, {"entry"}))
        for (auto const& change : items_at(entry, {"changes"}))
            if (text_at(change, {"field"}) == "messages" && text_at(change, {"value", "metadata", "phone_number_id"}) == number)
                for (auto const& message : items_at(change, {"value", "messages"}))
                    read_message(message, number, delivery.now, found);
    if (found.empty())
        return Parsed(Ignore{});
    return Parsed(std::move(found));
}

json::object message_to(Incoming const& incoming)
{
    return {{"messaging_product", "whatsapp"},
            {"recipient_type", "individual"},
            {"to", text_in(incoming.where, "to")},
            {"context", {{"message_id", text_in(incoming.where, "message")}}}};
}

// Buttons show 20 characters, rows of a list 24 and 72: a label that fits in neither is cut, and its whole stands below it.
bool fit_buttons(std::vector<assistant::Suggestion> const& suggestions)
{
    return suggestions.size() <= most_buttons && std::ranges::all_of(suggestions, [](auto const& one) {
               return length_in(one.label, Unit::characters) <= longest_title;
           });
}

json::object buttons(std::vector<assistant::Suggestion> const& suggestions)
{
    json::array all;
    for (auto const& suggestion : suggestions)
        all.push_back({{"type", "reply"}, {"reply", {{"id", button_value(suggestion, longest_id)}, {"title", suggestion.label}}}});
    return {{"type", "button"}, {"action", {{"buttons", std::move(all)}}}};
}

json::object list(std::vector<assistant::Suggestion> const& suggestions, Language language)
{
    json::array rows;
    for (auto const& suggestion : suggestions) {
        if (rows.size() == most_rows)
            break;
        json::object row{{"id", button_value(suggestion, longest_row_id)}, {"title", shortened(suggestion.label, longest_row_title, Unit::characters)}};
        if (length_in(suggestion.label, Unit::characters) > longest_row_title)
            row["description"] = shortened(suggestion.label, longest_row_text, Unit::characters);
        rows.push_back(std::move(row));
    }
    auto const* const title = language == Language::fr ? "Autres questions" : "More questions";
    json::array sections;
    sections.push_back({{"title", title}, {"rows", std::move(rows)}});
    return {{"type", "list"}, {"action", {{"button", title}, {"sections", std::move(sections)}}}};
}

Call call_with(json::object message, Settings const& settings)
{
    Call call;
    call.target = std::string(settings.one("version")) + "/" + std::string(settings.one("phone_number_id")) + "/messages";
    call.body = json::serialize(message);
    call.good_for = meta_window;
    return call;
}

json::object text_message(Incoming const& incoming, std::string_view text)
{
    auto message = message_to(incoming);
    message["type"] = "text";
    message["text"] = json::object{{"preview_url", false}, {"body", text}};
    return message;
}

// The words, and the suggestions under them where both fit into one message; else the suggestions in a message of their own.
std::vector<Call> compose(Incoming const& incoming, assistant::Reply const& reply, Settings const& settings)
{
    auto const text = answer_text(reply, Markup::plain, Suggestions::elsewhere);
    bool const fits = length_in(text, Unit::characters) <= longest_interactive;
    std::vector<Call> calls;
    if (reply.suggestions.empty() || !fits)
        for (auto const& part : split(text, longest_text, Unit::characters))
            calls.push_back(call_with(text_message(incoming, part), settings));
    if (reply.suggestions.empty())
        return calls;
    auto interactive = fit_buttons(reply.suggestions) ? buttons(reply.suggestions) : list(reply.suggestions, reply.language);
    auto const* const more = reply.language == Language::fr ? "Vous pouvez aussi demander :" : "You can also ask:";
    interactive["body"] = json::object{{"text", fits ? std::string_view(text) : std::string_view(more)}};
    auto message = message_to(incoming);
    message["type"] = "interactive";
    message["interactive"] = std::move(interactive);
    calls.push_back(call_with(std::move(message), settings));
    return calls;
}

// Buttons or a list that it refuses: the words with numbers below.
std::optional<std::string> plainer(Call const& call, int status, std::string_view)
{
    json::value message = body_of(call);
    if (status != 400 || text_at(message, {"type"}) != "interactive")
        return std::nullopt;
    std::vector<std::string_view> labels;
    for (auto const& button : items_at(message, {"interactive", "action", "buttons"}))
        labels.push_back(text_at(button, {"reply", "title"}));
    for (auto const& section : items_at(message, {"interactive", "action", "sections"}))
        for (auto const& row : items_at(section, {"rows"}))
            labels.push_back(text_at(row, {text_at(row, {"description"}).empty() ? "title" : "description"}));
    auto const text = with_numbers(std::string(text_at(message, {"interactive", "body", "text"})), labels);
    auto& object = message.get_object();
    object["type"] = "text";
    object["text"] = json::object{{"preview_url", false}, {"body", shortened(text, longest_text, Unit::characters)}};
    object.erase("interactive");
    return json::serialize(message);
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    std::string const stamp = std::to_string(now);
    json::object const message{{"from", "0"}, {"id", "wamid.TEST" + stamp}, {"timestamp", stamp}, {"type", "text"}, {"text", {{"body", question}}}};
    json::object const value{{"messaging_product", "whatsapp"}, {"metadata", {{"phone_number_id", settings.one("phone_number_id")}}},
                             {"messages", json::array{message}}};
    json::object const entry{{"id", "0"}, {"changes", json::array{json::object{{"field", "messages"}, {"value", value}}}}};
    std::string const body = json::serialize(json::object{{"object", "whatsapp_business_account"}, {"entry", json::array{entry}}});
    return meta_sample("/webhooks/whatsapp", settings, body);
}

constexpr Setting settings[] = {
    {.name = "app_secret", .kind = Setting::Kind::secret, .required = true, .help = "App settings, Basic, App secret"},
    {.name = "verify_token", .kind = Setting::Kind::secret, .required = true, .help = "any words of yours, given again as Verify token in Configuration, Webhook"},
    {.name = "access_token", .kind = Setting::Kind::secret, .required = true, .help = "permanent token of a system user with whatsapp_business_messaging"},
    {.name = "phone_number_id", .required = true, .help = "API Setup, Phone number ID"},
    {.name = "api", .kind = Setting::Kind::address, .otherwise = "https://graph.facebook.com", .help = "address of the Graph API"},
    {.name = "version", .otherwise = "v23.0", .help = "version of the Graph API"},
};

constexpr Route routes[] = {
    {.name = "whatsapp.verify", .method = Method::get, .path = "/webhooks/whatsapp", .content = Content::none, .prove = prove_meta_subscription,
     .parse = parse_meta_subscription},
    {.name = "whatsapp", .path = "/webhooks/whatsapp", .body_limit = meta_body, .prove = prove_meta_signature, .parse = parse,
     .silence = "EVENT_RECEIVED", .silence_type = text_content},
};

}  // namespace
}  // namespace immunobot::channels::whatsapp_protocol

namespace immunobot::channels {

constinit Channel const whatsapp{
    .name = "whatsapp",
    .title = "WhatsApp",
    .settings = whatsapp_protocol::settings,
    .routes = whatsapp_protocol::routes,
    .remember = meta_repeats,
    .refuse = refuse_as_meta,
    .compose = whatsapp_protocol::compose,
    .address = meta_address,
    .judge = judge_meta,
    .plainer = whatsapp_protocol::plainer,
    .sample = whatsapp_protocol::sample,
};

}  // namespace immunobot::channels
