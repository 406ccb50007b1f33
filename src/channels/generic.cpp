#include "channels/generic.hpp"

#include "assistant/json.hpp"
#include "channels/fields.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"

#include <boost/json/monotonic_resource.hpp>

#include <algorithm>
#include <optional>

namespace immunobot::channels {
namespace {

constexpr std::int64_t window_seconds = 300;
constexpr std::string_view key_prefix = "whsec_";

std::optional<std::int64_t> decimal(std::string_view text)
{
    if (text.empty() || text.size() > 12)
        return std::nullopt;
    std::int64_t number = 0;
    for (char const digit : text) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        number = number * 10 + (digit - '0');
    }
    return number;
}

// True if one of the space-separated "v1,<base64>" in `signatures` is `expected`.
bool has_signature(std::string_view signatures, std::string_view expected)
{
    bool found = false;
    while (!signatures.empty()) {
        auto const end = std::min(signatures.find(' '), signatures.size());
        auto const one = signatures.substr(0, end);
        signatures.remove_prefix(std::min(end + 1, signatures.size()));
        if (one.starts_with("v1,") && same_secret(expected, one.substr(3)))
            found = true;
    }
    return found;
}

bool signature_holds(Delivery const& delivery, Settings const& settings)
{
    auto const id = find_header(delivery, "webhook-id");
    auto const stamp = find_header(delivery, "webhook-timestamp");
    auto const signatures = find_header(delivery, "webhook-signature");
    if (id.count != 1 || stamp.count != 1 || signatures.count != 1 || id.value.empty() || id.value.size() > 256)
        return false;
    auto const when = decimal(stamp.value);
    if (!when || *when < delivery.now - window_seconds || *when > delivery.now + window_seconds)
        return false;
    std::string message;
    message.reserve(id.value.size() + stamp.value.size() + delivery.body.size() + 2);
    message.append(id.value).append(".").append(stamp.value).append(".").append(delivery.body);
    bool holds = false;
    for (std::string_view const secret : settings.secrets) {
        if (!secret.starts_with(key_prefix))
            continue;
        auto const key = from_base64(secret.substr(key_prefix.size()));
        if (key && !key->empty() && has_signature(signatures.value, to_base64(hmac_sha256(*key, message))))
            holds = true;
    }
    return holds;
}

bool token_holds(Delivery const& delivery, Settings const& settings)
{
    constexpr std::string_view scheme = "Bearer ";
    auto const header = find_header(delivery, "authorization");
    if (header.count != 1 || !header.value.starts_with(scheme))
        return false;
    bool holds = false;
    for (std::string_view const secret : settings.secrets)
        if (!secret.starts_with(key_prefix) && same_secret(secret, header.value.substr(scheme.size())))
            holds = true;
    return holds;
}

// A signature that is there must be right, whatever the token says.
bool authentic(Delivery const& delivery, Settings const& settings)
{
    if (settings.secrets.empty())
        return true;
    if (find_header(delivery, "webhook-signature").count > 0)
        return signature_holds(delivery, settings);
    return token_holds(delivery, settings);
}

std::string_view delivery_id(Delivery const& delivery)
{
    auto const id = find_header(delivery, "webhook-id");
    return id.count == 1 && id.value.size() <= 256 ? id.value : std::string_view();
}

// The conversation, or the user where no conversation is named; and the language under either name.
Result<> read_context(boost::json::object const& object, assistant::Question& question)
{
    auto conversation = conversation_id(object, "conversation");
    if (!conversation)
        return conversation.error();
    auto const user = conversation_id(object, "user");
    if (!user)
        return user.error();
    if (auto const id = conversation->empty() ? *user : *conversation; !id.empty())
        question.conversation = std::string(conversation->empty() ? "generic-user:" : "generic:").append(id);
    for (auto const* name : {"locale", "lang"}) {
        auto const hint = language_hint(object, name);
        if (!hint)
            return hint.error();
        if (*hint)
            question.hint = *hint;
    }
    return {};
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
    auto const text = required_text(**object, "text");
    if (!text)
        return text.error();
    Incoming incoming;
    if (auto const context = read_context(**object, incoming.question); !context)
        return context.error();
    incoming.question.text = *text;
    incoming.question.channel = generic.name;
    return incoming;
}

// The Reply of the API with its answer once more as "text", the name that webhook callers look for.
void render(std::string& out, Incoming const&, assistant::Reply const& reply)
{
    out += "{\"text\":";
    append_quoted(out, reply.answer);
    auto const begin = out.size();
    assistant::append_json(out, reply);
    out[begin] = ',';
}

}  // namespace

constinit Channel const generic{
    .name = "generic",
    .path = "/webhooks/generic",
    .authentic = authentic,
    .delivery_id = delivery_id,
    .parse = parse,
    .render = render,
    .silence = "{}",
};

}  // namespace immunobot::channels
