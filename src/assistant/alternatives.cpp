// "Is he at FOO or at BAR?": a fact about one of the two answers, though it says nothing of the other.

#include "assistant/answering.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr std::size_t between_names = 4;   // words: "or is he at the"

// Two that are named with "or" between them, and no wish.
bool are_alternatives(Analysis const& analysis, Link const& one, Link const& other)
{
    std::size_t const begin = std::size_t{one.first} + one.count;
    if (one.entity == other.entity || other.first <= begin || other.first - begin > between_names)
        return false;
    bool either = false;
    for (std::size_t i = begin; i < other.first; ++i) {
        if (is_content(analysis.words[i]))
            return false;
        either = either || analysis.words[i].folded == "or" || analysis.words[i].folded == "ou";
    }
    return either;
}

Analysis without(Analysis analysis, EntityId entity)
{
    std::erase_if(analysis.links, [&](Link const& link) { return link.entity == entity; });
    std::erase_if(analysis.slots, [&](Slot const& slot) { return slot.kind == Slot::Kind::entity && slot.entity == entity; });
    analysis.yes_no = false;   // neither yes nor no, but which
    return analysis;
}

}  // namespace

// Of two that may be meant the one that is known for sure; nothing if the message has no such two, or more, or if both are known: then
// both are told. What is told speaks of all others that are named.
std::optional<PartDecision> Answering::decide_between(Analysis const& analysis, std::vector<std::string> const& told)
{
    if (analysis.links.size() < 2 || analysis.negated || says(analysis, compares))
        return std::nullopt;
    std::optional<std::pair<EntityId, EntityId>> pair;
    for (std::size_t i = 0; i + 1 < analysis.links.size(); ++i) {
        if (!are_alternatives(analysis, analysis.links[i], analysis.links[i + 1]))
            continue;
        if (pair)
            return std::nullopt;
        pair = {analysis.links[i].entity, analysis.links[i + 1].entity};
    }
    if (!pair)
        return std::nullopt;
    std::optional<PartDecision> found;
    for (EntityId const left : {pair->second, pair->first}) {
        auto part = decide_part(without(analysis, left), told);
        auto const is_told = [&](Link const& link) { return link.entity == left || link.entity == snapshot_.home || snapshot_.index.states(part.chosen[0], link.entity); };
        if (part.chosen.empty() || part.confidence < sure_enough || !std::ranges::all_of(analysis.links, is_told))
            continue;
        if (found)
            return std::nullopt;
        found = std::move(part);
    }
    if (found)
        found->steps.push_back("one of two that are named");
    return found;
}

}  // namespace immunobot::assistant
