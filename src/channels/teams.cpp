#include "channels/teams.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace immunobot::channels::teams_protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 20'000;   // UTF-16 units; the whole message may have about 28 KB

// The key is what the security token stands for in base64, not its text.
Proof prove(Delivery const& delivery, Settings const& settings)
{
    constexpr std::string_view scheme = "HMAC ";
    auto const header = single_header(delivery, "authorization");
    if (!header || !header->starts_with(scheme))
        return Proof::fails;
    auto const shown = header->substr(scheme.size());
    bool holds = false;
    for (std::string_view const token : settings.all("security_token"))
        if (auto const key = from_base64(token); key && !key->empty())
            holds = same_secret(to_base64(hmac_sha256(*key, delivery.body)), shown) || holds;
    return proof(holds);
}

bool begins_tag(std::string_view text)
{
    if (text.size() < 2 || text[0] != '<')
        return false;
    auto const letter = text[1] == '/' && text.size() > 2 ? text[2] : text[1];
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

// Where the mention that begins at `begin` ends, behind it; nothing if none begins there, or it never ends.
std::size_t mention_end(std::string_view text, std::size_t begin)
{
    constexpr std::string_view closing = "</at>";
    auto const rest = text.substr(begin);
    auto const end = rest.starts_with("<at>") || rest.starts_with("<at ") ? text.find(closing, begin) : std::string_view::npos;
    return end == std::string_view::npos ? end : end + closing.size();
}

// Where a tag that begins at `begin` ends, behind it; nothing if it never does.
std::size_t tag_end(std::string_view text, std::size_t begin)
{
    auto const end = text.find('>', begin);
    return end == std::string_view::npos ? end : end + 1;
}

// With the first mention goes the name in it, which is ours: nobody else is spoken to. Of others the names stay, they are what is
// asked about.
std::string without_tags(std::string_view text)
{
    std::string out;
    bool called = false;
    for (std::size_t i = 0; i < text.size();) {
        if (auto const end = called ? std::string_view::npos : mention_end(text, i); end != std::string_view::npos) {
            called = true;
            out += ' ';
            i = end;
            continue;
        }
        auto const end = begins_tag(text.substr(i)) ? tag_end(text, i) : i + 1;
        if (end == std::string_view::npos)   // nor does any behind it
            return out.append(text.substr(i));
        out += begins_tag(text.substr(i)) ? ' ' : text[i];
        i = end;
    }
    return out;
}

std::optional<Language> language_of(json::value const& activity)
{
    if (auto const locale = language_from_code(text_at(activity, {"locale"})))
        return locale;
    for (auto const& entity : items_at(activity, {"entities"}))
        if (auto const locale = language_from_code(text_at(entity, {"locale"})))
            return locale;
    return std::nullopt;
}

Result<Parsed> parse(Delivery const& delivery, Settings const&)
{
    auto const body = parse_strict(delivery.body, {}, platform_json);
    if (!body)
        return body.error();
    if (auto const object = object_of(*body); !object)
        return object.error();
    bool const spoken = text_at(*body, {"type"}) == "message" && text_at(*body, {"from", "role"}) != "bot";
    auto const* text = value_at(*body, {"text"});
    if (!spoken || !text || !text->is_string())
        return Parsed(Ignore{});
    Incoming incoming;
    incoming.id = text_at(*body, {"id"});
    incoming.question.text = tidy(entities_decoded(without_tags(text_at(*body, {"text"}))));
    incoming.question.hint = language_of(*body);
    auto const directory_id = text_at(*body, {"from", "aadObjectId"});
    incoming.user = directory_id.empty() ? text_at(*body, {"from", "id"}) : directory_id;
    incoming.question.channel = teams.name;
    if (auto const id = text_at(*body, {"conversation", "id"}); !id.empty())
        incoming.question.conversation = conversation_of(teams.name, {id});
    if (incoming.question.text.empty())
        incoming.wish = Incoming::Wish::help;
    return one_message(std::move(incoming));
}

// Teams joins lines that no empty line parts.
std::string with_wide_lines(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += text[i];
        bool const single = text[i] == '\n' && (i == 0 || text[i - 1] != '\n') && (i + 1 == text.size() || text[i + 1] != '\n');
        if (single)
            out += '\n';
    }
    return out;
}

// Only actions that open an address work here, so suggestions are said.
void render(HttpAnswer& out, Incoming const&, assistant::Reply const& reply, Settings const&)
{
    auto const text = with_wide_lines(answer_text(reply, Markup::markdown, Suggestions::numbered));
    out.body = json::serialize(json::object{{"type", "message"},
                                            {"textFormat", "markdown"},
                                            {"text", fitted(text, longest_text, Unit::utf16)}});
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    auto const key = from_base64(settings.one("security_token"));
    if (!key)
        return std::nullopt;
    auto body = json::serialize(json::object{{"type", "message"},
                                             {"id", std::to_string(now)},
                                             {"channelId", "msteams"},
                                             {"from", {{"id", "test"}, {"name", "Test"}}},
                                             {"conversation", {{"id", "test"}}},
                                             {"text", "<at>immunobot</at> " + std::string(question)}});
    auto proof = "HMAC " + to_base64(hmac_sha256(*key, body));
    return Channel::Sample{.target = "/webhooks/teams",
                           .content_type = "application/json",
                           .body = std::move(body),
                           .fields = {{"Authorization", std::move(proof)}}};
}

constexpr Setting settings[] = {
    {.name = "security_token", .kind = Setting::Kind::secret, .required = true,
     .help = "the security token that Teams shows once, when the outgoing webhook is made"},
    staff_setting,
};

constexpr Route routes[] = {
    {.name = "teams", .path = "/webhooks/teams", .prove = prove, .parse = parse, .render = render},
};

}  // namespace
}  // namespace immunobot::channels::teams_protocol

namespace immunobot::channels {

constinit Channel const teams{
    .name = "teams",
    .title = "Microsoft Teams, outgoing webhook",
    .settings = teams_protocol::settings,
    .routes = teams_protocol::routes,
    .sample = teams_protocol::sample,
};

}  // namespace immunobot::channels
