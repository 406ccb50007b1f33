// Counters of one worker thread, and their sum as Prometheus text. The owner counts, any thread reads.
#pragma once

#include "assistant/reply.hpp"
#include "base/language.hpp"
#include "knowledge/journal.hpp"
#include "knowledge/outbox.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <optional>
#include <string>

namespace immunobot::server {

// Written by one thread alone, so adding needs no locked instruction.
class Counter {
public:
    void add(std::uint64_t amount = 1)
    {
        value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

// How long things took, in fixed classes.
class Histogram {
public:
    // Upper bounds in microseconds; one more class holds the rest.
    static constexpr std::array<std::uint32_t, 14> bounds = {25,    50,     100,    250,     500,     1000,   2500,
                                                             5000, 10'000, 25'000, 50'000, 100'000, 250'000, 1'000'000};

    void add(std::chrono::nanoseconds took);
    void add_to(std::array<std::uint64_t, bounds.size() + 1>& sums, std::uint64_t& nanoseconds) const;

private:
    std::array<Counter, bounds.size() + 1> classes_;
    Counter nanoseconds_;
};

inline constexpr std::size_t most_routes = 128;

struct alignas(64) Metrics {
    std::array<std::array<Counter, 6>, most_routes> requests;  // by route and status class (index 0: none)
    std::array<std::array<Counter, 2>, 5> answers;             // by Status and Language
    Histogram request_time;                                    // routing to answer, without the network
    Histogram answer_time;                                     // understanding and composing alone
    Counter refused;                                           // turned away before a route was known
    Counter limited;
    Counter accepted;                                          // connections
    Counter evicted;                                           // connections closed to make room
    Counter timed_out;
    Counter failures;                                          // exceptions caught
    std::atomic<std::int64_t> open{0};                         // connections now
};

struct MetricsExtra {
    std::span<std::string_view const> route_names;
    knowledge::Journal::Counters journal;
    std::optional<knowledge::Outbox::Counts> outbox = {};
    std::size_t facts = 0;
    std::size_t intents = 0;
    std::size_t problems = 0;
    std::size_t streams = 0;
    double uptime_seconds = 0;
};

void append_metrics(std::string& out, std::span<Metrics const* const> workers, MetricsExtra const& extra);

}  // namespace immunobot::server
