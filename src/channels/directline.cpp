#include "channels/directline.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/form.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"
#include "channels/texts.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>

namespace immunobot::channels::directline_protocol {
namespace {

namespace json = boost::json;

constexpr std::int64_t usual_lifetime = 1800;      // seconds
constexpr std::int64_t stream_lifetime = 60;       // seconds to open it in
constexpr std::size_t longest_token = 1024;
constexpr std::size_t longest_sent_as = 128;
constexpr std::string_view bot_id = "immunobot";

// What a token is good for, in its proof.
constexpr std::string_view for_conversation = "directline ";
constexpr std::string_view for_stream = "directline stream ";

std::string proof_of(std::string_view claims, std::string_view secret, std::string_view purpose)
{
    return to_base64url(hmac_sha256(secret, std::string(purpose).append(claims)));
}

// "claims.mac": the conversation and the second in which the token ends, and the proof that we said so.
std::string token_of(std::string_view conversation, std::int64_t end, std::string_view secret, std::string_view purpose)
{
    auto const claims = to_base64url(std::string(conversation) + " " + std::to_string(end));
    return claims + "." + proof_of(claims, secret, purpose);
}

Pass read_token(std::string_view token, Settings const& settings, std::int64_t now, std::string_view purpose)
{
    auto const dot = token.find('.');
    if (dot == std::string_view::npos || token.size() > longest_token)
        return {};
    auto const claims = token.substr(0, dot);
    bool holds = false;
    for (std::string_view const secret : settings.all("secret"))
        holds = same_secret(proof_of(claims, secret, purpose), token.substr(dot + 1)) || holds;
    auto const text = holds ? from_base64url(claims) : std::nullopt;
    auto const blank = text ? text->find(' ') : std::string::npos;
    if (blank == std::string::npos)
        return {};
    auto const end = decimal(std::string_view(*text).substr(blank + 1));
    if (!end || now >= *end)
        return {.kind = Pass::Kind::expired};
    return {.kind = Pass::Kind::token, .conversation = text->substr(0, blank)};
}

std::string time_text(std::int64_t now)
{
    auto const seconds = static_cast<std::time_t>(now);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.000Z", &parts);
    return text;
}

json::object pass_object(std::string_view conversation, Settings const& settings, std::int64_t now)
{
    auto const lifetime = settings.number("token_lifetime", usual_lifetime);
    return {{"conversationId", conversation},
            {"token", token_of(conversation, now + lifetime, settings.one("secret"), for_conversation)},
            {"expires_in", lifetime}};
}

// What is the same in all activities of a conversation.
void place(json::object& activity, std::string_view conversation, std::uint64_t number, std::int64_t now)
{
    activity["id"] = activity_id(conversation, number);
    activity["timestamp"] = time_text(now);
    activity["channelId"] = "directline";
    activity["conversation"] = {{"id", conversation}};
}

}  // namespace

Pass pass_of(Delivery const& delivery, Settings const& settings)
{
    auto const bearer = bearer_token(delivery);
    if (!bearer)
        return {};
    if (settings.holds("secret", *bearer))
        return {.kind = Pass::Kind::secret};
    return read_token(*bearer, settings, delivery.now, for_conversation);
}

Pass stream_pass_of(std::string_view query, Settings const& settings, std::int64_t now)
{
    auto const form = Form::parse(query);
    return form ? read_token(form->text("t"), settings, now, for_stream) : Pass{};
}

std::string pass_document(std::string_view conversation, Settings const& settings, std::int64_t now)
{
    return json::serialize(pass_object(conversation, settings, now));
}

std::string pass_document(std::string_view conversation, Settings const& settings, std::int64_t now, std::string_view base, std::uint64_t watermark)
{
    auto object = pass_object(conversation, settings, now);
    auto const token = token_of(conversation, now + stream_lifetime, settings.one("secret"), for_stream);
    object["streamUrl"] = std::string(base).append("/v3/directline/conversations/").append(conversation) +
                          "/stream?watermark=" + std::to_string(watermark) + "&t=" + token;
    return json::serialize(object);
}

std::string news_document(std::vector<std::string> const& activities, std::uint64_t watermark)
{
    std::string document = "{\"activities\":[";
    for (auto const& activity : activities) {
        if (&activity != activities.data())
            document += ',';
        document += activity;
    }
    return document + "],\"watermark\":\"" + std::to_string(watermark) + "\"}";
}

Result<Activity> read_activity(std::string_view body, std::string_view conversation)
{
    auto value = parse_strict(body, {}, platform_json);
    if (!value)
        return value.error();
    if (auto const object = object_of(*value); !object)
        return object.error();
    auto const type = text_at(*value, {"type"});
    if (type.empty())
        return Error{Errc::bad_request, "field \"type\" is missing"};
    Activity activity;
    activity.shown = type != "typing";
    if (auto const text = text_at(*value, {"text"}); type == "message" && !text.empty()) {
        activity.question.emplace();
        activity.question->text = tidy(text);
        activity.question->hint = language_from_code(text_at(*value, {"locale"}));
        activity.question->channel = directline.name;
        activity.question->conversation = conversation_of(directline.name, {conversation});
    }
    if (auto const id = text_at(*value, {"channelData", "clientActivityID"}); id.size() <= longest_sent_as)
        activity.sent_as = id;
    activity.object = std::move(value->get_object());
    return activity;
}

std::optional<Language> language_of_start(std::string_view body)
{
    auto const value = parse_strict(body, {}, platform_json);
    return value ? language_from_code(text_at(*value, {"locale"})) : std::nullopt;
}

std::uint64_t watermark_of(std::string_view query)
{
    auto const form = Form::parse(query);
    auto const text = form ? std::string(form->text("watermark")) : std::string();
    std::uint64_t number = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failed == std::errc() && end == text.data() + text.size() ? number : 0;
}

std::string activity_id(std::string_view conversation, std::uint64_t number)
{
    char digits[24];
    std::snprintf(digits, sizeof digits, "%07llu", static_cast<unsigned long long>(number));
    return std::string(conversation).append("|").append(digits);
}

std::string shown_activity(json::object activity, std::string_view conversation, std::uint64_t number, std::int64_t now)
{
    place(activity, conversation, number, now);
    return json::serialize(activity);
}

std::string reply_activity(assistant::Reply const& reply, std::string_view conversation, std::uint64_t number, std::uint64_t to,
                           std::int64_t now)
{
    json::object activity{{"type", "message"},
                          {"from", {{"id", bot_id}, {"name", bot_id}, {"role", "bot"}}},
                          {"locale", code(reply.language)},
                          {"text", answer_text(reply, Markup::markdown, Suggestions::elsewhere)},
                          {"textFormat", "markdown"}};
    place(activity, conversation, number, now);
    if (to != 0)
        activity["replyToId"] = activity_id(conversation, to);
    json::array actions;
    for (auto const& suggestion : reply.suggestions)
        actions.push_back(json::object{{"type", "imBack"}, {"title", suggestion.label}, {"value", suggestion.question}});
    if (!actions.empty())
        activity["suggestedActions"] = {{"actions", std::move(actions)}};
    return json::serialize(activity);
}

namespace {

constexpr std::size_t longest_body = 256 * 1024;   // what Direct Line takes

void refuse(HttpAnswer& out, Refusal refusal, std::string_view detail)
{
    auto const text = [&]() -> std::pair<std::string_view, std::string_view> {
        switch (refusal) {
            case Refusal::unauthentic: return {"Unauthorized", "the secret or token is missing or wrong"};
            case Refusal::not_found: return {"NotFound", "there is no such conversation"};
            case Refusal::wrong_method: return {"MethodNotAllowed", "this address does not support the method"};
            case Refusal::too_large: return {"MessageSizeTooBig", "the activity is larger than 256 kB"};
            case Refusal::too_many: return {"TooManyRequests", "too many requests; please wait a moment"};
            case Refusal::unavailable: return {"ServiceUnavailable", "the bot cannot answer just now; please try again soon"};
            case Refusal::failed: return {"ServiceError", "something went wrong on our side; it has been noted"};
            case Refusal::wrong_content:
            case Refusal::malformed: break;
        }
        return {"BadArgument", "the request is not well-formed"};
    }();
    out.body = "{\"error\":{\"code\":\"" + std::string(text.first) + "\",\"message\":";
    append_quoted(out.body, detail.empty() ? text.second : detail);
    out.body += "}}";
}

// Says something in a conversation of its own, and then asks what is new there, as a page does.
std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t now)
{
    std::string const conversation = "test" + std::to_string(now);
    auto const pass = boost::json::parse(directline_protocol::pass_document(conversation, settings, now));
    std::vector<std::pair<std::string, std::string>> const proof{{"Authorization", std::string("Bearer ").append(text_at(pass, {"token"}))}};
    std::string const target = "/v3/directline/conversations/" + conversation + "/activities";
    Channel::Sample said{.target = target,
                         .content_type = "application/json",
                         .body = boost::json::serialize(boost::json::object{{"type", "message"}, {"from", {{"id", "dl_test"}}}, {"text", question}}),
                         .fields = proof};
    said.then.push_back({.target = target, .content_type = {}, .body = {}, .fields = proof, .method = Method::get});
    return said;
}

constexpr Setting settings[] = {
    {.name = "secret", .kind = Setting::Kind::secret, .required = true,
     .help = "opens everything; it stays on your server, which fetches tokens for pages with it"},
    {.name = "token_lifetime", .kind = Setting::Kind::number, .otherwise = "1800", .help = "seconds that a token is good for"},
};

constexpr Route routes[] = {
    {.name = "directline.generate", .path = "/v3/directline/tokens/generate", .content = Content::any, .open_to_pages = true},
    {.name = "directline.refresh", .path = "/v3/directline/tokens/refresh", .content = Content::any, .open_to_pages = true},
    {.name = "directline.start", .path = "/v3/directline/conversations", .content = Content::any, .open_to_pages = true},
    {.name = "directline.again", .method = Method::get, .path = "/v3/directline/conversations/{id}", .content = Content::none,
     .open_to_pages = true},
    {.name = "directline.say", .path = "/v3/directline/conversations/{id}/activities", .content = Content::json,
     .body_limit = longest_body, .open_to_pages = true},
    {.name = "directline.read", .method = Method::get, .path = "/v3/directline/conversations/{id}/activities",
     .content = Content::none, .open_to_pages = true},
    {.name = "directline.stream", .method = Method::get, .path = "/v3/directline/conversations/{id}/stream", .content = Content::none},
};

}  // namespace
}  // namespace immunobot::channels::directline_protocol

namespace immunobot::channels {

constinit Channel const directline{
    .name = "directline",
    .title = "Direct Line 3.0",
    .settings = directline_protocol::settings,
    .routes = directline_protocol::routes,
    .area = "/v3/directline/",
    .refuse = directline_protocol::refuse,
    .sample = directline_protocol::sample,
};

}  // namespace immunobot::channels
