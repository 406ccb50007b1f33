// What the handlers work with: the worker's own things, and what all workers share.
#pragma once

#include "knowledge/outbox.hpp"
#include "server/backend.hpp"
#include "server/client_address.hpp"
#include "server/cors.hpp"
#include "server/deliveries.hpp"
#include "server/directline_rooms.hpp"
#include "server/metrics.hpp"
#include "server/options.hpp"
#include "server/page_store.hpp"
#include "server/platform_keys.hpp"
#include "server/rate_limiter.hpp"
#include "server/receipt.hpp"
#include "server/reply_id.hpp"
#include "staff/commands.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace immunobot::server {

inline constexpr unsigned replies_per_minute = 30;
class ConsoleDoor;
struct Route;

// Made once by Server::start; all of it may be used by any thread.
struct Shared {
    ServerOptions options;
    Services& services;
    AllowedOrigins origins;
    TrustedProxies proxies;
    RateLimiter limiter;
    Deliveries deliveries;
    Deliveries repeats;   // questions that a page asked and may ask again
    PageStore pages = {};
    ChannelSettings channels;
    PlatformKeys keys = {};
    RateLimiter brake{replies_per_minute};     // by conversation: two machines that answer one another come to an end
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
    std::atomic<bool> stopping{false};
    std::atomic<std::size_t> streams{0};       // that are open
    ConsoleDoor* console = nullptr;            // null where it is not served
    ConsoleDoor* staff_door = nullptr;         // to the threads that do the staff's work; null where there are none
    std::vector<Metrics const*> metrics = {};  // one per worker; complete before the first request
    DirectLineRooms rooms = {};
};

// Seconds since 1970.
std::int64_t seconds_now(Shared const& shared);

// What a handler notes for the log line and the counters.
struct AnswerNote {
    bool answered = false;
    assistant::Status status = assistant::Status::unknown;
    Language language = Language::en;
};

// A command of the staff's in a chat message. It is carried out by other threads; then the delivery is gone through
// once more, with what they told.
struct StaffOrder {
    std::string delivery;          // its key among those under way; empty: it has none
    std::string account;           // e-mail address
    std::string origin;
    std::optional<Language> language;
    bool in_private = false;
    std::string line;
};
struct StaffTold {
    std::string delivery;              // as in the order
    std::optional<staff::Told> told;   // nothing: whoever it was is no longer staff, and is answered as a visitor
};

// What a delivery brought, and what is to be durable before it is acknowledged.
struct Keeping {
    Route const* route = nullptr;
    std::vector<knowledge::Arrival> arrivals;
    std::vector<std::string> deliveries;   // keys among those under way that end with it
    std::vector<std::string> awaited;      // keys of those under way elsewhere, without whose end it is not acknowledged
    std::unique_ptr<Receipt> receipt = {}; // what is known once the response is written; null: nothing
};

// Of one worker thread.
struct Context {
    Shared& shared;
    Backend& backend;
    Metrics& metrics;
    ReplyIds& ids;
    AnswerNote note = {};
    std::optional<StaffOrder> order = {};      // left behind by a delivery: the response is still to come
    Keeping keeping = {};                      // left behind by a delivery: the response has to wait for it
    StaffTold const* told = nullptr;           // for the delivery that is gone through now
};

}  // namespace immunobot::server
