#include "channels/rasa.hpp"

#include "channels/fields.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"

#include <boost/json/monotonic_resource.hpp>

#include <algorithm>

namespace immunobot::channels {
namespace {

bool authentic(Delivery const& delivery, Settings const& settings)
{
    constexpr std::string_view scheme = "Bearer ";
    if (settings.secrets.empty())
        return true;
    auto const header = find_header(delivery, "authorization");
    if (header.count != 1 || !header.value.starts_with(scheme))
        return false;
    bool holds = false;
    for (std::string_view const secret : settings.secrets)
        if (same_secret(secret, header.value.substr(scheme.size())))
            holds = true;
    return holds;
}

std::string_view delivery_id(Delivery const&)
{
    return {};
}

Result<std::optional<Language>> metadata_language(boost::json::object const& object)
{
    auto const* metadata = object.if_contains("metadata");
    if (!metadata || !metadata->is_object())
        return std::optional<Language>();
    return language_hint(metadata->get_object(), "lang");
}

Result<Incoming> read(boost::json::object const& object)
{
    Incoming incoming;
    auto const sender = conversation_id(object, "sender");
    if (!sender)
        return sender.error();
    auto const message = optional_text(object, "message");
    if (!message)
        return message.error();
    auto const hint = metadata_language(object);
    if (!hint)
        return hint.error();
    incoming.recipient = sender->empty() ? "default" : *sender;
    incoming.silent = !*message || (*message)->find_first_not_of(" \t\r\n") == std::string_view::npos;
    incoming.question.text = message->value_or("");
    // All who send no id share the name "default"; they must not share a memory.
    if (!sender->empty() && incoming.recipient != "default")
        incoming.question.conversation = "rest:" + incoming.recipient;
    incoming.question.hint = *hint;
    incoming.question.channel = rasa.name;
    return incoming;
}

Result<Incoming> parse(Delivery const& delivery)
{
    unsigned char space[4096];
    boost::json::monotonic_resource memory(space);
    auto const body = parse_strict(delivery.body, &memory);
    if (!body)
        return body.error();
    auto const object = object_of(*body);
    if (!object)
        return object.error();
    return read(**object);
}

void append_item(std::string& out, std::string_view recipient, std::string_view text)
{
    out += "{\"recipient_id\":";
    append_quoted(out, recipient);
    out += ",\"text\":";
    append_quoted(out, text);
}

// Like Rasa: one item for each paragraph; the buttons hang on the last.
void render(std::string& out, Incoming const& incoming, assistant::Reply const& reply)
{
    out += '[';
    std::string_view rest = reply.answer;
    for (auto gap = rest.find("\n\n"); gap != std::string_view::npos; gap = rest.find("\n\n")) {
        if (gap > 0) {
            append_item(out, incoming.recipient, rest.substr(0, gap));
            out += "},";
        }
        rest.remove_prefix(std::min(rest.find_first_not_of('\n', gap), rest.size()));
    }
    append_item(out, incoming.recipient, rest);
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
    out += "}]";
}

}  // namespace

constinit Channel const rasa{
    .name = "rest",
    .path = "/webhooks/rest/webhook",
    .authentic = authentic,
    .delivery_id = delivery_id,
    .parse = parse,
    .render = render,
    .silence = "[]",
};

}  // namespace immunobot::channels
