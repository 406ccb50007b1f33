// How often something may be tried: by a clock that does not jump, in bounded memory. Any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

namespace immunobot::staff {

class Throttle {
public:
    using Clock = std::chrono::steady_clock;

    Throttle(std::size_t tries, std::chrono::seconds span, std::size_t most_keys = 20'000) : tries_(tries), span_(span), most_keys_(most_keys) {}

    // Counts a try of `key`; false when there have been too many lately (then it does not count).
    bool admits(std::string const& key, Clock::time_point now);

    // What `key` has tried is forgotten: it got in.
    void forget(std::string const& key);

private:
    void make_room(Clock::time_point now);

    std::size_t tries_;
    std::chrono::seconds span_;
    std::size_t most_keys_;
    std::mutex mutex_;
    std::unordered_map<std::string, std::deque<Clock::time_point>> tried_;
};

}  // namespace immunobot::staff
