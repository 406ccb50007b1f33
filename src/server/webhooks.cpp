// /webhooks/...: the same for every channel; what differs is in src/channels.

#include "server/handlers.hpp"

#include "server/answering.hpp"
#include "server/once.hpp"

#include <chrono>

namespace immunobot::server {
namespace {

std::int64_t seconds_now()
{
    auto const now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

channels::Settings const& settings_of(Context const& context, channels::Channel const& channel)
{
    static channels::Settings const open;
    auto const& configured = context.shared.options.channels;
    auto const found = configured.find(std::string(channel.name));
    return found == configured.end() ? open : found->second;
}

void answer_delivery(Context& context, channels::Channel const& channel, channels::Delivery const& delivery,
                     Response& response)
{
    auto const incoming = channel.parse(delivery);
    if (!incoming)
        return response.fail(Problem::invalid_field, incoming.error().message);
    if (incoming->silent) {
        response.body = channel.silence;
        return;
    }
    auto const reply = answer(context, incoming->question);
    if (!reply)
        return explain(response, reply.error());
    channel.render(response.body, *incoming, *reply);
}

}  // namespace

void post_webhook(Context& context, Route const& route, Request const& request, Response& response)
{
    auto const& channel = *route.channel;
    channels::Delivery const delivery{request.body, request.headers, seconds_now()};
    auto const& settings = settings_of(context, channel);
    if (!channel.authentic(delivery, settings)) {
        response.fail(Problem::unauthorized);
        return response.add_field("WWW-Authenticate", "Bearer");
    }
    // On an open channel anybody could use another's id and be given that one's answer.
    auto const id = settings.secrets.empty() ? std::string_view() : channel.delivery_id(delivery);
    auto const key = id.empty() ? std::string() : std::string(channel.name).append(":").append(id);
    answer_once(context.shared.deliveries, key, response, [&] { answer_delivery(context, channel, delivery, response); });
}

void get_rasa_health(Context&, Route const&, Request const&, Response& response)
{
    response.body = "{\"status\":\"ok\"}";
}

}  // namespace immunobot::server
