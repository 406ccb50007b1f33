#include "server/work_lane.hpp"

#include <sys/resource.h>

namespace immunobot::server {

WorkLane::WorkLane(std::size_t threads, int nice, std::size_t most_waiting) : most_waiting_(most_waiting)
{
    for (std::size_t i = 0; i < threads; ++i)
        threads_.emplace_back([this, nice] { run(nice); });
}

WorkLane::~WorkLane()
{
    stop();
}

bool WorkLane::take(std::function<void()> work)
{
    {
        std::lock_guard const lock(mutex_);
        if (stopping_ || tasks_.size() >= most_waiting_)
            return false;
        tasks_.push_back(std::move(work));
    }
    work_.notify_one();
    return true;
}

void WorkLane::stop()
{
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
        tasks_.clear();
    }
    work_.notify_all();
    for (auto& thread : threads_)
        if (thread.joinable())
            thread.join();
}

void WorkLane::run(int nice)
{
    // On Linux this is about the calling thread alone.
    setpriority(PRIO_PROCESS, 0, nice);
    while (true) {
        std::unique_lock lock(mutex_);
        work_.wait(lock, [&] { return stopping_ || !tasks_.empty(); });
        if (stopping_)
            return;
        auto const task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
    }
}

}  // namespace immunobot::server
