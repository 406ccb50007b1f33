#include "assistant/conversation.hpp"

namespace immunobot::assistant {

Conversation Conversations::get(std::string const& id)
{
    std::lock_guard const lock(mutex_);
    auto const at = by_id_.find(id);
    if (at == by_id_.end() || std::chrono::steady_clock::now() - at->second->used > keep_)
        return {};
    return at->second->conversation;
}

void Conversations::put(std::string const& id, Conversation conversation)
{
    auto const now = std::chrono::steady_clock::now();
    std::lock_guard const lock(mutex_);
    if (auto const at = by_id_.find(id); at != by_id_.end()) {
        by_age_.erase(at->second);
        by_id_.erase(at);
    }
    by_age_.push_front({id, std::move(conversation), now});
    by_id_.emplace(id, by_age_.begin());
    while (by_age_.size() > most_ || (!by_age_.empty() && now - by_age_.back().used > keep_)) {
        by_id_.erase(by_age_.back().id);
        by_age_.pop_back();
    }
}

std::size_t Conversations::size() const
{
    std::lock_guard const lock(mutex_);
    return by_age_.size();
}

}  // namespace immunobot::assistant
