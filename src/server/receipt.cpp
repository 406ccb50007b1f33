#include "server/receipt.hpp"

#include "server/context.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace immunobot::server {

Receipt::~Receipt()
{
    if (shared_.stopping)   // whoever waits for it may be of a worker that has gone; all is forgotten with the server
        return;
    for (auto const& key : deliveries_)
        shared_.deliveries.finish(key, std::nullopt);
}

void Receipt::add(knowledge::Arrival arrival, std::string delivery)
{
    if (!arrival.key.empty() || !arrival.notes.empty())
        arrivals_.push_back(std::move(arrival));
    if (!delivery.empty())
        deliveries_.push_back(std::move(delivery));
}

bool Receipt::ends(std::string_view delivery) const
{
    return std::ranges::find(deliveries_, delivery) != deliveries_.end();
}

void Receipt::written()
{
    if (auto* const outbox = shared_.services.outbox(); outbox && !arrivals_.empty())
        outbox->accept(std::exchange(arrivals_, {}), [channel = channel_](Result<bool> const& taken) {
            if (!taken)   // until a restart it is known in memory
                spdlog::warn("an answered message cannot be noted channel={} reason=\"{}\"", channel, taken.error().message);
        });
    for (auto const& key : std::exchange(deliveries_, {}))
        shared_.deliveries.finish(key, "");
}

}  // namespace immunobot::server
