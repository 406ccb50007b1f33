// Threads that do one piece of work after the other and give way to those that answer visitors. What waits is bounded.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace immunobot::server {

class WorkLane {
public:
    // `nice` as in nice(2): 0 gives way to nobody, 19 to everybody.
    WorkLane(std::size_t threads, int nice, std::size_t most_waiting);
    ~WorkLane();  // stop()

    // Any thread. False when too much waits already. The work does not throw.
    bool take(std::function<void()> work);

    // Ends what is under way, drops what waits.
    void stop();

private:
    void run(int nice);

    std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable work_;
    std::deque<std::function<void()>> tasks_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace immunobot::server
