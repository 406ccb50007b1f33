// Which webhook deliveries have been answered, so that a repeated one gets the same answer and does nothing
// more. Senders repeat within minutes and time stamps are refused after five, so memory is enough.
// Any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

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

private:
    struct Entry {
        std::string key;
        std::optional<std::string> answer;
        Clock::time_point since;
    };
    void drop_old(Clock::time_point now);

    std::mutex mutex_;
    std::list<Entry> entries_;   // oldest first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
    std::size_t most_;
    std::chrono::seconds keep_;
};

}  // namespace immunobot::server
