// What operators and programs look at: health, readiness, metrics, the description of the API.

#include "server/handlers.hpp"

#include "channels/strict_json.hpp"
#include "server/openapi.hpp"

#include <algorithm>

namespace immunobot::server {
namespace {

constexpr std::size_t most_problems = 50;

// The last two parts of a path are enough to find the file, and tell strangers nothing of the machine.
std::string_view without_folders(std::string_view problem)
{
    auto const path_end = std::min(problem.find(':'), problem.size());
    auto const last = problem.substr(0, path_end).rfind('/');
    if (last == std::string_view::npos || last == 0)
        return problem;
    auto const before = problem.substr(0, last).rfind('/');
    return before == std::string_view::npos ? problem : problem.substr(before + 1);
}

std::string_view word(Health const& health, bool stopping)
{
    if (stopping)
        return "stopping";
    if (!health.ready)
        return "unavailable";
    return health.problems.empty() ? "ready" : "degraded";
}

void append_health(std::string& out, Health const& health, bool stopping)
{
    out.append("{\"status\":\"").append(word(health, stopping));
    out.append("\",\"entities\":").append(std::to_string(health.entities));
    out.append(",\"facts\":").append(std::to_string(health.facts));
    out.append(",\"faq\":").append(std::to_string(health.faq));
    out.append(",\"intents\":").append(std::to_string(health.intents));
    out.append(",\"revision\":").append(std::to_string(health.revision)).append(",\"problems\":[");
    for (std::size_t i = 0; i < std::min(health.problems.size(), most_problems); ++i) {
        if (i > 0)
            out += ',';
        channels::append_quoted(out, without_folders(health.problems[i]));
    }
    out += "]}";
}

}  // namespace

void get_health(Context&, Route const&, Request const&, Response& response)
{
    response.body = R"({"status":"ok"})";
}

void get_ready(Context& context, Route const&, Request const&, Response& response)
{
    auto const health = context.shared.services.health();
    bool const stopping = context.shared.stopping.load(std::memory_order_relaxed);
    append_health(response.body, health, stopping);
    if (health.ready && !stopping)
        return;
    response.status = 503;
    response.add_field("Retry-After", "5");
}

void get_metrics(Context& context, Route const&, Request const&, Response& response)
{
    std::vector<std::string_view> names;
    for (auto const& route : routes())
        names.push_back(route.name);
    auto const health = context.shared.services.health();
    MetricsExtra extra;
    extra.route_names = names;
    extra.journal = context.shared.services.journal();
    if (auto* const outbox = context.shared.services.outbox())
        if (auto const counts = outbox->counts())
            extra.outbox = *counts;
    extra.facts = health.facts;
    extra.intents = health.intents;
    extra.problems = health.problems.size();
    extra.streams = context.shared.streams;
    extra.uptime_seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - context.shared.started).count();
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    append_metrics(response.body, context.shared.metrics, extra);
}

void get_openapi(Context&, Route const&, Request const&, Response& response)
{
    response.cache_control = "public, max-age=300";
    response.body = openapi_document;
}

}  // namespace immunobot::server
