#include "server/deliveries.hpp"

namespace immunobot::server {

Deliveries::Deliveries(std::size_t most, std::chrono::seconds keep) : most_(most), keep_(keep) {}

void Deliveries::drop_old(Clock::time_point now)
{
    while (!entries_.empty() && (entries_.size() >= most_ || now - entries_.front().since > keep_)) {
        by_key_.erase(entries_.front().key);
        entries_.pop_front();
    }
}

Deliveries::Look Deliveries::begin(std::string_view key, Clock::time_point now)
{
    std::lock_guard const lock(mutex_);
    if (auto const found = by_key_.find(key); found != by_key_.end() && now - found->second->since <= keep_) {
        auto const& entry = *found->second;
        return entry.answer ? Look{Seen::answered, *entry.answer} : Look{Seen::in_progress, {}};
    }
    drop_old(now);
    entries_.push_back({std::string(key), std::nullopt, now});
    by_key_[entries_.back().key] = std::prev(entries_.end());
    return {};
}

void Deliveries::finish(std::string_view key, std::optional<std::string_view> answer)
{
    std::lock_guard const lock(mutex_);
    auto const found = by_key_.find(key);
    if (found == by_key_.end())
        return;
    if (answer) {
        found->second->answer = std::string(*answer);
        return;
    }
    auto const entry = found->second;  // holds the key that the map points into
    by_key_.erase(found);
    entries_.erase(entry);
}

}  // namespace immunobot::server
