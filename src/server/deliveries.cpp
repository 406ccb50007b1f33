#include "server/deliveries.hpp"

#include <utility>

namespace immunobot::server {

Deliveries::Deliveries(std::size_t most, std::chrono::seconds keep) : most_(most), keep_(keep) {}

void Deliveries::drop_old(Clock::time_point now, std::vector<Ended>& to_tell)
{
    while (!entries_.empty() && (entries_.size() >= most_ || now - entries_.front().since > keep_)) {
        auto& oldest = entries_.front();
        for (auto& waiter : oldest.waiters)
            to_tell.push_back(std::move(waiter));
        by_key_.erase(oldest.key);
        entries_.pop_front();
    }
}

Deliveries::Look Deliveries::begin(std::string_view key, Clock::time_point now)
{
    std::vector<Ended> dropped;
    auto const look = [&]() -> Look {
        std::lock_guard const lock(mutex_);
        if (auto const found = by_key_.find(key); found != by_key_.end() && now - found->second->since <= keep_) {
            auto const& entry = *found->second;
            return entry.answer ? Look{Seen::answered, *entry.answer} : Look{Seen::in_progress, {}};
        }
        drop_old(now, dropped);
        entries_.push_back({std::string(key), std::nullopt, now, {}});
        by_key_[entries_.back().key] = std::prev(entries_.end());
        return {};
    }();
    for (auto const& waiter : dropped)
        waiter(std::nullopt);
    return look;
}

void Deliveries::finish(std::string_view key, std::optional<std::string_view> answer)
{
    std::vector<Ended> waiters;
    std::optional<std::string> given;
    if (answer)
        given = *answer;
    {
        std::lock_guard const lock(mutex_);
        auto const found = by_key_.find(key);
        if (found == by_key_.end())
            return;
        auto const entry = found->second;  // holds the key that the map points into
        waiters = std::exchange(entry->waiters, {});
        if (given) {
            entry->answer = given;
        } else {
            by_key_.erase(found);
            entries_.erase(entry);
        }
    }
    for (auto const& waiter : waiters)
        waiter(given);
}

void Deliveries::when_ended(std::string_view key, Ended waiter)
{
    std::optional<std::string> answer;
    {
        std::lock_guard const lock(mutex_);
        if (auto const found = by_key_.find(key); found != by_key_.end()) {
            if (!found->second->answer) {
                found->second->waiters.push_back(std::move(waiter));
                return;
            }
            answer = found->second->answer;
        }
    }
    waiter(answer);
}

}  // namespace immunobot::server
