// Which webhook deliveries have been answered, so that a repeated one gets the same answer and does nothing
// more. Senders repeat within minutes and time stamps are refused after five, so memory is enough.
// Any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace immunobot::server {

class Deliveries {
public:
    using Clock = std::chrono::steady_clock;

    explicit Deliveries(std::size_t most = 2048, std::chrono::seconds keep = std::chrono::seconds(660));

    enum class Seen { never, in_progress, answered };
    struct Look {
        Seen seen = Seen::never;
        std::string answer;   // when answered
    };

    // Notes that `key` is being answered now, unless it has been seen.
    Look begin(std::string_view key, Clock::time_point now);
    // The answer to a delivery that begin() called new; nothing forgets it, so that it may come again.
    void finish(std::string_view key, std::optional<std::string_view> answer);

    // Tells how one that is in progress ends: with its answer, or nothing if it failed or was forgotten. Called once, on the
    // thread that ends it, or at once if it has ended.
    using Ended = std::function<void(std::optional<std::string> const& answer)>;
    void when_ended(std::string_view key, Ended waiter);

private:
    struct Entry {
        std::string key;
        std::optional<std::string> answer;
        Clock::time_point since;
        std::vector<Ended> waiters;
    };
    void drop_old(Clock::time_point now, std::vector<Ended>& to_tell);

    std::mutex mutex_;
    std::list<Entry> entries_;   // oldest first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
    std::size_t most_;
    std::chrono::seconds keep_;
};

}  // namespace immunobot::server
