#include "staff/guesses.hpp"

#include "assistant/snapshot.hpp"

#include <algorithm>

namespace immunobot::staff {
namespace {

constexpr std::size_t most_known = 5'000;

}  // namespace

std::string Guesses::of(knowledge::Group const& group)
{
    std::lock_guard const lock(mutex_);
    if (auto const snapshot = bot_.snapshot(); read_by_ != snapshot) {
        read_by_ = snapshot;
        rehearsal_.emplace(snapshot);
        known_.clear();
    }
    if (known_.size() >= most_known)
        known_.clear();
    auto const [at, is_new] = known_.try_emplace({group.id, group.version});
    if (is_new)
        at->second = rehearsal_->guess(group.question);
    return at->second;
}

LocalText Guesses::title(std::string_view intent) const
{
    auto const snapshot = bot_.snapshot();
    auto const& all = snapshot->intents->matcher->intents();
    auto const found = std::ranges::find(all, intent, &intents::Intent::id);
    LocalText out{std::string(intent), std::string(intent)};
    if (found != all.end() && !found->title.en.empty() && !found->title.fr.empty())
        out = found->title;
    return out;
}

}  // namespace immunobot::staff
