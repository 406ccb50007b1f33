#include "staff/presence.hpp"

#include <algorithm>

namespace immunobot::staff {

void Presence::drop_old(std::int64_t now)
{
    auto const oldest = now - std::chrono::seconds(presence_time).count();
    for (auto& [text, people] : texts_)
        std::erase_if(people, [&](auto const& one) { return one.second.seen < oldest; });
    std::erase_if(texts_, [](auto const& one) { return one.second.empty(); });
}

void Presence::note(std::string_view text, Person const& who, std::int64_t now)
{
    std::lock_guard const lock(mutex_);
    drop_old(now);
    auto& stay = texts_[std::string(text)].try_emplace(who.email, Stay{now, now}).first->second;
    stay.seen = now;
}

void Presence::leave(std::string_view text, Person const& who)
{
    std::lock_guard const lock(mutex_);
    if (auto const found = texts_.find(text); found != texts_.end())
        found->second.erase(who.email);
}

std::vector<Presence::Other> Presence::others(std::string_view text, Person const& me, std::int64_t now)
{
    std::lock_guard const lock(mutex_);
    drop_old(now);
    std::vector<Other> out;
    if (auto const found = texts_.find(text); found != texts_.end())
        for (auto const& [email, stay] : found->second)
            if (email != me.email)
                out.push_back({email, stay.since});
    std::ranges::stable_sort(out, {}, &Other::since);
    return out;
}

}  // namespace immunobot::staff
