#include "server/directline_rooms.hpp"

#include <algorithm>

namespace immunobot::server {

DirectLineRooms::Rooms::iterator DirectLineRooms::find(std::string_view id, std::int64_t now)
{
    make_room(now);
    auto const found = by_id_.find(id);
    if (found == by_id_.end())
        return rooms_.end();
    auto const room = found->second;
    room->used = now;
    rooms_.splice(rooms_.begin(), rooms_, room);
    return room;
}

void DirectLineRooms::drop(Rooms::iterator room)
{
    wake(*room);
    while (!room->said.empty())
        drop_first(*room);
    by_id_.erase(room->id);
    rooms_.erase(room);
}

void DirectLineRooms::drop_first(Room& room)
{
    bytes_ -= room.said.front().activity.size();
    room.said.pop_front();
}

void DirectLineRooms::make_room(std::int64_t now)
{
    while (!rooms_.empty() && (rooms_.size() > limits_.rooms || bytes_ > limits_.bytes || rooms_.back().used + limits_.seconds < now))
        drop(std::prev(rooms_.end()));
}

bool DirectLineRooms::open(std::string_view id, std::int64_t now)
{
    std::lock_guard const lock(mutex_);
    if (find(id, now) != rooms_.end())
        return false;
    // No conversation has a thousand activities a second, so after a restart the clock is ahead of what was counted before.
    auto const first = static_cast<std::uint64_t>(std::max<std::int64_t>(now, 0)) * 1000 + 1;
    rooms_.push_front({std::string(id), first, now, {}, {}});
    by_id_[rooms_.front().id] = rooms_.begin();
    make_room(now);
    return true;
}

std::optional<std::uint64_t> DirectLineRooms::next_number(std::string_view id, std::int64_t now)
{
    std::lock_guard const lock(mutex_);
    auto const room = find(id, now);
    if (room == rooms_.end())
        return std::nullopt;
    return room->next++;
}

void DirectLineRooms::add(std::string_view id, std::uint64_t number, std::string activity)
{
    std::lock_guard const lock(mutex_);
    auto const found = by_id_.find(id);
    if (found == by_id_.end())
        return;
    auto& said = found->second->said;
    bytes_ += activity.size();
    // Two threads may add in another order than they took their numbers.
    auto const place = std::find_if(said.rbegin(), said.rend(), [&](Said const& one) { return one.number < number; }).base();
    said.insert(place, {number, std::move(activity)});
    if (said.size() > limits_.activities)
        drop_first(*found->second);
    wake(*found->second);
}

void DirectLineRooms::wake(Room& room)
{
    for (auto const& listener : room.listeners)
        if (auto const wake = listener.lock())
            (*wake)();
}

std::shared_ptr<DirectLineRooms::Wake const> DirectLineRooms::listen(std::string_view id, Wake wake)
{
    std::lock_guard const lock(mutex_);
    auto const found = by_id_.find(id);
    if (found == by_id_.end())
        return nullptr;
    auto& listeners = found->second->listeners;
    std::erase_if(listeners, [](auto const& one) { return one.expired(); });
    if (listeners.size() >= limits_.listeners)
        return nullptr;
    auto handle = std::make_shared<Wake const>(std::move(wake));
    listeners.push_back(handle);
    return handle;
}

std::optional<DirectLineRooms::News> DirectLineRooms::after(std::string_view id, std::uint64_t watermark, std::int64_t now)
{
    std::lock_guard const lock(mutex_);
    auto const room = find(id, now);
    if (room == rooms_.end())
        return std::nullopt;
    News news;
    news.watermark = watermark;
    for (auto const& one : room->said)
        if (one.number > watermark) {
            news.activities.push_back(one.activity);
            news.watermark = one.number;
        }
    return news;
}

}  // namespace immunobot::server
