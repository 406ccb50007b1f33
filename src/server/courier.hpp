// Makes the calls that wait in the outbox, and fetches what the channels need from their platforms: tokens and public keys.
//
// One thread of its own, on which many calls are under way at once: at most eight for each channel, one for each conversation, so
// that a platform that hangs delays nobody else and messages arrive in their order. A call that fails is tried again, later each
// time or when the platform says; what a platform will never take, or took too long for, becomes a dead letter.
#pragma once

#include "knowledge/outbox.hpp"
#include "server/channel_settings.hpp"
#include "server/platform_keys.hpp"
#include "server/web_call.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace immunobot::server {

class Courier {
public:
    using Time = std::function<std::int64_t()>;   // seconds since 1970

    // All that it is given outlives it. Fails with Errc::bad_option when the client cannot be made.
    static Result<std::unique_ptr<Courier>> start(knowledge::Outbox& outbox, ChannelSettings const& settings, PlatformKeys& keys, WebOptions options,
                                                  Time now);
    ~Courier();   // gives calls under way a moment to end; those that do not are made again after the next start

    struct Counts {
        std::uint64_t delivered = 0;
        std::uint64_t repeated = 0;   // attempts that failed and are made again
        std::uint64_t buried = 0;
    };
    Counts counts() const;   // any thread

private:
    struct Impl;
    explicit Courier(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// What "Retry-After" says, in seconds from `now`: a number, maybe with a fraction, or a date. At most an hour.
std::optional<std::int64_t> seconds_to_wait(std::string_view retry_after, std::int64_t now);

// How long to wait after the attempt number `attempts` (from 0) has failed: a second, and twice as long each time, up to five
// minutes; `id` spreads those that failed together.
std::int64_t back_off(int attempts, std::int64_t id);

}  // namespace immunobot::server
