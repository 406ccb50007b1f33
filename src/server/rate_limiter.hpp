// A token bucket per client address, shared by all threads. The table has a fixed size: when too many
// clients come at once the one that was quiet longest is forgotten (and begins again with a full bucket).
#pragma once

#include "server/client_address.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace immunobot::server {

class RateLimiter {
public:
    using Clock = std::chrono::steady_clock;

    // `per_minute` requests a minute, and as many at once after a quiet minute; 0 = no limit, no memory.
    explicit RateLimiter(unsigned per_minute, std::size_t clients = 65'536);

    // Zero if the request may go on; else the seconds after which the next one may.
    // Any thread. `now` must not go back by much.
    unsigned seconds_to_wait(ClientAddress const& client, Clock::time_point now);

private:
    struct Bucket {
        ClientAddress client;
        double tokens = 0;
        Clock::time_point last{};  // the epoch: never used
    };
    static constexpr std::size_t ways = 8;      // places that one address can take
    static constexpr std::size_t locks = 64;

    Bucket& bucket(std::size_t set, ClientAddress const& client, Clock::time_point now);

    double per_second_;
    double capacity_;
    std::uint64_t key_;   // so that nobody can choose addresses that share a place
    std::size_t sets_;
    std::vector<Bucket> buckets_;
    std::unique_ptr<std::mutex[]> mutexes_;
};

}  // namespace immunobot::server
