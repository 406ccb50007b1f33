#include "assistant/verdict.hpp"

#include "assistant/told.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr float enough_alike = 0.6f;  // ... and some way of asking for it is near
constexpr float all_stated = 0.95f;   // for a yes: every word of the question stands in the fact itself

// Years are compared with years, amounts with amounts; where the fact has none of the kind nothing follows.
Verdict by_numbers(Analysis const& analysis, FactFeatures const& fact)
{
    Verdict out = Verdict::none;
    for (auto const& asked : analysis.numbers) {
        auto const same_kind = [&](std::string const& told) { return is_year(told) == is_year(asked); };
        if (std::ranges::find(fact.numbers, asked) != fact.numbers.end())
            out = out == Verdict::no ? out : Verdict::yes;
        else if (std::ranges::any_of(fact.numbers, same_kind))
            out = Verdict::no;
    }
    return out;
}

bool covers(RankedFact const& fact, std::size_t slot)
{
    return slot < 64 && (fact.slots >> slot & 1u) != 0;
}

// The question names somebody where the fact names somebody else of the same kind.
bool names_another(Snapshot const& snapshot, Analysis const& analysis, RankedFact const& fact)
{
    auto const& features = snapshot.index.facts()[fact.fact];
    for (std::size_t i = 0; i < analysis.slots.size(); ++i) {
        auto const& slot = analysis.slots[i];
        bool const of_it = features.counted ? snapshot.index.states(fact.fact, slot.entity) : covers(fact, i);
        if (slot.kind != Slot::Kind::entity || !slot.counts || of_it)
            continue;
        auto const kind = snapshot.entities[slot.entity].kind;
        if (std::ranges::any_of(features.value_entities, [&](EntityId value) { return snapshot.entities[value].kind == kind; }))
            return true;
    }
    return false;
}

// A way of asking may name somebody of whom the fact itself says nothing.
bool states(Snapshot const& snapshot, Slot const& slot, RankedFact const& fact)
{
    return slot.kind != Slot::Kind::entity || snapshot.index.states(fact.fact, slot.entity);
}

bool is_named(Analysis const& analysis, EntityId entity)
{
    return std::ranges::any_of(analysis.slots, [&](Slot const& slot) { return slot.kind == Slot::Kind::entity && slot.entity == entity; });
}

// "Does Jane lead it?" is not settled by "Paul, who succeeded Jane, leads it", nor by "Jane led it until 2005".
bool is_of_others_or_over(Snapshot const& snapshot, Analysis const& analysis, FactFeatures const& fact)
{
    auto const& index = snapshot.index;
    bool const over = !fact.valid_to.empty() || is_past(index, fact.property);
    if (over && analysis.numbers.empty())
        return true;
    bool const of_value = std::ranges::any_of(fact.value_entities, [&](EntityId value) { return is_named(analysis, value); });
    return is_held_in_turn(index, fact.property) && !fact.value_entities.empty() && !of_value;
}

// "the biggest", "the same as": more than a fact about one of them can settle.
bool compares(Analysis const& analysis)
{
    return std::ranges::any_of(analysis.words, [&](AnalysedWord const& word) {
        return (word.word.classes[static_cast<std::size_t>(analysis.language)] & intents::compares) != 0;
    });
}

}  // namespace

Verdict verdict(Snapshot const& snapshot, Analysis const& analysis, RankedFact const& fact)
{
    if (!analysis.yes_no || analysis.negated || compares(analysis))
        return Verdict::none;
    auto const& features = snapshot.index.facts()[fact.fact];
    if (features.is_faq)
        return Verdict::none;
    if (auto const by = by_numbers(analysis, features); by == Verdict::no)
        return by;
    // A list may be one of several: that somebody does not stand in it proves nothing, unless it says how many there are.
    if ((!features.list_value || features.counted) && names_another(snapshot, analysis, fact))
        return Verdict::no;
    for (std::size_t i = 0; i < analysis.slots.size(); ++i)
        if (analysis.slots[i].counts && !(covers(fact, i) && states(snapshot, analysis.slots[i], fact)))
            return Verdict::none;
    if (is_of_others_or_over(snapshot, analysis, features))
        return Verdict::none;
    bool const of_all = (analysis.asks & intents::list_all) != 0;   // that something is so of some says nothing of all
    return !of_all && fact.stated >= all_stated && fact.of(Evidence::alike) >= enough_alike ? Verdict::yes : Verdict::none;
}

}  // namespace immunobot::assistant
