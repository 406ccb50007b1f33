// The conversations of Direct Line clients, who come and ask what is new. Kept in memory alone, bounded, and forgotten
// after an hour; a client whose conversation is gone goes on in an empty one. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace immunobot::server {

struct DirectLineLimits {
    std::size_t rooms = 10'000;
    std::size_t activities = 100;                    // a room
    std::size_t listeners = 8;                       // a room
    std::size_t bytes = 32U * 1024 * 1024;           // all rooms together
    std::int64_t seconds = 3600;                     // without a sign of life
};

class DirectLineRooms {
public:
    DirectLineRooms() = default;
    explicit DirectLineRooms(DirectLineLimits const& limits) : limits_(limits) {}

    // Makes the conversation; false if there is one of this id. `now` in seconds since 1970.
    bool open(std::string_view id, std::int64_t now);

    // The number of the next activity, counted up; nothing if there is no such conversation. Numbers grow even over a
    // restart, so that what clients remember of them stays good.
    std::optional<std::uint64_t> next_number(std::string_view id, std::int64_t now);
    // `activity` as JSON. In the order of their numbers; no effect if the conversation has gone.
    void add(std::string_view id, std::uint64_t number, std::string activity);

    struct News {
        std::vector<std::string> activities;
        std::uint64_t watermark = 0;   // the number of the last
    };
    // What came after `watermark`; nothing if there is no such conversation.
    std::optional<News> after(std::string_view id, std::uint64_t watermark, std::int64_t now);

    // `wake` is called when something was said in the conversation or the conversation has gone, on the thread that did it
    // and while others wait, so it only posts; as long as what is returned lives. Null: there is no such conversation, or
    // too many listen to it.
    using Wake = std::function<void()>;
    std::shared_ptr<Wake const> listen(std::string_view id, Wake wake);

private:
    struct Said {
        std::uint64_t number;
        std::string activity;
    };
    struct Room {
        std::string id;
        std::uint64_t next;
        std::int64_t used;
        std::list<Said> said;
        std::vector<std::weak_ptr<Wake const>> listeners;
    };
    using Rooms = std::list<Room>;

    Rooms::iterator find(std::string_view id, std::int64_t now);
    void drop(Rooms::iterator room);
    void drop_first(Room& room);
    void make_room(std::int64_t now);
    static void wake(Room& room);

    DirectLineLimits limits_;
    std::mutex mutex_;
    Rooms rooms_;   // the one that was used last is first
    std::unordered_map<std::string_view, Rooms::iterator> by_id_;   // the keys are those of the rooms
    std::size_t bytes_ = 0;
};

}  // namespace immunobot::server
