// What the widget asks for when a visitor opens it, and the page that sites show in a frame.

#include "server/handlers.hpp"

#include "assets/asset.hpp"
#include "assistant/json.hpp"
#include "assistant/question.hpp"
#include "channels/strict_json.hpp"
#include "server/query.hpp"

namespace immunobot::server {
namespace {

constexpr std::size_t starters = 5;

void append_text(std::string& out, std::string_view key, std::string_view value)
{
    out.append(",\"").append(key).append("\":");
    value.empty() ? void(out += "null") : channels::append_quoted(out, value);
}

struct EmbedTexts {
    std::string_view title;
    std::string_view fallback;
};

EmbedTexts texts(Language language)
{
    if (language == Language::fr)
        return {"Assistant automatique", "Poser une question"};
    return {"Automatic assistant", "Ask a question"};
}

// Scripts and styles of this server alone; framed by the pages that may ask from a browser.
std::string embed_policy(AllowedOrigins const& origins)
{
    return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
           "require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'self'" +
           origins.joined(" ");
}

std::string address_of(std::string_view asset)
{
    return "/assets/" + assets::hashed_name(*assets::find(asset));
}

}  // namespace

void get_welcome(Context& context, Route const&, Request const& request, Response& response)
{
    auto const query = Query::parse(request.query);
    if (!query)
        return explain(response, query.error());
    auto const language = language_from_code(query->text("lang")).value_or(Language::en);
    auto const house = context.backend.entities("", 1, 0);
    if (!house)
        return explain(response, house.error());
    auto const& options = context.shared.options;
    response.cache_control = "private, max-age=60";
    response.body = std::string("{\"lang\":\"").append(code(language)).append("\",\"keep_days\":");
    response.body += std::to_string(options.keep_days);
    response.body += ",\"longest_question\":" + std::to_string(assistant::longest_question);
    append_text(response.body, "name", house->entities.empty() ? "" : house->entities[0].name.in(language));
    append_text(response.body, "notice", context.backend.standing().notice.in(language));
    append_text(response.body, "contact_url", options.contact_url);
    // Without a page of the house on privacy, ours says what is kept.
    auto const promise = "/ask?lang=" + std::string(code(language)) + "#promise";
    append_text(response.body, "privacy_url", options.privacy_url.empty() ? promise : options.privacy_url);
    response.body += ',';
    assistant::append_suggestions(response.body, context.backend.suggest("", language, starters));
    response.body += '}';
}

void get_embed(Context& context, Route const&, Request const& request, Response& response)
{
    auto const query = Query::parse(request.query);
    if (!query)
        return explain(response, query.error());
    auto const language = language_from_code(query->text("lang")).value_or(Language::fr);
    auto const text = texts(language);
    auto const lang = std::string(code(language));
    response.content_type = "text/html; charset=utf-8";
    response.policy = embed_policy(context.shared.origins);
    response.body = "<!doctype html>\n<html lang=\"" + lang + "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1, interactive-widget=resizes-content\">\n"
                    "<meta name=\"robots\" content=\"noindex\">\n<title>" + std::string(text.title) + "</title>\n"
                    "<link rel=\"stylesheet\" href=\"" + address_of("embed.css") + "\">\n"
                    "<script src=\"" + address_of("widget.js") + "\" defer></script>\n</head>\n<body>\n<main>\n<h1>" + std::string(text.title) + "</h1>\n"
                    "<immunobot-chat mode=\"inline\" lang=\"" + lang + "\"><a href=\"/ask?lang=" + lang + "\">" + std::string(text.fallback) +
                    "</a></immunobot-chat>\n</main>\n</body>\n</html>\n";
}

}  // namespace immunobot::server
