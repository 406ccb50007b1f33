#include "staff/undo.hpp"

#include <algorithm>

namespace immunobot::staff {
namespace {

constexpr std::size_t most_kept = 200;

}  // namespace

void Undo::drop_old()
{
    auto const now = std::chrono::steady_clock::now();
    while (!kept_.empty() && (kept_.size() > most_kept || now - kept_.front().at > undo_time))
        kept_.pop_front();
}

std::deque<Undo::Kept>::iterator Undo::find(Person const& by, std::int64_t number)
{
    drop_old();
    return std::ranges::find_if(kept_, [&](Kept const& one) { return one.number == number && one.who == by.email; });
}

std::int64_t Undo::keep(Person const& by, Act act)
{
    std::lock_guard const lock(mutex_);
    kept_.push_back({++last_, by.email, std::chrono::steady_clock::now(), std::move(act)});
    drop_old();
    return last_;
}

bool Undo::has(Person const& by, std::int64_t number)
{
    std::lock_guard const lock(mutex_);
    return find(by, number) != kept_.end();
}

Result<bool> Undo::take_back(Person const& by, std::int64_t number)
{
    Act act;
    {
        std::lock_guard const lock(mutex_);
        auto const found = find(by, number);
        if (found == kept_.end())
            return Error{Errc::not_found, "there is nothing to be taken back any more"};
        act = std::move(found->act);
        kept_.erase(found);
    }
    bool all = true;
    auto const count = [&](auto const& done) -> Result<> {
        if (!done && done.error().code != Errc::conflict && done.error().code != Errc::not_found)
            return done.error();
        all = all && done;
        return {};
    };
    for (auto done = act.questions.rbegin(); done != act.questions.rend(); ++done)
        if (auto const counted = count(queue_.take_back(by, *done)); !counted)
            return counted.error();
    if (act.draft) {
        act.draft->version = 0;
        if (auto const counted = count(answers_.save(by, std::move(*act.draft), "draft.undo")); !counted)
            return counted.error();
    }
    return all;
}

void Undo::clear()
{
    std::lock_guard const lock(mutex_);
    kept_.clear();
}

}  // namespace immunobot::staff
