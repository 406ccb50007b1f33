#include "channels/openai.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/openai_request.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"
#include "text/utf8.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <vector>

namespace immunobot::channels::openai_api {
namespace {

namespace json = boost::json;

constexpr std::int64_t model_made = 1763856000;   // 2025-11-23, for clients that show or sort by it
constexpr std::size_t longest_piece = 40;         // bytes of text in one event, about

// The answer and where it comes from: a client shows nothing else of a reply.
std::string content_of(assistant::Reply const& reply)
{
    return answer_text(reply, Markup::plain, Suggestions::elsewhere);
}

void append_opening(std::string& out, assistant::Reply const& reply, std::string_view object, std::int64_t now)
{
    out += "{\"id\":";
    append_quoted(out, "chatcmpl-" + reply.id);
    out.append(",\"object\":\"").append(object).append("\",\"created\":").append(std::to_string(now));
    out.append(",\"model\":\"").append(model).append("\",");
}

void append_usage(std::string& out, Request const& request, std::string_view content)
{
    auto const said = count_words(content);
    out.append("\"usage\":{\"prompt_tokens\":").append(std::to_string(request.words));
    out.append(",\"completion_tokens\":").append(std::to_string(said));
    out.append(",\"total_tokens\":").append(std::to_string(request.words + said)).append("}");
}

// The places in `content` that cite, counted in characters as this API does.
void append_annotations(std::string& out, assistant::Reply const& reply, std::string_view content)
{
    out += "\"annotations\":[";
    std::size_t from = reply.answer.size();
    bool first = true;
    for (auto const& source : reply.sources) {
        auto const at = source.url.empty() ? std::string_view::npos : content.find(source.url, from);
        if (at == std::string_view::npos)
            continue;
        from = at + source.url.size();
        auto const begin = text::length(content.substr(0, at));
        out += first ? "{" : ",{";
        first = false;
        out.append("\"type\":\"url_citation\",\"url_citation\":{\"start_index\":").append(std::to_string(begin));
        out.append(",\"end_index\":").append(std::to_string(begin + text::length(source.url))).append(",\"title\":");
        append_quoted(out, source.title);
        out += ",\"url\":";
        append_quoted(out, source.url);
        out += "}}";
    }
    out += ']';
}

// How much of `text` goes into the next event: about longest_piece bytes, up to and with a blank or line end.
std::size_t piece_size(std::string_view text)
{
    if (text.size() <= longest_piece)
        return text.size();
    auto const blank = text.find_first_of(" \n", longest_piece);
    return blank == std::string_view::npos ? text.size() : blank + 1;
}

class Events {
public:
    Events(std::string& out, Request const& request, assistant::Reply const& reply, std::int64_t now)
        : out_(out), usage_asked_(request.usage_asked)
    {
        append_opening(opening_, reply, "chat.completion.chunk", now);
    }

    // `text` is null for the last one.
    void add(std::string_view role, std::string_view const* text)
    {
        begin();
        out_ += "\"choices\":[{\"index\":0,\"delta\":{";
        out_ += role;
        if (text) {
            out_ += "\"content\":";
            append_quoted(out_, *text);
        }
        out_.append("},\"logprobs\":null,\"finish_reason\":").append(text ? "null" : "\"stop\"").append("}]");
        // Who asked for the usage is given the field in every event.
        out_ += usage_asked_ ? ",\"usage\":null}\n\n" : "}\n\n";
    }

    void add_usage(Request const& request, std::string_view content)
    {
        begin();
        out_ += "\"choices\":[],";
        append_usage(out_, request, content);
        out_ += "}\n\n";
    }

private:
    void begin() { out_.append("data: ").append(opening_); }

    std::string& out_;
    std::string opening_;
    bool usage_asked_;
};

void append_completion(std::string& out, Request const& request, assistant::Reply const& reply, std::int64_t now)
{
    auto const content = content_of(reply);
    append_opening(out, reply, "chat.completion", now);
    out += "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":";
    append_quoted(out, content);
    out += ",\"refusal\":null,";
    append_annotations(out, reply, content);
    out += "},\"logprobs\":null,\"finish_reason\":\"stop\"}],";
    append_usage(out, request, content);
    out += '}';
}

void append_stream(std::string& out, Request const& request, assistant::Reply const& reply, std::int64_t now)
{
    auto const content = content_of(reply);
    Events events(out, request, reply, now);
    std::string_view const nothing = "";
    events.add("\"role\":\"assistant\",", &nothing);
    for (std::string_view rest = content; !rest.empty();) {
        auto const piece = rest.substr(0, piece_size(rest));
        events.add("", &piece);
        rest.remove_prefix(piece.size());
    }
    events.add("", nullptr);
    if (request.usage_asked)
        events.add_usage(request, content);
    out += "data: [DONE]\n\n";
}

void append_models(std::string& out)
{
    out.append("{\"object\":\"list\",\"data\":[{\"id\":\"").append(model).append("\",\"object\":\"model\",\"created\":");
    out.append(std::to_string(model_made)).append(",\"owned_by\":\"immunobot\"}]}");
}

void append_error(std::string& out, Refused const& refusal)
{
    auto const optional = [&out](std::string_view text) {
        if (text.empty())
            out += "null";
        else
            append_quoted(out, text);
    };
    out += "{\"error\":{\"message\":";
    append_quoted(out, refusal.message);
    out.append(",\"type\":\"").append(refusal.type).append("\",\"param\":");
    optional(refusal.field);
    out += ",\"code\":";
    optional(refusal.code);
    out += "}}";
}

// With a key, or open if it was configured so.
Proof prove(Delivery const& delivery, Settings const& settings)
{
    if (!settings.has("key"))
        return proof(settings.one("open") == "yes");
    auto const token = bearer_token(delivery);
    return proof(token && settings.holds("key", *token));
}

HttpAnswer answer_of(Refused const& refused)
{
    HttpAnswer answer{.status = refused.status, .body = {}};
    append_error(answer.body, refused);
    return answer;
}

Result<Parsed> parse_models(Delivery const&, Settings const&)
{
    HttpAnswer answer;
    append_models(answer.body);
    return Parsed(Handshake{std::move(answer)});
}

Result<Parsed> parse_chat(Delivery const& delivery, Settings const&)
{
    auto request = read(delivery.body, bearer_token(delivery).value_or(std::string_view()));
    if (!request)
        return Parsed(Handshake{answer_of(request.error())});
    Incoming incoming;
    incoming.question = std::move(request->question);
    incoming.greeted = true;   // it is a program that asks
    incoming.where = {{"streamed", request->streamed}, {"usage", request->usage_asked}, {"words", request->words}, {"now", delivery.now}};
    return one_message(std::move(incoming));
}

void render(HttpAnswer& out, Incoming const& incoming, assistant::Reply const& reply, Settings const&)
{
    auto const& where = incoming.where;
    Request request;
    request.streamed = where.at("streamed").as_bool();
    request.usage_asked = where.at("usage").as_bool();
    request.words = where.at("words").to_number<std::size_t>();
    auto const now = where.at("now").to_number<std::int64_t>();
    if (!request.streamed)
        return append_completion(out.body, request, reply, now);
    out.content_type = "text/event-stream; charset=utf-8";
    out.fields.emplace_back("X-Accel-Buffering", "no");   // a proxy before us must not wait for the end
    append_stream(out.body, request, reply, now);
}

void refuse(HttpAnswer& out, Refusal refusal, std::string_view detail)
{
    Refused refused{.status = out.status, .message = std::string(detail)};
    auto const say = [&](std::string_view type, std::string_view code, std::string_view message) {
        refused.type = type;
        refused.code = code;
        if (refused.message.empty())
            refused.message = message;
    };
    switch (refusal) {
        case Refusal::unauthentic: say("invalid_request_error", "invalid_api_key", "the API key is missing or wrong"); break;
        case Refusal::not_found: say("invalid_request_error", "unknown_url", "there is nothing at this address"); break;
        case Refusal::wrong_method: say("invalid_request_error", "method_not_supported", "this address does not support the method"); break;
        case Refusal::wrong_content: say("invalid_request_error", "", "the body must be application/json in UTF-8"); break;
        case Refusal::too_large: say("invalid_request_error", "", "the body is larger than this service accepts"); break;
        case Refusal::malformed: say("invalid_request_error", "", "the request is not well-formed"); break;
        case Refusal::too_many: say("rate_limit_error", "rate_limit_exceeded", "too many requests; please wait a moment"); break;
        case Refusal::unavailable: say("server_error", "", "the service cannot answer just now; please try again soon"); break;
        case Refusal::failed: say("server_error", "", "something went wrong on our side; it has been noted"); break;
    }
    append_error(out.body, refused);
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t)
{
    json::object const message{{"role", "user"}, {"content", question}};
    Channel::Sample sent{.target = "/v1/chat/completions",
                         .content_type = "application/json",
                         .body = json::serialize(json::object{{"model", model}, {"messages", json::array{message}}}),
                         .fields = {}};
    if (settings.has("key"))
        sent.fields = {{"Authorization", "Bearer " + std::string(settings.one("key"))}};
    return sent;
}

constexpr Setting settings[] = {
    {.name = "key", .kind = Setting::Kind::secret, .required = true, .unless = "open",
     .help = "the API key that clients have to send; any long random text of yours"},
    {.name = "open", .help = "yes: answers everybody, without a key"},
};

constexpr Route routes[] = {
    {.name = "openai.chat", .path = "/v1/chat/completions", .prove = prove, .parse = parse_chat, .render = render, .open_to_pages = true},
    {.name = "openai.models", .method = Method::get, .path = "/v1/models", .content = Content::none, .prove = prove,
     .parse = parse_models, .open_to_pages = true},
};

}  // namespace
}  // namespace immunobot::channels::openai_api

namespace immunobot::channels {

constinit Channel const openai{
    .name = "openai",
    .title = "OpenAI-compatible",
    .settings = openai_api::settings,
    .routes = openai_api::routes,
    .own_contract = true,
    .area = "/v1/",
    .refuse = openai_api::refuse,
    .sample = openai_api::sample,
};

}  // namespace immunobot::channels
