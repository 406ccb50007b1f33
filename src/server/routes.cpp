#include "server/routes.hpp"

#include "server/handlers.hpp"

#include <algorithm>
#include <vector>

namespace immunobot::server {
namespace {

constexpr Route fixed[] = {
    {Method::post, "/api/v1/ask", "ask", post_ask},
    {Method::get, "/api/v1/suggest", "suggest", get_suggest},
    {Method::post, "/api/v1/feedback", "feedback", post_feedback},
    {Method::get, "/api/v1/conversations/{id}", "conversation", get_conversation},
    {Method::delete_, "/api/v1/conversations/{id}", "forget", delete_conversation},
    {Method::get, "/api/v1/facts", "facts", get_facts},
    {Method::get, "/api/v1/entities", "entities", get_entities},
    {Method::get, "/api/v1/entities/{id}", "entity", get_entity},
    {Method::get, "/webhooks/rest/", "webhook_rest_health", get_rasa_health},
    {Method::get, "/healthz", "healthz", get_health, false, false},
    {Method::get, "/readyz", "readyz", get_ready, false, false},
    {Method::get, "/metrics", "metrics", get_metrics, false, false},
    {Method::get, "/openapi.json", "openapi", get_openapi},
    {Method::get, "/", "root", get_root},
};

constexpr std::string_view placeholder = "{id}";

std::vector<Route> with_channels()
{
    std::vector<Route> all(std::begin(fixed), std::end(fixed));
    for (auto const* channel : channels::all_channels())
        all.push_back({Method::post, channel->path, channel->name, post_webhook, true, true, channel});
    return all;
}

bool fits(Route const& route, std::string_view path)
{
    if (!route.path.ends_with(placeholder))
        return route.path == path;
    auto const before = route.path.substr(0, route.path.size() - placeholder.size());
    auto const id = path.substr(std::min(before.size(), path.size()));
    return path.starts_with(before) && !id.empty() && id.find('/') == std::string_view::npos;
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
    return path.substr(route.path.size() - placeholder.size());
}

}  // namespace immunobot::server
