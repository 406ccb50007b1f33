#include "knowledge/file_lock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

namespace immunobot::knowledge {
namespace {

using namespace std::chrono_literals;

struct flock range(FileLock::Part part, short type)
{
    struct flock lock = {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = part == FileLock::Part::presence ? 0 : 1;
    lock.l_len = 1;
    return lock;
}

}  // namespace

Result<FileLock> FileLock::open(std::string const& database)
{
    FileLock lock;
    std::string const path = database + ".lock";
    lock.descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock.descriptor_ < 0) {
        if (errno == EROFS || errno == EACCES || errno == EPERM)
            return lock;
        return Error{Errc::storage, "cannot open " + path + ": " + std::strerror(errno), "check the folder"};
    }
    if (auto taken = lock.take(Part::presence, Mode::shared, 2'000); !taken)
        return taken.error();
    return lock;
}

FileLock::FileLock(FileLock&& from) noexcept : descriptor_(std::exchange(from.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& from) noexcept
{
    std::swap(descriptor_, from.descriptor_);
    return *this;
}

FileLock::~FileLock()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

Result<> FileLock::take(Part part, Mode mode, int wait_ms)
{
    if (descriptor_ < 0)
        return {};
    auto const until = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
    while (true) {
        struct flock lock = range(part, mode == Mode::shared ? F_RDLCK : F_WRLCK);
        if (::fcntl(descriptor_, F_OFD_SETLK, &lock) == 0)
            return {};
        if (errno != EAGAIN && errno != EACCES && errno != EINTR)
            return {};  // a file system without locks; SQLite's own would fail there too
        if (std::chrono::steady_clock::now() >= until)
            return Error{Errc::busy, "another program is using the database", "try again, or stop the other program"};
        std::this_thread::sleep_for(2ms);
    }
}

void FileLock::release(Part part)
{
    if (descriptor_ < 0)
        return;
    struct flock lock = range(part, F_UNLCK);
    ::fcntl(descriptor_, F_OFD_SETLK, &lock);
}

Result<WritingLock> WritingLock::take(FileLock& lock, int wait_ms)
{
    if (auto taken = lock.take(FileLock::Part::writing, FileLock::Mode::exclusive, wait_ms); !taken)
        return taken.error();
    return WritingLock(lock);
}

WritingLock::~WritingLock()
{
    if (lock_)
        lock_->release(FileLock::Part::writing);
}

}  // namespace immunobot::knowledge
