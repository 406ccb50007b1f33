// Whether the pages that facts and answers name as their sources are still there. Politely: each page once, one at a time, with a
// pause before the next of the same host, without its body. Only the open internet is asked: an address that leads to a private
// network is not called.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace immunobot::server {

struct LinkCheckOptions {
    std::chrono::milliseconds patience{10'000};   // for each
    std::chrono::milliseconds pause{1'000};       // between two calls to one host
    std::chrono::minutes longest{20};             // for all of them
    std::size_t most = 500;
    std::string authorities = {};
    bool private_allowed = false;                 // for tests
};

struct DeadLink {
    std::string url;
    std::string why;    // "404", "no answer", "private network"
};

struct LinkReport {
    std::size_t checked = 0;
    std::size_t left = 0;          // there was no time for
    std::vector<DeadLink> dead;
};

// Takes minutes; stops soon after `stop` is set. Any thread, but for this alone.
LinkReport check_links(std::vector<std::string> urls, LinkCheckOptions const& options, std::atomic<bool> const& stop);

}  // namespace immunobot::server
