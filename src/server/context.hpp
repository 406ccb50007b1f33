// What the handlers work with: the worker's own things, and what all workers share.
#pragma once

#include "server/backend.hpp"
#include "server/client_address.hpp"
#include "server/cors.hpp"
#include "server/deliveries.hpp"
#include "server/metrics.hpp"
#include "server/options.hpp"
#include "server/page_store.hpp"
#include "server/rate_limiter.hpp"
#include "server/reply_id.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <vector>

namespace immunobot::server {

class ConsoleDoor;

// Made once by Server::start; all of it may be used by any thread.
struct Shared {
    ServerOptions options;
    Services& services;
    AllowedOrigins origins;
    TrustedProxies proxies;
    RateLimiter limiter;
    Deliveries deliveries;
    PageStore pages = {};
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
    std::atomic<bool> stopping{false};
    ConsoleDoor* console = nullptr;            // null where it is not served
    std::vector<Metrics const*> metrics = {};  // one per worker; complete before the first request
};

// What a handler notes for the log line and the counters.
struct AnswerNote {
    bool answered = false;
    assistant::Status status = assistant::Status::unknown;
    Language language = Language::en;
};

// Of one worker thread.
struct Context {
    Shared& shared;
    Backend& backend;
    Metrics& metrics;
    ReplyIds& ids;
    AnswerNote note = {};
};

}  // namespace immunobot::server
