// When a call that failed is made again. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace immunobot::server {

// What "Retry-After" says, in seconds from `now`: a number, maybe with a fraction, or a date. At most an hour.
std::optional<std::int64_t> seconds_to_wait(std::string_view retry_after, std::int64_t now);

// What the body of a 429 says, where the header says nothing: Matrix (retry_after_ms), Telegram (parameters.retry_after), Discord
// (retry_after, with a fraction). At most an hour.
std::optional<std::int64_t> seconds_in_body(std::string_view body);

// How long to wait after the attempt number `attempts` (from 0) has failed: a second, and twice as long each time, up to five
// minutes; `id` spreads those that failed together.
std::int64_t back_off(int attempts, std::int64_t id);

}  // namespace immunobot::server
