// Questions that take one of several away, or ask whether it is all of them: "which hospital is not one of the AP-HM's?",
// "do all of them belong to the AP-HM?". The answer is the list that names the one among others.

#include "assistant/answering.hpp"
#include "assistant/told.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr std::size_t beside = 3;    // words from "besides", "à part" to the name
constexpr std::string_view belonging[] = {"part_of", "has_member", "leader", "governance"};   // what "is run by", "fait partie de" are keywords of

// The one that is named beside the house; nothing if there are none or several.
std::optional<EntityId> sole_named(Snapshot const& snapshot, Analysis const& analysis)
{
    std::optional<EntityId> out;
    for (auto const& link : analysis.links) {
        if (link.entity == snapshot.home || link.entity == out)
            continue;
        if (out)
            return std::nullopt;
        out = link.entity;
    }
    return out;
}

bool asks_for_some(Analysis const& analysis, std::size_t token)
{
    return (own_classes(analysis.words[token], analysis.language) & (asks_which | asks_who | list_all)) != 0;
}

// "Which are not the AP-HM's", "besides the AP-HM, which", but neither "which of the AP-HM's are not" nor "I don't know which are the AP-HM's".
bool takes_away(Analysis const& analysis, Link const& link)
{
    if (!analysis.negated || link.first <= analysis.negated_at)
        return false;
    for (std::size_t i = analysis.negated_at + 1; i < link.first; ++i)
        if (asks_for_some(analysis, i))
            return false;
    for (std::size_t i = 0; i < analysis.negated_at; ++i)
        if (asks_for_some(analysis, i))
            return true;
    return link.first - analysis.negated_at <= beside;
}

// "All the hospitals are the AP-HM's", but not "the AP-HM's hospitals are all ...".
bool all_of_others(Analysis const& analysis, Link const& link)
{
    bool all = false;
    bool kind = false;
    for (std::size_t i = 0; i < link.first; ++i) {
        kind = kind || (all && is_content(analysis.words[i]));
        all = all || (own_classes(analysis.words[i], analysis.language) & list_all) != 0;
    }
    return kind;
}

// How much of what the question is about the fact accounts for, without names.
float substance(Analysis const& analysis, RankedFact const& fact)
{
    float sum = 0;
    for (std::size_t i = 0; i < analysis.slots.size() && i < 64; ++i)
        if (analysis.slots[i].kind == Slot::Kind::word && analysis.slots[i].counts && (fact.slots >> i & 1u) != 0)
            sum += analysis.slots[i].weight;
    return sum;
}

// Holds the question together or carries little: no wish by itself.
bool says_nothing(Analysis const& analysis, std::string const& text)
{
    return std::ranges::any_of(analysis.words, [&](AnalysedWord const& word) {
        return word.folded == text && (!is_content(word) || (own_classes(word, analysis.language) & (light | function_word)) != 0);
    });
}

bool is_of_belonging(FactIndex const& index, Slot const& slot)
{
    return std::ranges::any_of(slot.properties, [&](auto const& keyword) { return std::ranges::find(belonging, index.property_name(keyword.first)) != std::end(belonging); });
}

// Whether the list has every word of substance, or, with `besides`, whether the others say no more than who belongs to whom.
bool accounts_for(FactIndex const& index, Analysis const& analysis, RankedFact const& list, bool besides)
{
    for (std::size_t i = 0; i < analysis.slots.size() && i < 64; ++i) {
        auto const& slot = analysis.slots[i];
        bool const left = slot.kind == Slot::Kind::word && slot.counts && (list.slots >> i & 1u) == 0;
        if (left && !(besides && (says_nothing(analysis, slot.text) || is_of_belonging(index, slot))))
            return false;
    }
    return true;
}

}  // namespace

void Answering::tell_list(PartDecision& part, FactIndexId list, Verdict verdict, std::string step) const
{
    part.chosen = {list};
    part.confidence = std::max(part.confidence, structural);
    part.verdict = verdict;
    part.intent = intent_of(part.analysis, snapshot_.index.facts()[list].property);
    part.steps.push_back(std::move(step));
}

void Answering::answer_by_difference(PartDecision& part) const
{
    auto const& analysis = part.analysis;
    auto const named = sole_named(snapshot_, analysis);
    if (!named)
        return;
    auto const link = std::ranges::find(analysis.links, *named, &Link::entity);
    bool const every = analysis.yes_no && !analysis.negated && all_of_others(analysis, *link);
    constexpr ClassBits other_wishes = asks_when | asks_where | asks_why | money;
    bool const others = !analysis.yes_no && (analysis.asks & (asks_which | list_all | asks_who)) != 0 && (analysis.asks & other_wishes) == 0 && takes_away(analysis, *link);
    if (!every && !others)
        return;
    auto const& facts = snapshot_.index.facts();
    RankedFact const* list = nullptr;
    float most = 0;
    for (auto const& one : part.ranked) {
        auto const& fact = facts[one.fact];
        bool const among_others = fact.list_value && fact.has_entity && fact.entity != *named && fact.value_entities.size() > 1 &&
                                  std::ranges::find(fact.value_entities, *named) != fact.value_entities.end() && lists_members(snapshot_, fact);
        if (float const said = substance(analysis, one); among_others && said > most && accounts_for(snapshot_.index, analysis, one, others)) {
            list = &one;
            most = said;
        }
    }
    if (list != nullptr) {
        tell_list(part, list->fact, every ? Verdict::no : Verdict::none, "a list with others than " + snapshot_.entities[*named].id + ": " + facts[list->fact].id);
    } else if (others && !part.chosen.empty() && facts[part.chosen[0]].has_entity && facts[part.chosen[0]].entity == *named) {
        part.confidence = 0;   // what is known of the one says nothing of the others
        part.steps.push_back("nothing tells the others from " + snapshot_.entities[*named].id);
    }
}

// "Is Belcor one of the hub's companies?", where no fact joins the two: no, if a list of the one's members says how many there are
// and names them all, and the other is not among them.
void Answering::answer_by_membership(PartDecision& part) const
{
    auto const& analysis = part.analysis;
    auto const& facts = snapshot_.index.facts();
    constexpr ClassBits others = asks_who | asks_when | asks_where | asks_how_many | asks_why | money;
    if (!analysis.yes_no || (analysis.asks & others) != 0 || analysis.negated || part.verdict != Verdict::none || analysis.links.size() != 2 || part.chosen.empty())
        return;
    auto const named = [&](EntityId entity) { return analysis.links[0].entity == entity || analysis.links[1].entity == entity; };
    if (std::ranges::all_of(analysis.links, [&](Link const& link) { return snapshot_.index.states(part.chosen[0], link.entity); }))
        return;
    auto const list = std::ranges::find_if(part.ranked, [&](RankedFact const& one) {
        auto const& fact = facts[one.fact];
        return fact.counted && fact.has_entity && named(fact.entity) && lists_members(snapshot_, fact) && substance(analysis, one) > 0 && verdict(snapshot_, analysis, one) == Verdict::no;
    });
    if (list != part.ranked.end())
        tell_list(part, list->fact, Verdict::no, "not one of those of " + facts[list->fact].id);
}

}  // namespace immunobot::assistant
