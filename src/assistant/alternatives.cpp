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

// Of two that may be meant the one that is known for sure; nothing if the message has no such two, or neither is.
std::optional<PartDecision> Answering::decide_between(Analysis const& analysis, std::vector<std::string> const& told)
{
    if (analysis.links.size() < 2 || says(analysis, compares))
        return std::nullopt;
    auto const pair = std::ranges::adjacent_find(analysis.links, [&](Link const& one, Link const& other) { return are_alternatives(analysis, one, other); });
    if (pair == analysis.links.end())
        return std::nullopt;
    std::optional<PartDecision> best;
    for (auto const& [kept, left] : {std::pair(pair[0].entity, pair[1].entity), std::pair(pair[1].entity, pair[0].entity)}) {
        auto part = decide_part(without(analysis, left), told);
        bool const of_it = !part.chosen.empty() && snapshot_.index.states(part.chosen[0], kept);
        if (of_it && part.confidence >= sure_enough && (!best || part.confidence > best->confidence))
            best = std::move(part);
    }
    if (best)
        best->steps.push_back("one of two that are named");
    return best;
}

}  // namespace immunobot::assistant
