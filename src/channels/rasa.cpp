#include "channels/rasa.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/form.hpp"
#include "channels/strict_json.hpp"

#include <boost/json/monotonic_resource.hpp>

#include <algorithm>

namespace immunobot::channels::rasa_protocol {
namespace {

Proof prove(Delivery const& delivery, Settings const& settings)
{
    if (!settings.has("secret"))
        return Proof::holds;
    auto const token = bearer_token(delivery);
    return proof(token && settings.holds("secret", *token));
}

Proof prove_nothing(Delivery const&, Settings const&)
{
    return Proof::holds;
}

Result<Parsed> parse_health(Delivery const&, Settings const&)
{
    return Parsed(Handshake{{.body = "{\"status\":\"ok\"}"}});
}

Result<std::optional<Language>> metadata_language(boost::json::object const& object)
{
    auto const* metadata = object.if_contains("metadata");
    if (!metadata || !metadata->is_object())
        return std::optional<Language>();
    return language_hint(metadata->get_object(), "lang");
}

Result<Parsed> read(boost::json::object const& object)
{
    auto const sender = conversation_id(object, "sender");
    if (!sender)
        return sender.error();
    auto const message = optional_text(object, "message");
    if (!message)
        return message.error();
    auto const hint = metadata_language(object);
    if (!hint)
        return hint.error();
    if (!*message || (*message)->find_first_not_of(" \t\r\n") == std::string_view::npos)
        return Parsed(Ignore{});
    std::string_view const recipient = sender->empty() ? "default" : *sender;
    Incoming incoming;
    incoming.where["recipient"] = recipient;
    incoming.question.text = **message;
    // All who send no id share the name "default"; they must not share a memory.
    if (recipient != "default")
        incoming.question.conversation = conversation_of(rasa.name, {recipient});
    incoming.question.hint = *hint;
    incoming.question.channel = rasa.name;
    incoming.greeted = incoming.question.conversation.empty();
    return one_message(std::move(incoming));
}

// "?stream=true": each item by itself, as Rasa's own clients can ask for it.
bool wants_stream(std::string_view query)
{
    auto const form = Form::parse(query);
    return form && form->text("stream") == "true";
}

Result<Parsed> parse(Delivery const& delivery, Settings const&)
{
    unsigned char space[4096];
    boost::json::monotonic_resource memory(space);
    auto const body = parse_strict(delivery.body, &memory, platform_json);
    if (!body)
        return body.error();
    auto const object = object_of(*body);
    if (!object)
        return object.error();
    auto taken = read(**object);
    if (auto* const messages = taken ? std::get_if<std::vector<Incoming>>(&*taken) : nullptr; messages && wants_stream(delivery.query))
        messages->front().where["stream"] = true;
    return taken;
}

void append_item(std::string& out, std::string_view recipient, std::string_view text)
{
    out += "{\"recipient_id\":";
    append_quoted(out, recipient);
    out += ",\"text\":";
    append_quoted(out, text);
}

// Like Rasa: one item for each paragraph, the last of which says where it comes from and has the buttons; a list, or in a stream a line for each.
void render(HttpAnswer& answer, Incoming const& incoming, assistant::Reply const& reply, Settings const&)
{
    auto& out = answer.body;
    auto const recipient = text_in(incoming.where, "recipient");
    bool const streamed = incoming.where.contains("stream");
    if (streamed)
        answer.content_type = "text/event-stream";
    else
        out += '[';
    auto const text = answer_text(reply, Markup::plain, Suggestions::elsewhere);
    std::string_view rest = text;
    for (auto gap = rest.find("\n\n"); gap != std::string_view::npos; gap = rest.find("\n\n")) {
        if (gap > 0) {
            append_item(out, recipient, rest.substr(0, gap));
            out += streamed ? "}\n" : "},";
        }
        rest.remove_prefix(std::min(rest.find_first_not_of('\n', gap), rest.size()));
    }
    append_item(out, recipient, rest);
    if (!reply.suggestions.empty()) {
        out += ",\"buttons\":[";
        for (auto const& suggestion : reply.suggestions) {
            out += "{\"title\":";
            append_quoted(out, suggestion.label);
            out += ",\"payload\":";
            append_quoted(out, suggestion.question);
            out += "},";
        }
        out.back() = ']';
    }
    out += streamed ? "}\n" : "}]";
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t)
{
    Channel::Sample made{.target = "/webhooks/rest/webhook", .content_type = "application/json", .body = "{\"sender\":\"test\",\"message\":", .fields = {}};
    append_quoted(made.body, question);
    made.body += '}';
    if (settings.has("secret"))
        made.fields = {{"Authorization", "Bearer " + std::string(settings.one("secret"))}};
    return made;
}

constexpr Setting settings[] = {
    {.name = "secret", .kind = Setting::Kind::secret, .help = "bearer token; without one the channel is open to everybody"},
};

constexpr Route routes[] = {
    {.name = "rest", .path = "/webhooks/rest/webhook", .body_limit = 0, .prove = prove, .parse = parse, .render = render, .silence = "[]",
     .open_to_pages = true},
    {.name = "rest.health", .method = Method::get, .path = "/webhooks/rest/", .content = Content::none, .prove = prove_nothing,
     .parse = parse_health, .open_to_pages = true},
};

}  // namespace
}  // namespace immunobot::channels::rasa_protocol

namespace immunobot::channels {

constinit Channel const rasa{
    .name = "rest",
    .title = "Rasa REST",
    .settings = rasa_protocol::settings,
    .routes = rasa_protocol::routes,
    .own_contract = true,
    .sample = rasa_protocol::sample,
};

}  // namespace immunobot::channels
