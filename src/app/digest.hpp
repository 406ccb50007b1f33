// The weekly digest of the staff: made, and sent or written, now or each Monday by itself.
#pragma once

#include "app/command_line.hpp"
#include "staff/desk.hpp"

#include <atomic>
#include <cstdint>
#include <thread>

namespace immunobot::app {

// Takes minutes: the links are checked. Fails when nothing could be written or sent.
Result<> send_digest(Settings const& settings, staff::Desk& desk, std::atomic<bool> const& stop);

// Sends it when its time has come, on a thread of its own. One thread.
class WeeklyDigest {
public:
    WeeklyDigest(Settings const& settings, staff::Desk& desk) : settings_(settings), desk_(desk) {}
    ~WeeklyDigest();

    // Called now and then.
    void look(std::int64_t now);

private:
    Settings const& settings_;
    staff::Desk& desk_;
    std::atomic<bool> stop_{false};
    std::atomic<bool> at_work_{false};
    std::atomic<std::int64_t> due_{0};   // 0: to be found out
    std::thread thread_;
};

}  // namespace immunobot::app
