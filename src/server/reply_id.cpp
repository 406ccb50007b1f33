#include "server/reply_id.hpp"

#include <cerrno>
#include <system_error>

#include <sys/random.h>

namespace immunobot::server {
namespace {

constexpr std::size_t time_bytes = 4;     // seconds since 1970, good until 2106
constexpr std::size_t random_bytes = 12;

}  // namespace

std::string ReplyIds::next(std::time_t now)
{
    if (used_ + random_bytes > random_.size()) {
        // Up to 256 bytes come whole or not at all; so ask twice.
        for (std::size_t half = 0; half < 2; ++half)
            if (getrandom(random_.data() + half * 256, 256, 0) != 256)
                throw std::system_error(errno, std::generic_category(), "getrandom");
        used_ = 0;
    }
    static constexpr char digits[] = "0123456789abcdef";
    std::string id;
    id.reserve(2 * (time_bytes + random_bytes));
    auto const append = [&](unsigned byte) {
        id += digits[byte >> 4];
        id += digits[byte & 15];
    };
    auto const seconds = static_cast<std::uint64_t>(now);
    for (std::size_t i = time_bytes; i-- > 0;)
        append(static_cast<unsigned>(seconds >> (8 * i)) & 255);
    for (std::size_t i = 0; i < random_bytes; ++i)
        append(random_[used_++]);
    return id;
}

}  // namespace immunobot::server
