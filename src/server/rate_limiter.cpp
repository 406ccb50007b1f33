#include "server/rate_limiter.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

namespace immunobot::server {
namespace {

std::uint64_t mixed(std::uint64_t value)
{
    value ^= value >> 33;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33;
    value *= 0xc4ceb9fe1a85ec53ULL;
    return value ^ value >> 33;
}

}  // namespace

RateLimiter::RateLimiter(unsigned per_minute, std::size_t clients)
    : per_second_(per_minute / 60.0), capacity_(per_minute), sets_(std::max<std::size_t>(1, clients / ways))
{
    std::random_device random;
    key_ = (std::uint64_t{random()} << 32) ^ random();
    if (per_minute == 0)
        return;
    buckets_.resize(sets_ * ways);
    mutexes_ = std::make_unique<std::mutex[]>(locks);
}

RateLimiter::Bucket& RateLimiter::bucket(std::size_t set, ClientAddress const& client, Clock::time_point now)
{
    auto const first = buckets_.begin() + static_cast<std::ptrdiff_t>(set * ways);
    auto const last = first + ways;
    auto found = std::find_if(first, last, [&](Bucket const& one) {
        return one.client == client && one.last != Clock::time_point{};
    });
    if (found == last) {
        found = std::min_element(first, last, [](auto const& a, auto const& b) { return a.last < b.last; });
        *found = {client, capacity_, now};
    }
    return *found;
}

unsigned RateLimiter::seconds_to_wait(ClientAddress const& client, Clock::time_point now)
{
    if (buckets_.empty())
        return 0;
    auto const limited = client.limited();
    std::uint64_t halves[2];
    std::memcpy(halves, limited.bytes.data(), sizeof halves);
    auto const set = mixed(mixed(halves[0] ^ key_) ^ halves[1]) % sets_;
    std::lock_guard const lock(mutexes_[set % locks]);
    auto& own = bucket(set, limited, now);
    double const elapsed = std::max(0.0, std::chrono::duration<double>(now - own.last).count());
    own.tokens = std::min(capacity_, own.tokens + elapsed * per_second_);
    own.last = std::max(own.last, now);
    if (own.tokens >= 1) {
        own.tokens -= 1;
        return 0;
    }
    return static_cast<unsigned>(std::max(1.0, std::ceil((1 - own.tokens) / per_second_)));
}

}  // namespace immunobot::server
