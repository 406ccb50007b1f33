#include "staff/erasure.hpp"

#include "knowledge/journal_store.hpp"

#include <algorithm>

namespace immunobot::staff {

Result<knowledge::KeptConversation> Erasure::look(std::string_view reply)
{
    return store_.with([&](auto& store) { return store.kept_of(reply); });
}

// Memory first: what it holds would else be written again by the next answer.
Result<knowledge::KeptConversation> Erasure::erase(Person const& by, std::string_view reply)
{
    auto const kept = look(reply);
    if (!kept)
        return kept.error();
    auto const ids = bot_.forget_if([&](std::string const& id) {
        return std::ranges::any_of(kept->names, [&](auto const& name) { return knowledge::conversation_key(name.salt, id) == name.digest; });
    });
    auto erased = store_.with([&](auto& store) { return store.erase_conversation(reply, ids, {by.email, by.origin, "question.erase", std::string(reply)}); });
    queue_.read_anew();
    return erased;
}

}  // namespace immunobot::staff
