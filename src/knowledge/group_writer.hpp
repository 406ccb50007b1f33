// A thread that owns a writing connection and makes durable in one commit whatever waits to be written by then. A commit
// waits for the disk and for other writers of the file; here everybody waits for the same one, so that the time a write
// takes does not grow with the number of those who write.
//
// Any thread may ask for a write. Each is all or nothing for itself; the commit is one for all. What waits is bounded by those
// who ask: each connection of the server and the courier have one write at most.
#pragma once

#include "knowledge/schema.hpp"

#include <functional>
#include <memory>

namespace immunobot::knowledge {

class GroupWriter {
public:
    // Runs on the writer's thread within a transaction; what it has written is undone if it fails.
    using Work = std::function<Result<>(Database&)>;
    // Called on the writer's thread once the work is durable or has failed; must not wait for the writer. Errc::busy when
    // another program held the file for too long.
    using Told = std::function<void(Result<> const&)>;

    // `after_each`: on the writer's thread, when all of a commit have been told.
    GroupWriter(OpenDatabase opened, int lock_wait_ms, std::function<void()> after_each);
    ~GroupWriter();   // what waits is still written

    void write(Work work, Told told);
    // Returns when it is durable.
    Result<> write(Work work);
    // Returns when all that was asked for before has been told.
    void settle();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace immunobot::knowledge
