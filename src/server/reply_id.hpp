// Ids of replies: 128 random bits each, so that nobody can guess another visitor's.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace immunobot::server {

// One per thread.
class ReplyIds {
public:
    // 32 hexadecimal digits.
    std::string next();

private:
    std::array<std::uint8_t, 512> random_{};
    std::size_t used_ = 512;
};

}  // namespace immunobot::server
