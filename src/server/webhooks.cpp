// /webhooks/...: the same for every channel; what differs is in src/channels.

#include "server/handlers.hpp"

#include "server/answering.hpp"

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

// Notes the outcome even when the answer throws, so that the sender may try again.
class Attempt {
public:
    Attempt(Deliveries& deliveries, std::string_view key) : deliveries_(deliveries), key_(key) {}
    ~Attempt() { deliveries_.finish(key_, answer_); }
    void keep(std::string_view answer) { answer_ = answer; }

private:
    Deliveries& deliveries_;
    std::string_view key_;
    std::optional<std::string_view> answer_;
};

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
    if (id.empty())
        return answer_delivery(context, channel, delivery, response);
    auto const key = std::string(channel.name).append(":").append(id);
    auto& deliveries = context.shared.deliveries;
    auto seen = deliveries.begin(key, std::chrono::steady_clock::now());
    if (seen.seen == Deliveries::Seen::answered) {
        response.body = std::move(seen.answer);
        return;
    }
    if (seen.seen == Deliveries::Seen::in_progress) {
        response.fail(Problem::duplicate);
        return response.add_field("Retry-After", "1");
    }
    Attempt attempt(deliveries, key);
    answer_delivery(context, channel, delivery, response);
    if (response.status == 200)
        attempt.keep(response.body);
}

void get_rasa_health(Context&, Route const&, Request const&, Response& response)
{
    response.body = "{\"status\":\"ok\"}";
}

}  // namespace immunobot::server
