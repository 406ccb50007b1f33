// Questions about what ties two that are named: "what is the connection between X and Y?". The answer is a fact that speaks of
// both; where there is none, neither is described instead.

#include "assistant/answering.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr std::string_view tie = "tie";   // the group of words in data/lexicon.csv

// The two that are named, the house among them if it is; nothing if it is one, or more.
std::optional<std::pair<EntityId, EntityId>> two_named(Analysis const& analysis)
{
    std::vector<EntityId> named;
    for (auto const& slot : analysis.slots)
        if (slot.kind == Slot::Kind::entity && slot.counts && std::ranges::find(named, slot.entity) == named.end())
            named.push_back(slot.entity);
    return named.size() == 2 ? std::optional(std::pair(named[0], named[1])) : std::nullopt;
}

// Says something besides the names and that they are tied.
bool asks_more(Snapshot const& snapshot, Analysis const& analysis)
{
    return std::ranges::any_of(analysis.slots, [&](Slot const& slot) { return slot.kind != Slot::Kind::entity && slot.counts && !is_of_group(snapshot, slot.concepts, tie); });
}

}  // namespace

void Answering::answer_by_tie(PartDecision& part) const
{
    auto const& analysis = part.analysis;
    constexpr ClassBits other_wishes = asks_when | asks_where | asks_how_many | asks_why | money;
    if ((analysis.asks & other_wishes) != 0 || analysis.negated || asks_more(snapshot_, analysis) || !says_group(snapshot_, analysis, tie))
        return;
    auto const named = two_named(analysis);
    if (!named)
        return;
    auto const& facts = snapshot_.index.facts();
    auto const speaks_of_both = [&](RankedFact const& one) { return snapshot_.index.states(one.fact, named->first) && snapshot_.index.states(one.fact, named->second); };
    // A fact of one of the two, rather than one of somebody else who has to do with both.
    auto const of_one = [&](RankedFact const& one) {
        auto const& fact = facts[one.fact];
        return fact.has_entity && (fact.entity == named->first || fact.entity == named->second) && speaks_of_both(one);
    };
    auto found = std::ranges::find_if(part.ranked, of_one);
    if (found == part.ranked.end())
        found = std::ranges::find_if(part.ranked, speaks_of_both);
    part.verdict = Verdict::none;
    part.chosen.clear();
    part.confidence = 0;
    if (found == part.ranked.end()) {
        part.steps.push_back("no fact speaks of both that are named");
        return;
    }
    std::rotate(part.ranked.begin(), found, found + 1);
    part.chosen = {part.ranked[0].fact};
    part.confidence = structural;
    if (auto const& fact = facts[part.chosen[0]]; !fact.is_faq)
        part.intent = intent_of(analysis, fact.property);
    part.steps.push_back("what ties the two that are named");
}

}  // namespace immunobot::assistant
