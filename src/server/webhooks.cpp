// The addresses of the chat platforms: the same way for every channel; what differs is in src/channels.

#include "server/handlers.hpp"

#include "channels/strict_json.hpp"
#include "server/reception.hpp"

#include <chrono>

namespace immunobot::server {
namespace {

channels::Refusal refusal_of(Problem problem)
{
    switch (problem) {
        case Problem::unauthorized: return channels::Refusal::unauthentic;
        case Problem::not_found: return channels::Refusal::not_found;
        case Problem::method_not_allowed: return channels::Refusal::wrong_method;
        case Problem::payload_too_large: return channels::Refusal::too_large;
        case Problem::unsupported_media_type: return channels::Refusal::wrong_content;
        case Problem::too_many_requests: return channels::Refusal::too_many;
        case Problem::duplicate:
        case Problem::unavailable: return channels::Refusal::unavailable;
        case Problem::internal: return channels::Refusal::failed;
        default: return channels::Refusal::malformed;
    }
}

// For programs that look for "error" and not for the members of RFC 9457.
void name_error(std::string& document, Problem problem, std::string_view detail)
{
    auto const& text = text_of(problem);
    document.pop_back();
    document.append(",\"error\":{\"code\":\"").append(text.slug).append("\",\"message\":");
    channels::append_quoted(document, detail.empty() ? text.detail : detail);
    document += "}}";
}

}  // namespace

void put(channels::HttpAnswer const& answer, Response& response)
{
    response.status = answer.status;
    response.content_type = answer.content_type;
    response.body = answer.body;
    for (auto const& [name, value] : answer.fields)
        response.add_field(name, value);
}

std::int64_t seconds_now(Shared const& shared)
{
    if (shared.options.clock)
        return shared.options.clock();
    auto const now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

void fail_on(channels::Channel const* channel, Response& response, Problem problem, std::string_view detail)
{
    response.fail(problem, detail);
    if (channel && channel->names_errors)
        name_error(response.body, problem, detail);
    if (!channel || !channel->refuse)
        return;
    channels::HttpAnswer answer;
    answer.status = response.status;
    channel->refuse(answer, refusal_of(problem), detail);
    put(answer, response);
}

void serve_channel(Context& context, Route const& route, Request const& request, Response& response)
{
    channels::Delivery delivery{request.body, request.headers, seconds_now(context.shared)};
    delivery.query = request.query;
    delivery.part = id_in(route, request.path);
    auto const settings = context.shared.channels.of(*route.channel);
    std::string keys;
    if (!route.channel->keys_setting.empty())
        keys = context.shared.keys.of(*route.channel, *settings);
    delivery.keys = keys;
    Reception(context, route, settings, response).take(delivery);
}

}  // namespace immunobot::server
