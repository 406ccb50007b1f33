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

}  // namespace immunobot::server
