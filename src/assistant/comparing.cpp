// Several that are named are asked for together: which is older, what the difference is, the addresses of both.

#include "assistant/answering.hpp"

#include "assistant/confidence.hpp"
#include "assistant/grouping.hpp"

#include <algorithm>
#include <map>
#include <span>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr std::size_t most_each = 6;       // named at once, of whom each is asked for
constexpr float speaks_of_both = 0.75f;    // below it, two that are named are asked for one by one

bool says_year(FactFeatures const& fact)
{
    return std::ranges::any_of(fact.numbers, is_year);
}

}  // namespace

// "Which is older, X or Y?", "the addresses of X and Y": no fact speaks of both, so each is asked for alone. What one of two
// that are compared is, is no answer.
void Answering::answer_each(PartDecision& part)
{
    auto const& analysis = part.analysis;
    std::vector<EntityId> named;
    for (auto const& slot : analysis.slots)
        if (slot.kind == Slot::Kind::entity && slot.counts && std::ranges::find(named, slot.entity) == named.end())
            named.push_back(slot.entity);
    if (named.size() < 2 || named.size() > most_each || part.verdict != Verdict::none)
        return;
    auto const people = std::ranges::count_if(named, [&](EntityId entity) { return snapshot_.entities[entity].kind == "person"; });
    bool const one_sort = people == 0 || static_cast<std::size_t>(people) == named.size();
    bool const compares = one_sort && says(analysis, intents::compares);
    if (!compares && part.confidence >= sure_enough && part.ranked[0].of(Evidence::entity) >= speaks_of_both)
        return;
    if (one_sort && part.confidence < sure_of_one && compare_named(part, named))
        return;
    if (compares && asks_what_each_is(analysis) && tell_what_each_is(part, named))
        return;
    if (auto each = answer_alike(analysis, named)) {
        part.chosen = std::move(each->chosen);
        part.confidence = each->confidence;
        part.intent = each->intent;
        part.steps.push_back("each of the named asked for alone");
    } else if (compares && !part.chosen.empty()) {
        auto const best = part.chosen[0];
        bool const of_all = std::ranges::all_of(named, [&](EntityId entity) { return snapshot_.index.states(best, entity); });
        if (!of_all || (says(analysis, compares_age) && !says_year(snapshot_.index.facts()[best])))
            part.confidence = 0;
    }
}

// What is told of each of `named` alone: the property that all of them have facts of and that the question is likeliest about.
std::optional<PartDecision> Answering::answer_alike(Analysis const& analysis, std::vector<EntityId> const& named)
{
    auto const& facts = snapshot_.index.facts();
    bool const of_age = says(analysis, compares_age);
    struct Sum { float score = 0; std::vector<PartDecision> parts; };
    std::map<std::uint16_t, Sum> sums;
    for (std::size_t i = 0; i < named.size(); ++i) {
        PartDecision one;
        one.analysis = analysis;
        if (of_age)
            one.analysis.asks |= asks_when;
        std::erase_if(one.analysis.slots, [&](Slot const& slot) { return slot.kind == Slot::Kind::entity && slot.entity != named[i]; });
        ranker_.rank(snapshot_, one.analysis, candidates, one.ranked);
        std::erase_if(one.ranked, [&](RankedFact const& fact) {
            auto const& features = facts[fact.fact];
            return features.is_faq || !features.has_entity || features.entity != named[i] || (of_age && !says_year(features));
        });
        for (std::size_t k = 0; k < one.ranked.size(); ++k) {
            auto& sum = sums[facts[one.ranked[k].fact].property];
            if (sum.parts.size() != i)
                continue;   // a lesser one of the same property, or one that not all have
            auto with = one;
            std::rotate(with.ranked.begin(), with.ranked.begin() + static_cast<std::ptrdiff_t>(k), with.ranked.begin() + static_cast<std::ptrdiff_t>(k) + 1);
            sum.score += with.ranked[0].score - one.ranked[0].score;
            sum.parts.push_back(std::move(with));
        }
    }
    Sum* best = nullptr;
    for (auto& [property, sum] : sums)
        if (sum.parts.size() == named.size() && (best == nullptr || sum.score > best->score))
            best = &sum;
    // How old something is, is when it was founded, whatever else is said of it with a year.
    auto const founded = of_age ? sums.find(snapshot_.index.property("founded")) : sums.end();
    bool const by_age = founded != sums.end() && founded->second.parts.size() == named.size();
    if (by_age)
        best = &founded->second;
    if (best == nullptr)
        return std::nullopt;
    PartDecision out;
    for (auto& one : best->parts) {
        float const sure = by_age ? sure_enough : confidence(snapshot_, one.analysis, one.ranked);
        out.confidence += std::max(sure, of_age ? one.ranked[0].of(Evidence::property) : 0.0f) / static_cast<float>(named.size());
        out.chosen.push_back(one.ranked[0].fact);
    }
    out.intent = intent_of(analysis, facts[out.chosen[0]].property);
    return out.confidence >= (says(analysis, compares) && !of_age ? as_likely_as_not : sure_enough) ? std::optional(std::move(out)) : std::nullopt;
}

// "The difference between X and Y": the word of comparing is one that asks what something is, and nothing else is asked.
bool Answering::asks_what_each_is(Analysis const& analysis) const
{
    if (analysis.scores.empty() || says(analysis, compares_age))
        return false;
    auto const first = analysis.scores[0].intent;
    auto const& properties = snapshot_.intent_properties[first];
    auto const is_comparing = [&](AnalysedWord const& word) { return (own_classes(word, analysis.language) & compares) != 0; };
    bool const by_comparing = std::ranges::any_of(analysis.hits, [&](KeywordHit const& hit) {
        auto const words = std::span(analysis.words).subspan(hit.first, hit.count);
        return hit.intent == first && hit.role != KeywordHit::Role::never && std::ranges::any_of(words, is_comparing);
    });
    auto const more = [&](Slot const& slot) {
        return slot.kind == Slot::Kind::word && slot.counts && std::ranges::none_of(analysis.words, [&](AnalysedWord const& word) { return word.folded == slot.text && is_comparing(word); });
    };
    return by_comparing && std::ranges::none_of(analysis.slots, more) && std::ranges::find(properties, snapshot_.index.property("definition")) != properties.end();
}

// What somebody wrote about the difference; otherwise what each of them is. False if neither is known.
bool Answering::tell_what_each_is(PartDecision& part, std::vector<EntityId> const& named)
{
    auto const& facts = snapshot_.index.facts();
    auto const written = std::ranges::find_if(part.ranked, [&](RankedFact const& one) {
        return facts[one.fact].is_faq && one.of(Evidence::alike) >= as_likely_as_not && std::ranges::all_of(named, [&](EntityId entity) { return snapshot_.index.states(one.fact, entity); });
    });
    std::vector<FactIndexId> chosen;
    if (written != part.ranked.end())
        chosen.push_back(written->fact);
    else
        for (auto const entity : named)
            if (auto const fact = definition_of(entity); fact != FactIndex::no_fact)
                chosen.push_back(fact);
    if (written == part.ranked.end() && chosen.size() != named.size())
        return false;
    // What is told accounts for all that was asked: the names, and that they are compared.
    RankedFact told = part.ranked.empty() ? RankedFact() : part.ranked[0];
    told.fact = chosen[0];
    told.coverage = 1;
    told.slots = ~std::uint64_t{0};
    part.ranked.insert(part.ranked.begin(), told);
    part.confidence = sure_enough;
    part.intent = part.analysis.scores[0].intent;
    part.chosen = std::move(chosen);
    part.steps.push_back("what each of the named is");
    return true;
}

// Its definition, or else what it does, its kind or full name; of several the seed's, or the first.
FactIndexId Answering::definition_of(EntityId entity) const
{
    auto const& facts = snapshot_.index.facts();
    auto const before = [&](FactIndexId a, FactIndexId b) { return facts[a].seed != facts[b].seed ? facts[a].seed : a < b; };
    for (auto const* name : {"definition", "activity", "kind", "full_name"}) {
        auto const property = snapshot_.index.property(name);
        FactIndexId best = FactIndex::no_fact;
        for (auto const& posting : snapshot_.index.of_entity(entity)) {
            auto const& fact = facts[posting.fact];
            bool const own = !fact.is_faq && fact.has_entity && fact.entity == entity && fact.property == property;
            if (own && (best == FactIndex::no_fact || before(posting.fact, best)))
                best = posting.fact;
        }
        if (best != FactIndex::no_fact)
            return best;
    }
    return FactIndex::no_fact;
}

}  // namespace immunobot::assistant
