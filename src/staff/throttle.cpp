#include "staff/throttle.hpp"

#include <algorithm>
#include <utility>

namespace immunobot::staff {

bool Throttle::admits(std::string const& key, Clock::time_point now)
{
    std::lock_guard const lock(mutex_);
    if (tried_.size() >= most_keys_ && !tried_.contains(key))
        make_room(now);
    auto& times = tried_[key];
    while (!times.empty() && times.front() + span_ <= now)
        times.pop_front();
    if (times.size() >= tries_)
        return false;
    times.push_back(now);
    return true;
}

void Throttle::forget(std::string const& key)
{
    std::lock_guard const lock(mutex_);
    tried_.erase(key);
}

// What is over goes; when nothing is, whoever tried longest ago, of those that may try on if there are any: else whoever comes by ever new
// keys would make it forget how often one was tried.
void Throttle::make_room(Clock::time_point now)
{
    std::erase_if(tried_, [&](auto const& one) { return one.second.empty() || one.second.back() + span_ <= now; });
    if (tried_.size() < most_keys_)
        return;
    auto const oldest = std::ranges::min_element(tried_, {}, [this](auto const& one) { return std::pair(one.second.size() >= tries_, one.second.back()); });
    tried_.erase(oldest);
}

}  // namespace immunobot::staff
