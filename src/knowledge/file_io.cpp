#include "knowledge/file_io.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace immunobot::knowledge {
namespace {

Error failed(std::string const& doing, std::string const& path)
{
    int const code = errno;
    return {Errc::storage, "cannot " + doing + ' ' + path + ": " + std::strerror(code),
            code == ENOSPC || code == EDQUOT || code == EFBIG ? "make room on the disk" : "check the disk and the rights on the folder"};
}

Result<> sync_path(std::string const& path, int flags)
{
    int const descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return failed("open", path);
    bool const synced = ::fsync(descriptor) == 0;
    Error const error = failed("write", path);
    ::close(descriptor);
    if (!synced)
        return error;
    return {};
}

bool write_all(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        ssize_t const written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(written < 0 ? 0 : written));
    }
    return ::fsync(descriptor) == 0;
}

}  // namespace

Result<> sync_file(std::string const& path)
{
    return sync_path(path, O_RDONLY);
}

Result<> sync_folder(std::string const& path)
{
    return sync_path(path, O_RDONLY | O_DIRECTORY);
}

std::string folder_of(std::string const& path)
{
    auto const slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

bool file_exists(std::string const& path)
{
    struct stat info = {};
    return ::lstat(path.c_str(), &info) == 0 || errno != ENOENT;
}

bool same_file(std::string const& one, std::string const& other)
{
    struct stat a = {};
    struct stat b = {};
    return ::stat(one.c_str(), &a) == 0 && ::stat(other.c_str(), &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

Result<> move_into_place(std::string const& draft, std::string const& path)
{
    if (auto synced = sync_file(draft); !synced)
        return synced;
    if (std::rename(draft.c_str(), path.c_str()) != 0)
        return failed("write", path);
    return sync_folder(folder_of(path));
}

Result<> write_file(std::string const& path, std::string_view bytes)
{
    std::string const draft = path + ".new";
    int const descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return failed("write", path);
    bool const written = write_all(descriptor, bytes);
    Error const error = failed("write", path);
    ::close(descriptor);
    if (written)
        return move_into_place(draft, path);
    ::unlink(draft.c_str());
    return error;
}

void remove_database(std::string const& path)
{
    for (char const* suffix : {"", "-wal", "-shm", "-journal"})
        ::unlink((path + suffix).c_str());
}

}  // namespace immunobot::knowledge
