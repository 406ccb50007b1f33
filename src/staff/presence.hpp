// Who is at which text just now, so that nobody begins what a colleague has begun. In memory alone: whoever still is there after a
// restart is noted again with the next key. Any thread.
#pragma once

#include "staff/role.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::staff {

// Without a sign for so long, somebody has gone.
inline constexpr std::chrono::minutes presence_time{10};

class Presence {
public:
    // `who` has opened `text`, or writes in it.
    void note(std::string_view text, Person const& who, std::int64_t now);
    // Is done with it.
    void leave(std::string_view text, Person const& who);

    struct Other {
        std::string email;
        std::int64_t since = 0;   // opened it
    };
    // Everybody there but `me`, the first first.
    std::vector<Other> others(std::string_view text, Person const& me, std::int64_t now);

private:
    struct Stay {
        std::int64_t since = 0;
        std::int64_t seen = 0;
    };
    void drop_old(std::int64_t now);   // under mutex_

    std::mutex mutex_;                 // what follows
    std::map<std::string, std::map<std::string, Stay, std::less<>>, std::less<>> texts_;
};

}  // namespace immunobot::staff
