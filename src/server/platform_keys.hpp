// The public keys (JWKS) by which platforms sign their deliveries. The courier fetches them; the workers look. Any thread.
#pragma once

#include "channels/channel.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace immunobot::server {

class PlatformKeys {
public:
    using Clock = std::chrono::steady_clock;

    // What is known of a channel's keys; empty while they are not here. A setting "jwks" stands before what was fetched.
    std::string of(channels::Channel const& channel, channels::Settings const& settings) const;

    // A delivery was signed by a key that is not among them: they are fetched again, at most once an hour.
    void are_old(channels::Channel const& channel, Clock::time_point now);

    // For the courier: whether the channel's keys have to be fetched now from this address. Says so once for each attempt; keys of
    // another address, which the operator has changed, are forgotten.
    bool are_wanted(channels::Channel const& channel, std::string_view address, Clock::time_point now);
    // An attempt at that address ended; an empty text says that it failed.
    void put(channels::Channel const& channel, std::string_view address, std::string keys, Clock::time_point now);

private:
    struct Entry {
        std::string address;             // that the keys come from
        std::string keys;
        Clock::time_point fetch_at{};   // the first time at once
        Clock::time_point fetched_at{};
        bool under_way = false;
    };
    mutable std::mutex mutex_;
    std::map<channels::Channel const*, Entry> entries_;
};

}  // namespace immunobot::server
