// What one has just done with questions or a draft, so that it can be taken back with one press. What was published has its history
// for that (Tables::undo); questions and drafts have none, so what they were is held in memory, for ten minutes. Any thread.
#pragma once

#include "staff/answers.hpp"
#include "staff/queue.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace immunobot::staff {

inline constexpr std::chrono::minutes undo_time{10};

class Undo {
public:
    Undo(Queue& queue, Answers& answers) : queue_(queue), answers_(answers) {}

    struct Act {
        std::vector<Queue::Done> questions;
        std::optional<knowledge::Draft> draft = {};   // that was thrown away
    };
    // Gives the number that only `by` can take it back under.
    std::int64_t keep(Person const& by, Act act);
    // Whether there is still something to take back under it.
    bool has(Person const& by, std::int64_t number);
    // Once. False: some of it was changed by somebody else meanwhile, and stays as that is. Errc::not_found when it is too late.
    Result<bool> take_back(Person const& by, std::int64_t number);
    // A conversation was erased: nothing of it comes back.
    void clear();

private:
    struct Kept {
        std::int64_t number;
        std::string who;
        std::chrono::steady_clock::time_point at;
        Act act;
    };
    void drop_old();                                                             // under mutex_
    std::deque<Kept>::iterator find(Person const& by, std::int64_t number);      // under mutex_

    Queue& queue_;
    Answers& answers_;
    std::mutex mutex_;   // what follows
    std::int64_t last_ = 0;
    std::deque<Kept> kept_;
};

}  // namespace immunobot::staff
