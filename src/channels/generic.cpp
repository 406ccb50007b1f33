#include "channels/generic.hpp"

#include "assistant/json.hpp"
#include "channels/fields.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"

#include <boost/json/monotonic_resource.hpp>

#include <algorithm>
#include <optional>

namespace immunobot::channels::generic_protocol {
namespace {

constexpr std::int64_t window_seconds = 300;
constexpr std::size_t longest_id = 256;
constexpr std::string_view key_prefix = "whsec_";

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
    auto const id = single_header(delivery, "webhook-id");
    auto const stamp = single_header(delivery, "webhook-timestamp");
    auto const signatures = single_header(delivery, "webhook-signature");
    if (!id || !stamp || !signatures || id->size() > longest_id || !is_fresh(*stamp, delivery.now, window_seconds))
        return false;
    std::string message;
    message.reserve(id->size() + stamp->size() + delivery.body.size() + 2);
    message.append(*id).append(".").append(*stamp).append(".").append(delivery.body);
    bool holds = false;
    for (std::string_view const secret : settings.all("secret")) {
        if (!secret.starts_with(key_prefix))
            continue;
        auto const key = from_base64(secret.substr(key_prefix.size()));
        if (key && !key->empty() && has_signature(*signatures, to_base64(hmac_sha256(*key, message))))
            holds = true;
    }
    return holds;
}

// A signature that is there must be right, whatever the token says; also on an open channel, which has nothing to check it by.
Proof prove(Delivery const& delivery, Settings const& settings)
{
    if (!settings.has("secret") && find_header(delivery, "webhook-signature").count == 0)
        return proof(settings.one("open") == "yes");
    if (find_header(delivery, "webhook-signature").count > 0)
        return proof(signature_holds(delivery, settings));
    auto const token = bearer_token(delivery);
    return proof(token && !token->starts_with(key_prefix) && settings.holds("secret", *token));
}

// On an open channel anybody could use another's id and be given that one's answer.
std::string message_id(Delivery const& delivery, Settings const& settings)
{
    auto const id = single_header(delivery, "webhook-id");
    return settings.has("secret") && id && id->size() <= longest_id ? std::string(*id) : std::string();
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

Result<Parsed> parse(Delivery const& delivery, Settings const& settings)
{
    unsigned char space[4096];
    boost::json::monotonic_resource memory(space);
    auto const body = parse_strict(delivery.body, &memory, platform_json);
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
    incoming.id = message_id(delivery, settings);
    incoming.greeted = true;  // what stands behind this channel is a program, which says so itself
    return one_message(std::move(incoming));
}

// The Reply of the API with its answer once more as "text", the name that webhook callers look for.
void render(HttpAnswer& answer, Incoming const&, assistant::Reply const& reply, Settings const&)
{
    auto& out = answer.body;
    out += "{\"text\":";
    append_quoted(out, reply.answer);
    auto const begin = out.size();
    assistant::append_json(out, reply);
    out[begin] = ',';
}

// With a bearer token or a signature, as the secret is of one kind or the other.
std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    Channel::Sample made{.target = "/webhooks/generic", .content_type = "application/json", .body = "{\"text\":", .fields = {}};
    append_quoted(made.body, question);
    made.body += '}';
    auto const secret = settings.one("secret");
    auto const stamp = std::to_string(now);
    auto const id = "msg_test" + stamp;
    auto const key = secret.starts_with(key_prefix) ? from_base64(secret.substr(key_prefix.size())) : std::nullopt;
    if (key)
        made.fields = {{"webhook-id", id},
                       {"webhook-timestamp", stamp},
                       {"webhook-signature", "v1," + to_base64(hmac_sha256(*key, id + "." + stamp + "." + made.body))}};
    else if (!secret.empty())
        made.fields = {{"Authorization", "Bearer " + std::string(secret)}};
    return made;
}

constexpr Setting settings[] = {
    {.name = "secret", .kind = Setting::Kind::secret, .required = true, .unless = "open",
     .help = "bearer token, or \"whsec_...\" for Standard Webhooks signatures"},
    {.name = "open", .help = "yes: answers everybody, without a secret"},
};

constexpr Route routes[] = {
    {.name = "generic", .path = "/webhooks/generic", .body_limit = 0, .prove = prove, .parse = parse, .render = render, .repeats_answer = true,
     .open_to_pages = true},
};

}  // namespace
}  // namespace immunobot::channels::generic_protocol

namespace immunobot::channels {

constinit Channel const generic{
    .name = "generic",
    .title = "Generic webhook",
    .settings = generic_protocol::settings,
    .routes = generic_protocol::routes,
    .own_contract = true,
    .names_errors = true,
    .sample = generic_protocol::sample,
};

}  // namespace immunobot::channels
