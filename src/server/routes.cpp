#include "server/routes.hpp"

#include "server/handlers.hpp"
#include "server/head_rules.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace immunobot::server {
namespace {

constexpr Route page(std::string_view path, std::string_view name, Handler handler)
{
    return {Method::get, path, name, handler, false, true, nullptr, nullptr, true};
}

constexpr Route form(std::string_view path, std::string_view name, Handler handler)
{
    return {Method::post, path, name, handler, false, true, nullptr, nullptr, true, channels::Content::form};
}

constexpr Route fixed[] = {
    {Method::post, "/api/v1/ask", "ask", post_ask},
    {Method::get, "/api/v1/suggest", "suggest", get_suggest},
    {Method::post, "/api/v1/suggest", "suggest_typed", post_suggest},
    {Method::get, "/api/v1/welcome", "welcome", get_welcome},
    {Method::post, "/api/v1/feedback", "feedback", post_feedback},
    {Method::get, "/api/v1/conversations/{id}", "conversation", get_conversation},
    {Method::delete_, "/api/v1/conversations/{id}", "forget", delete_conversation},
    {Method::get, "/api/v1/facts", "facts", get_facts},
    {Method::get, "/api/v1/entities", "entities", get_entities},
    {Method::get, "/api/v1/entities/{id}", "entity", get_entity},
    {Method::get, "/embed", "embed", get_embed, false, false},
    {Method::get, "/widget.js", "widget", get_widget, false, false},
    {Method::get, "/widget.{id}.js", "widget_pinned", get_widget, false, false},
    {Method::get, "/assets/{id}", "asset", get_asset, false, false},
    {Method::get, "/healthz", "healthz", get_health, false, false},
    {Method::get, "/readyz", "readyz", get_ready, false, false},
    {Method::get, "/metrics", "metrics", get_metrics, false, false},
    {Method::get, "/openapi.json", "openapi", get_openapi},
    {Method::get, "/api/v1/facts.csv", "facts_csv", get_open_data, false},
    {Method::get, "/api/v1/facts.json", "facts_json", get_open_data, false},
    {Method::get, "/api/v1/facts.jsonld", "facts_jsonld", get_open_data, false},
    page("/", "home", get_home),
    page("/preview", "preview", get_preview),
    page("/ask", "ask_page", get_ask),
    form("/ask", "ask_form", post_ask_page),
    form("/ask/feedback", "feedback_form", post_feedback_page),
    form("/ask/forget", "forget_form", post_forget_page),
    page("/faq", "faq", get_faq),
    page("/faq/{id}", "faq_part", get_faq_part),
    page("/facts", "facts_page", get_facts_page),
    page("/facts/{id}", "entity_page", get_entity_page),
    {Method::get, "/sitemap.xml", "sitemap", get_sitemap, false},
    {Method::get, "/robots.txt", "robots", get_robots, false},
};

constexpr std::string_view placeholder = "{id}";

Method method_of(channels::Route const& entrance)
{
    switch (entrance.method) {
        case channels::Method::get: return Method::get;
        case channels::Method::put: return Method::put;
        case channels::Method::post: break;
    }
    return Method::post;
}

// Channels whose messages need more than an answer to a question are served by handlers of their own.
Handler handler_of(channels::Route const& entrance)
{
    constexpr std::pair<std::string_view, Handler> own[] = {
        {"mcp", post_mcp},
        {"directline.generate", post_directline_generate},
        {"directline.refresh", post_directline_refresh},
        {"directline.start", post_directline_start},
        {"directline.again", get_directline_again},
        {"directline.say", post_directline_say},
        {"directline.read", get_directline_read},
        {"directline.stream", get_directline_stream},
    };
    for (auto const& [name, handler] : own)
        if (entrance.name == name)
            return handler;
    return serve_channel;
}

// Platforms have proved who they are; pages and programs of others share what there is. Who waits for news asks often.
bool is_limited(channels::Channel const& channel, channels::Route const& entrance)
{
    return channel.own_contract || (entrance.open_to_pages && entrance.method == channels::Method::post);
}

std::vector<Route> with_channels()
{
    std::vector<Route> all(std::begin(fixed), std::end(fixed));
    for (auto const* channel : channels::all_channels())
        for (auto const& entrance : channel->routes)
            all.push_back({method_of(entrance), entrance.path, entrance.name, handler_of(entrance), entrance.open_to_pages, is_limited(*channel, entrance),
                           channel, &entrance});
    return all;
}

// The part of `path` that stands where the route has its placeholder; nothing if the path is not the route's.
std::optional<std::string_view> part_of(Route const& route, std::string_view path)
{
    auto const at = route.path.find(placeholder);
    if (at == std::string_view::npos)
        return route.path == path ? std::optional(std::string_view()) : std::nullopt;
    auto const before = route.path.substr(0, at);
    auto const after = route.path.substr(at + placeholder.size());
    if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
        return std::nullopt;
    auto const part = path.substr(at, path.size() - before.size() - after.size());
    return part.find('/') == std::string_view::npos ? std::optional(part) : std::nullopt;
}

bool fits(Route const& route, std::string_view path)
{
    return part_of(route, path).has_value();
}

bool serves(Route const& route, Method method)
{
    return route.method == method || (route.method == Method::get && method == Method::head);
}

}  // namespace

std::span<Route const> routes()
{
    static std::vector<Route> const all = with_channels();
    return all;
}

Match find_route(Method method, std::string_view path)
{
    Match match;
    for (auto const& route : routes()) {
        if (!fits(route, path))
            continue;
        match.path_known = true;
        if (serves(route, method)) {
            match.route = &route;
            break;
        }
    }
    return match;
}

std::string allowed_methods(std::string_view path)
{
    std::string methods;
    for (auto const& route : routes())
        if (fits(route, path))
            methods.append(route.method == Method::get ? "GET, HEAD" : name(route.method)).append(", ");
    return methods + "OPTIONS";
}

std::string_view id_in(Route const& route, std::string_view path)
{
    return part_of(route, path).value_or(std::string_view());
}

channels::Channel const* channel_of_area(std::string_view path)
{
    for (auto const* channel : channels::all_channels())
        if (!channel->area.empty() && path.starts_with(channel->area))
            return channel;
    return nullptr;
}

bool takes_content(Route const& route, Request const& request)
{
    if (route.method == Method::get || route.method == Method::delete_)
        return true;
    auto const type = request.header(Known::content_type).value;
    auto const content = route.entrance ? route.entrance->content : route.content;
    switch (content) {
        case channels::Content::json: return is_json_type(type);
        case channels::Content::form: return is_form_type(type);
        case channels::Content::json_or_form: return is_json_type(type) || is_form_type(type);
        case channels::Content::none:
        case channels::Content::any: return true;
    }
    return false;
}

}  // namespace immunobot::server
