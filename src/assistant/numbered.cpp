// Facts of one property that a number tells apart: the phases of a trial, the axes of a cluster.

#include "assistant/answering.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

// "Phase 2", "phases 2 and 3", "the third axis"; but "the 4 phases" says how many there are.
std::vector<std::uint8_t> places_in(Analysis const& analysis)
{
    std::vector<std::uint8_t> out;
    std::size_t last = analysis.words.size();   // where the last of them stands
    for (std::size_t i = 0; i < analysis.words.size(); ++i) {
        auto const& word = analysis.words[i];
        auto const classes = own_classes(word, analysis.language);
        auto const place = place_of_word(word.folded, classes);
        bool const ordinal = (classes & any_ordinal) != 0;
        bool const after_noun = i > 0 && (analysis.words[i - 1].role == Role::entity || is_content(analysis.words[i - 1]));
        if (place == 0 || !(ordinal || after_noun || last + 2 == i))
            continue;
        last = i;
        if (std::ranges::find(out, place) == out.end())
            out.push_back(place);
    }
    return out;
}

// For each of `places` the first fact of this property of the entity that says it; empty unless all are there, and others that
// say none of them.
std::vector<FactIndexId> facts_of_places(FactIndex const& index, FactFeatures const& like, std::vector<std::uint8_t> const& places)
{
    std::vector<FactIndexId> out(places.size(), FactIndex::no_fact);
    bool others = false;
    for (auto const& posting : index.of_entity(like.entity)) {
        auto const& fact = index.facts()[posting.fact];
        if (fact.is_faq || !fact.has_entity || fact.entity != like.entity || fact.property != like.property)
            continue;
        bool one = false;
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (std::ranges::find(fact.places, places[i]) == fact.places.end())
                continue;
            one = true;
            out[i] = std::min(out[i], posting.fact);
        }
        others = others || !one;
    }
    bool const all = std::ranges::find(out, FactIndex::no_fact) == out.end();
    return all && others ? out : std::vector<FactIndexId>();
}

// "Axis 2?", "the difference between phase 1 and phase 3": what is counted is said ("axis", or a name that has the number), and nothing
// else that the fact itself does not say, but that it is compared. Not "the first", "MI 2".
bool says_no_more(FactIndex const& index, Analysis const& analysis, FactIndexId fact)
{
    // "Where's the difference?" asks for no place.
    ClassBits const no_wish = says(analysis, compares) ? compares | asks_where : ClassBits{0};
    ClassBits const other_wishes = (asks_when | asks_where | asks_who | asks_how_many | asks_why | money) & ~no_wish;
    auto const states = [&](TermId term) {
        return std::ranges::any_of(index.of_term(term), [&](Posting const& posting) { return posting.fact == fact && posting.strength >= in_the_fact; });
    };
    auto const more = [&](Slot const& slot) {
        auto const only_asks = [&](AnalysedWord const& word) { return word.folded == slot.text && (own_classes(word, analysis.language) & no_wish) != 0; };
        return slot.kind == Slot::Kind::word && slot.counts && std::ranges::none_of(slot.terms, states) && std::ranges::none_of(analysis.words, only_asks);
    };
    auto const is_ordinal = [&](Slot const& slot) {
        return std::ranges::any_of(analysis.words, [&](AnalysedWord const& word) { return word.folded == slot.text && (own_classes(word, analysis.language) & any_ordinal) != 0; });
    };
    auto const names_it = [&](AnalysedWord const& word) { return word.role == Role::entity && place_of_word(word.folded, {}) > 0; };
    bool const counted = std::ranges::any_of(analysis.words, names_it) || std::ranges::any_of(analysis.slots, [&](Slot const& slot) {
        return slot.kind == Slot::Kind::word && slot.counts && !is_ordinal(slot) && std::ranges::any_of(slot.terms, states);
    });
    auto const of_another = [&](Link const& link) { return link.entity != index.facts()[fact].entity; };
    return counted && std::ranges::none_of(analysis.links, of_another) && (analysis.asks & other_wishes) == 0 && !analysis.negated && std::ranges::none_of(analysis.slots, more);
}

}  // namespace

// "What is phase 2?" is not answered by the other phases as well, and "phases 1 and 3" by both.
void Answering::tell_by_number(PartDecision& part) const
{
    auto const places = places_in(part.analysis);
    if (places.empty() || part.ranked.empty() || (part.analysis.yes_no && !says(part.analysis, compares)))
        return;
    auto const& index = snapshot_.index;
    bool const sure = !part.chosen.empty() && part.confidence >= sure_enough;
    for (auto const& one : part.ranked) {
        auto const& fact = index.facts()[one.fact];
        if (fact.is_faq || !fact.has_entity)
            continue;
        auto found = facts_of_places(index, fact, places);
        if (found.empty() || !((sure && one.fact == part.chosen[0]) || says_no_more(index, part.analysis, found[0])))
            continue;
        std::ranges::sort(found);
        found.erase(std::unique(found.begin(), found.end()), found.end());
        part.chosen = std::move(found);
        part.confidence = std::max(part.confidence, sure_enough);
        part.steps.push_back("told apart by a number");
        return;
    }
}

}  // namespace immunobot::assistant
