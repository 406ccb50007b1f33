// Ids of replies: the second, then 96 random bits, so that nobody can guess another visitor's.
// They begin with the time because they are a key of the question log: ids that grow go to the end of its index, where
// wholly random ones would change a page of it each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string>

namespace immunobot::server {

// One per thread.
class ReplyIds {
public:
    // 32 hexadecimal digits. `now` in seconds since 1970.
    std::string next(std::time_t now = std::time(nullptr));

private:
    std::array<std::uint8_t, 512> random_{};
    std::size_t used_ = 512;
};

}  // namespace immunobot::server
