#include "server/platform_keys.hpp"

namespace immunobot::server {
namespace {

constexpr auto good_for = std::chrono::hours(24);
constexpr auto seldom = std::chrono::hours(1);
constexpr auto rest_after_failure = std::chrono::seconds(30);

}  // namespace

std::string PlatformKeys::of(channels::Channel const& channel, channels::Settings const& settings) const
{
    if (auto const given = settings.one("jwks"); !given.empty())
        return std::string(given);
    std::lock_guard const lock(mutex_);
    auto const found = entries_.find(&channel);
    return found == entries_.end() || found->second.address != settings.one(channel.keys_setting) ? std::string() : found->second.keys;
}

void PlatformKeys::are_old(channels::Channel const& channel, Clock::time_point now)
{
    std::lock_guard const lock(mutex_);
    auto& entry = entries_[&channel];
    if (!entry.keys.empty() && now - entry.fetched_at >= seldom)
        entry.fetch_at = now;
}

bool PlatformKeys::are_wanted(channels::Channel const& channel, std::string_view address, Clock::time_point now)
{
    std::lock_guard const lock(mutex_);
    auto& entry = entries_[&channel];
    if (entry.address != address) {
        entry = {};
        entry.address = address;
    }
    if (entry.under_way || now < entry.fetch_at)
        return false;
    entry.under_way = true;
    return true;
}

void PlatformKeys::put(channels::Channel const& channel, std::string_view address, std::string keys, Clock::time_point now)
{
    std::lock_guard const lock(mutex_);
    auto& entry = entries_[&channel];
    if (entry.address != address)
        return;   // it was changed meanwhile
    entry.under_way = false;
    entry.fetch_at = now + (keys.empty() ? Clock::duration(rest_after_failure) : Clock::duration(good_for));
    if (keys.empty())
        return;   // what is there is better than nothing
    entry.keys = std::move(keys);
    entry.fetched_at = now;
}

}  // namespace immunobot::server
