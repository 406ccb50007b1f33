#include "server/routes.hpp"

#include "server/handlers.hpp"

#include <algorithm>
#include <vector>

namespace immunobot::server {
namespace {

constexpr Route page(std::string_view path, std::string_view name, Handler handler)
{
    return {Method::get, path, name, handler, false, true, nullptr, true};
}

constexpr Route form(std::string_view path, std::string_view name, Handler handler)
{
    return {Method::post, path, name, handler, false, true, nullptr, true, Body::form};
}

constexpr Route fixed[] = {
    {Method::post, "/api/v1/ask", "ask", post_ask},
    {Method::get, "/api/v1/suggest", "suggest", get_suggest},
    {Method::post, "/api/v1/feedback", "feedback", post_feedback},
    {Method::get, "/api/v1/facts", "facts", get_facts},
    {Method::get, "/api/v1/entities", "entities", get_entities},
    {Method::get, "/api/v1/entities/{id}", "entity", get_entity},
    {Method::get, "/webhooks/rest/", "webhook_rest_health", get_rasa_health},
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
    page("/ask", "ask_page", get_ask),
    form("/ask", "ask_form", post_ask_page),
    form("/ask/feedback", "feedback_form", post_feedback_page),
    page("/faq", "faq", get_faq),
    page("/faq/{id}", "faq_part", get_faq_part),
    page("/facts", "facts_page", get_facts_page),
    page("/facts/{id}", "entity_page", get_entity_page),
    {Method::get, "/sitemap.xml", "sitemap", get_sitemap, false},
    {Method::get, "/robots.txt", "robots", get_robots, false},
};

constexpr std::string_view placeholder = "{id}";

std::vector<Route> with_channels()
{
    std::vector<Route> all(std::begin(fixed), std::end(fixed));
    for (auto const* channel : channels::all_channels())
        all.push_back({Method::post, channel->path, channel->name, post_webhook, true, true, channel});
    return all;
}

// What stands before and after "{id}"; before alone if there is none.
struct Ends {
    std::string_view before;
    std::string_view after;
    bool open = false;
};

Ends ends_of(std::string_view pattern)
{
    auto const at = pattern.find(placeholder);
    if (at == std::string_view::npos)
        return {pattern, {}};
    return {pattern.substr(0, at), pattern.substr(at + placeholder.size()), true};
}

bool fits(Route const& route, std::string_view path)
{
    auto const ends = ends_of(route.path);
    if (!ends.open)
        return route.path == path;
    return path.size() > ends.before.size() + ends.after.size() && path.starts_with(ends.before) && path.ends_with(ends.after) &&
           id_in(route, path).find('/') == std::string_view::npos;
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
            methods += route.method == Method::get ? "GET, HEAD, " : "POST, ";
    return methods + "OPTIONS";
}

std::string_view id_in(Route const& route, std::string_view path)
{
    auto const ends = ends_of(route.path);
    return path.substr(ends.before.size(), path.size() - ends.before.size() - ends.after.size());
}

}  // namespace immunobot::server
