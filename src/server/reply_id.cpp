#include "server/reply_id.hpp"

#include <cerrno>
#include <system_error>

#include <sys/random.h>

namespace immunobot::server {

std::string ReplyIds::next()
{
    if (used_ == random_.size()) {
        // Up to 256 bytes come whole or not at all; so ask twice.
        for (std::size_t half = 0; half < 2; ++half)
            if (getrandom(random_.data() + half * 256, 256, 0) != 256)
                throw std::system_error(errno, std::generic_category(), "getrandom");
        used_ = 0;
    }
    static constexpr char digits[] = "0123456789abcdef";
    std::string id(32, '0');
    for (std::size_t i = 0; i < 16; ++i) {
        auto const byte = random_[used_++];
        id[2 * i] = digits[byte >> 4];
        id[2 * i + 1] = digits[byte & 15];
    }
    return id;
}

}  // namespace immunobot::server
