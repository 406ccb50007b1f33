// One question: whom it is about, which facts answer it best, how many of them are told, and whether any is.

#include "assistant/answering.hpp"

#include "assistant/confidence.hpp"
#include "assistant/grouping.hpp"
#include "assistant/timing.hpp"
#include "assistant/told.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

// Calibrated on questions written for the purpose; see docs/understanding.md.
constexpr float told_again = 0.85f;        // that the fact told before also answers "since when?"
constexpr float speaks_of_one = 0.3f;      // share of the named entities that an answer has to speak of
constexpr float quite_sure = 0.9f;
constexpr float clear = 0.6f;              // that words which all belong to names ask for more than what that is
constexpr float plainly = 8.0f;            // score of an intent whose keywords leave no doubt of what is asked for,
constexpr float twice = 1.9f;              // ... if the next is this far behind; less will do
constexpr float nearly_all = 0.94f;        // ... where the fact accounts for this share of the question
constexpr std::size_t first_few = 3;       // of the ranked that are looked at as the best
constexpr float beyond_doubt = 0.9f;       // ... unless the first is
constexpr float surer = 0.12f;             // by which another has to be surer than the first
constexpr float named_home = 3.0f;         // weight of "you"
constexpr float soft_home = 1.5f;          // of the house, when nothing is named

constexpr ClassBits asks_something = asks_when | asks_where | asks_who | asks_how_many | money;

bool names_other_than_home(Snapshot const& snapshot, Analysis const& analysis)
{
    return std::ranges::any_of(analysis.links, [&](Link const& l) { return l.entity != snapshot.home; });
}

}  // namespace

PartDecision Answering::decide_part(Analysis analysis, std::vector<std::string> const& told)
{
    if (auto between = decide_between(analysis, told))
        return std::move(*between);
    PartDecision part;
    part.analysis = std::move(analysis);
    imply_home(part);
    if (part.analysis.yes_no)
        for (auto& slot : part.analysis.slots)
            if (slot.kind == Slot::Kind::number) {
                slot.weight *= 0.4f;  // it may be the very thing that is wrong
                slot.counts = false;
            }
    ranker_.rank(snapshot_, part.analysis, candidates, part.ranked);
    if (!told.empty())
        weigh_told(part, told);
    choose(part);
    if (!part.chosen.empty())
        part.verdict = verdict(snapshot_, part.analysis, part.ranked[0]);
    // "Did FOO raise the most?" is not told by what it raised.
    if (part.verdict == Verdict::yes && asked_of_several(snapshot_, part.analysis).ends != 0)
        part.verdict = Verdict::none;
    answer_each(part);
    tell_by_number(part);
    answer_before(part);
    answer_by_difference(part);
    answer_by_membership(part);
    answer_by_tie(part);
    answer_of_kind(part);
    if (part.confidence < sure_enough)
        answer_as_of(part);
    return part;
}

// "you", or nobody named at all: the house that keeps the bot.
void Answering::imply_home(PartDecision& part) const
{
    auto& analysis = part.analysis;
    bool const named = names_other_than_home(snapshot_, analysis);
    bool const implied = analysis.names_home || !named;
    if (snapshot_.home == EntityCard::no_entity || !implied)
        return;
    Slot slot;
    slot.kind = Slot::Kind::entity;
    slot.entity = snapshot_.home;
    slot.weight = analysis.names_home && !named ? named_home : soft_home;
    slot.counts = analysis.names_home && !named;
    slot.text = snapshot_.entities[snapshot_.home].id;
    analysis.slots.push_back(std::move(slot));
    if (analysis.names_home)
        part.steps.push_back("\"you\" is " + snapshot_.entities[snapshot_.home].id);
}

// Only a name: what it is, and whose it is.
bool Answering::only_named(Analysis const& analysis) const
{
    return !analysis.has_content() && analysis.scores.empty() && (analysis.asks & asks_something) == 0 &&
           std::ranges::any_of(analysis.slots, [](Slot const& s) { return s.counts; });
}

void Answering::put_definition_first(PartDecision& part) const
{
    auto const& facts = snapshot_.index.facts();
    for (auto const* name : {"kind", "definition"}) {
        auto const property = snapshot_.index.property(name);
        std::ranges::stable_partition(part.ranked, [&](RankedFact const& r) {
            return facts[r.fact].property == property && !facts[r.fact].is_faq && r.of(Evidence::own) > 0;
        });
    }
}

// The keywords say plainly what is asked for, and this is what the one that is named has of it. Of what the embedding model has learned the
// confidence knows better: there this would only add false answers.
bool Answering::asked_by_keywords(Analysis const& analysis, RankedFact const& best) const
{
    auto const& fact = snapshot_.index.facts()[best.fact];
    bool const learned = best.unanswered > 0;
    if (learned || analysis.scores.empty() || fact.is_faq || best.of(Evidence::own) <= 0 || analysis.negated)
        return false;
    auto const& first = analysis.scores[0];
    auto const& properties = snapshot_.intent_properties[first.intent];
    bool const alone = analysis.scores.size() == 1 || first.score >= twice * analysis.scores[1].score;
    return (first.score >= plainly || best.coverage >= nearly_all) && alone && std::ranges::find(properties, fact.property) != properties.end();
}

// "Which are the sites of the AP-HM?" is answered by the list of them, not by what makes one of them one; "which authorities
// support you?" by who they are, not by how many.
void Answering::put_list_first(PartDecision& part) const
{
    auto const& facts = snapshot_.index.facts();
    auto const& analysis = part.analysis;
    auto const& best = facts[part.ranked[0].fact];
    if (analysis.yes_no || best.is_faq || !best.has_entity || best.list_value || best.value_entities.empty())
        return;
    bool const counts_them = best.value_entities.size() > 1;
    auto const named = [&](EntityId entity) { return std::ranges::any_of(analysis.links, [&](Link const& link) { return link.entity == entity; }); };
    if ((analysis.asks & (counts_them ? list_all | asks_which : ClassBits{list_all})) == 0 || (!counts_them && named(best.entity)))
        return;
    auto const of = counts_them ? best.entity : best.value_entities[0];
    auto const list = std::ranges::find_if(part.ranked, [&](RankedFact const& one) {
        auto const& fact = facts[one.fact];
        auto const has = [&](EntityId entity) { return std::ranges::find(fact.value_entities, entity) != fact.value_entities.end(); };
        return fact.list_value && fact.has_entity && fact.entity == of && (counts_them ? fact.property == best.property && std::ranges::all_of(best.value_entities, has) : has(best.entity));
    });
    if (list != part.ranked.end())
        std::rotate(part.ranked.begin(), list, list + 1);
}

// A fact that says nothing of any of the named is no answer, however well its words fit and whomever its ways of asking name ("was it X or Y?").
// What is asked of the house may be known of one of its members, and what is asked of a place, of somebody there.
bool Answering::speaks_of_named(Analysis const& analysis, RankedFact const& fact) const
{
    bool named = false;
    for (auto const& slot : analysis.slots) {
        if (slot.kind != Slot::Kind::entity || !slot.counts || slot.entity == snapshot_.home || snapshot_.entities[slot.entity].kind == "place")
            continue;
        if (snapshot_.entities[slot.entity].kind == "concept" ? fact.of(Evidence::entity) >= speaks_of_one : snapshot_.index.states(fact.fact, slot.entity))
            return true;
        named = true;
    }
    return !named || snapshot_.index.facts()[fact.fact].is_faq;
}

// The score orders by what speaks for each alone; how sure it is sees all that was found, and may know better of the first few. Not of yes or
// no, for which the fact of the best score is asked; of two that are told together the first stays in front.
float Answering::put_surest_first(PartDecision& part) const
{
    float best = confidence(snapshot_, part.analysis, part.ranked);
    if (part.analysis.yes_no || best >= beyond_doubt)
        return best;
    Together const how{.doubtful = true, .all = (part.analysis.asks & list_all) != 0};
    auto const tells = [&](std::vector<RankedFact> const& ranked, std::size_t place) { return std::ranges::count(told_together(snapshot_.index, ranked, how), place) > 0; };
    std::size_t surest = 0;
    auto trial = part.ranked;
    for (std::size_t place = 1; place < std::min(first_few, part.ranked.size()); ++place) {
        auto const at = static_cast<std::ptrdiff_t>(place);
        std::rotate(trial.begin(), trial.begin() + at, trial.begin() + at + 1);   // to the first place, and the one of before behind it
        float const sure = confidence(snapshot_, part.analysis, trial);
        bool const together = tells(part.ranked, place) || tells(trial, 1);
        std::rotate(trial.begin(), trial.begin() + 1, trial.begin() + at + 1);
        if (sure <= best + surer)
            continue;
        best = sure;
        surest = together ? surest : place;
    }
    auto const at = static_cast<std::ptrdiff_t>(surest);
    std::rotate(part.ranked.begin(), part.ranked.begin() + at, part.ranked.begin() + at + 1);
    return best;
}

void Answering::choose(PartDecision& part) const
{
    auto const& facts = snapshot_.index.facts();
    auto const& analysis = part.analysis;
    std::erase_if(part.ranked, [&](RankedFact const& fact) { return !speaks_of_named(analysis, fact); });
    auto const year = asked_year(analysis.numbers, today_);
    put_ranked_in_time(part, year);
    if (part.ranked.empty())
        return;
    part.confidence = put_surest_first(part);
    if (pries(part)) {
        part.confidence = 0;
        part.steps.push_back("about somebody's private life");
        return;
    }
    if (asked_by_keywords(analysis, part.ranked[0]))
        part.confidence = std::max(part.confidence, sure_enough);
    put_list_first(part);
    if (!year && !analysis.yes_no && !says(analysis, earlier))
        put_newest_first(part);
    bool const bare = part.confidence < clear && only_named(analysis);
    if (bare)
        put_definition_first(part);
    if (part.retold)
        part.confidence = told_again;
    if (part.told_items)
        part.confidence = std::max(part.confidence, as_likely_as_not);
    if (bare && part.ranked[0].of(Evidence::own) > 0)
        part.confidence = 1;
    if (part.confidence < may_be)
        return;
    auto const& best = part.ranked[0];
    auto const& winner = facts[best.fact];
    if (!winner.is_faq && winner.property < snapshot_.intent_of_property.size())
        part.intent = intent_of(analysis, winner.property);
    std::vector<FactIndexId> group;
    for (std::size_t const place : told_together(snapshot_.index, part.ranked, {.doubtful = part.confidence < quite_sure, .alone = bare, .of_one_property = part.retold, .all = (analysis.asks & list_all) != 0}))
        group.push_back(part.ranked[place].fact);
    // The seed's statement first, then the newest; what has no date keeps the order of the data.
    std::ranges::stable_sort(group, [&](FactIndexId x, FactIndexId y) {
        if (facts[x].property != facts[y].property)
            return facts[x].property == winner.property;
        if ((analysis.asks & list_all) != 0 && facts[x].list_value != facts[y].list_value)
            return facts[x].list_value;
        if (winner.list_value && (x == best.fact) != (y == best.fact))
            return x == best.fact;   // "the second one" will be of this list
        if (!winner.figure_of.empty() && (x == best.fact) != (y == best.fact))
            return x == best.fact;   // the newest figure is the best already
        if (facts[x].seed != facts[y].seed)
            return facts[x].seed;
        if (facts[x].valid_from != facts[y].valid_from)
            return facts[x].valid_from > facts[y].valid_from;
        return x < y;
    });
    part.chosen = std::move(group);
}

// Only now, when it is known how sure it is, what was chosen is an answer or is not.
void Answering::settle(PartDecision& part)
{
    part.unsure = part.confidence >= may_be;
    if (part.confidence >= sure_enough)
        return;
    part.chosen.clear();
    part.verdict = Verdict::none;
}

// The best intent that the words hit and the fact's property belongs to; otherwise the property's own.
std::uint32_t Answering::intent_of(Analysis const& analysis, std::uint16_t property) const
{
    for (auto const& score : analysis.scores)
        if (std::ranges::find(snapshot_.intent_properties[score.intent], property) != snapshot_.intent_properties[score.intent].end())
            return score.intent;
    return snapshot_.intent_of_property[property];
}

}  // namespace immunobot::assistant
