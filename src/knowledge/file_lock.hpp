// Who uses a database file, told through locks on the small file "<database>.lock" beside it.
//
// Every open connection holds a shared lock on presence, so that restore can refuse while anyone has the
// file open. Whoever writes holds the exclusive lock on writing for the length of one transaction: SQLite
// below 3.51.3 can damage a file in WAL mode when two connections write and checkpoint at the same moment.
// The locks belong to the open file (OFD locks): they work between threads as well as between processes,
// and the system drops them when a process is killed.
#pragma once

#include "base/error.hpp"

#include <string>

namespace immunobot::knowledge {

class FileLock {
public:
    enum class Part { presence, writing };
    enum class Mode { shared, exclusive };

    FileLock() = default;
    // Opens (or makes) the lock file and takes a shared lock on presence. Where the folder is read-only
    // there is nobody to be told, and the lock holds nothing. Errc::busy while a restore is under way.
    static Result<FileLock> open(std::string const& database);

    FileLock(FileLock&& from) noexcept;
    FileLock& operator=(FileLock&& from) noexcept;
    ~FileLock();

    // Waits at most wait_ms, then Errc::busy.
    Result<> take(Part part, Mode mode, int wait_ms);
    void release(Part part);

private:
    int descriptor_ = -1;
};

// Holds the lock on writing until the end of the scope.
class WritingLock {
public:
    static Result<WritingLock> take(FileLock& lock, int wait_ms = 10'000);
    WritingLock(WritingLock&& from) noexcept : lock_(from.lock_) { from.lock_ = nullptr; }
    WritingLock& operator=(WritingLock&&) = delete;
    ~WritingLock();

private:
    explicit WritingLock(FileLock& lock) : lock_(&lock) {}
    FileLock* lock_;
};

}  // namespace immunobot::knowledge
