#include "assistant/facts_of_several.hpp"

#include "assistant/timing.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr std::size_t most_compared = 3;      // told where an end is asked for,
constexpr std::size_t most_of_all = 8;        // ... and where all are: not a part of them
constexpr float sure_property = 0.6f;         // that it is this property which is asked for
constexpr char const* sizes[] = {"headcount", "capacity"};
constexpr char const* doings[] = {"activity", "research_topics", "focus", "product", "definition"};

// What has no date holds now.
bool is_newer(FactFeatures const& a, FactFeatures const& b)
{
    return !b.valid_from.empty() && (a.valid_from.empty() || a.valid_from.substr(0, 4) > b.valid_from.substr(0, 4));
}

// What its figure counts; amounts of money that are not of the same time are not of one unit, those of two currencies are.
std::string_view unit_of(FactFeatures const& fact)
{
    std::string_view unit = fact.figure_of;
    if (fact.names_money)
        unit.remove_prefix(std::min(unit.find(' '), unit.size()));
    else
        unit = unit.substr(0, unit.find(' '));
    return unit.substr(0, unit.find(" ("));
}

}  // namespace

FactsOfSeveral::FactsOfSeveral(Snapshot const& snapshot, Date const& today, Analysis const& analysis, AskedOfSeveral const& asked, std::vector<EntityId> of, std::span<RankedFact const> ranked)
    : snapshot_(snapshot), today_(today), analysis_(analysis), asked_(asked), of_(std::move(of)), among_(snapshot.entities.size()), ranked_(ranked)
{
    for (EntityId const entity : of_)
        among_[entity] = true;
    read_wish();
}

std::vector<FactIndexId> FactsOfSeveral::find() const
{
    auto const property = asked_.ends == 0 ? wished() : figure_asked_for();
    auto out = facts_of(property);
    bool const chosen = choose(out, property);
    if (out.size() < (chosen ? 1u : 2u))
        out = asked_.ends == 0 ? what_they_do() : std::vector<FactIndexId>();
    else if (asked_.ends != 0)
        order(out);
    if (out.size() > most_of_all)
        return {};
    if (!out.empty() && asked_.ends != 0 && !asked_.by_years() && asks_size())
        put_stated_first(out);
    return out;
}

// What the property model makes of the question with a name in the place of the kind; that no property is asked for, is left out.
void FactsOfSeveral::read_wish()
{
    PropertyModel::Terms terms;
    std::vector<ConceptId> meanings;
    bool name = false;
    for (std::size_t i = 0; i < analysis_.words.size(); ++i) {
        auto const& word = analysis_.words[i];
        bool const more_of_name = name;
        name = asked_.is_of_kind(i) || word.role == Role::entity;
        if (name && !more_of_name)
            terms.push_back(PropertyModel::name_of_kind(snapshot_.index.kind_of(of_[0])));
        if (name)
            continue;
        terms.push_back(word.word.stem[static_cast<std::size_t>(analysis_.language)]);
        meanings.insert(meanings.end(), word.word.concepts.begin(), word.word.concepts.end());
    }
    PropertyModel::add_meanings(terms, meanings);
    PropertyModel::Scratch scratch;
    snapshot_.index.properties().read(terms, scratch);
    snapshot_.index.properties().score(scratch, likely_);
    if (likely_.empty())
        return;
    likely_.pop_back();
    float all = 1e-6f;
    for (float const one : likely_)
        all += one;
    for (float& one : likely_)
        one /= all;
}

// How strongly a keyword of the question asks for it, 0..1; the kind and the end of them are no wish.
float FactsOfSeveral::by_keywords(std::uint16_t property) const
{
    float best = 0;
    for (auto const& slot : analysis_.slots)
        for (auto const& [wish, strength] : slot.properties)
            if (wish == property && slot.kind == Slot::Kind::word && !asked_.takes(analysis_, slot))
                best = std::max(best, strength);
    return best;
}

std::uint16_t FactsOfSeveral::wished() const
{
    auto const best = std::ranges::max_element(likely_);
    if (best == likely_.end() || *best < sure_property)
        return FactIndex::no_property;
    auto const property = static_cast<std::uint16_t>(best - likely_.begin());
    return by_keywords(property) > 0 ? property : FactIndex::no_property;
}

// Nothing is asked for but an end: "the biggest company".
bool FactsOfSeveral::asks_size() const
{
    return std::ranges::none_of(analysis_.slots, [&](Slot const& slot) { return slot.kind == Slot::Kind::word && slot.counts && !asked_.takes(analysis_, slot) && !is_of_home(slot); });
}

// The year of founding, or the property with figures that is asked for and that the most of them have; where none is asked for, the size.
std::uint16_t FactsOfSeveral::figure_asked_for() const
{
    if (asked_.by_years())
        return snapshot_.index.property("founded");
    std::uint16_t best = FactIndex::no_property;
    float most_wished = 0;
    auto const offer = [&](std::uint16_t property, float wish) {
        auto const facts = facts_of(property);
        auto const have = std::ranges::count_if(facts, [&](FactIndexId fact) { return !of(fact).figure_of.empty(); });
        if (float const wished = wish * static_cast<float>(have); have > 1 && wished > most_wished) {
            most_wished = wished;
            best = property;
        }
    };
    if (asks_size())
        for (auto const* name : sizes)
            offer(snapshot_.index.property(name), 1);
    else
        for (std::uint16_t property = 0; property < likely_.size(); ++property)
            if (float const keywords = by_keywords(property); keywords > 0)
                offer(property, keywords + likely_[property]);
    return best;
}

// One of each: of several the one that holds now, or is the newest.
std::vector<FactIndexId> FactsOfSeveral::facts_of(std::uint16_t property) const
{
    std::map<EntityId, FactIndexId> best;
    for (auto const& posting : snapshot_.index.of_property(property)) {
        auto const& fact = of(posting.fact);
        if (!fact.has_entity || !among_[fact.entity] || !is_told(snapshot_, posting.fact, today_))
            continue;
        auto const [at, first] = best.emplace(fact.entity, posting.fact);
        if (!first && !fact.figure_of.empty() && is_newer(fact, of(at->second)))
            at->second = posting.fact;
    }
    std::vector<FactIndexId> out;
    for (auto const& [entity, fact] : best)
        out.push_back(fact);
    return out;
}

// "Which companies work on FOO?": those that have what is named, or said, in what they are or do.
std::vector<FactIndexId> FactsOfSeveral::what_they_do() const
{
    std::map<EntityId, FactIndexId> first;
    bool asked = false;
    for (auto const* name : doings) {
        auto const property = snapshot_.index.property(name);
        asked = asked || by_keywords(property) > 0;
        std::vector<FactIndexId> facts;
        for (auto const& posting : snapshot_.index.of_property(property))
            if (auto const& fact = of(posting.fact); fact.has_entity && among_[fact.entity] && is_told(snapshot_, posting.fact, today_))
                facts.push_back(posting.fact);
        if (choose(facts, property))
            for (auto const fact : facts)
                first.emplace(of(fact).entity, fact);
    }
    std::vector<FactIndexId> out;
    for (auto const& [entity, fact] : first)
        out.push_back(fact);
    return asked ? out : std::vector<FactIndexId>();
}

// Leaves those that have the words, notions and numbers of the question which are no part of the wish. False if it has none of these.
bool FactsOfSeveral::choose(std::vector<FactIndexId>& facts, std::uint16_t property) const
{
    bool chooses = false;
    for (auto const& slot : analysis_.slots) {
        bool const named = slot.kind == Slot::Kind::entity;
        if (!slot.counts || (named && snapshot_.entities[slot.entity].kind != "concept") || is_of_wish(slot, property))
            continue;
        chooses = true;
        std::erase_if(facts, [&](FactIndexId fact) { return !has(fact, slot); });
    }
    return chooses;
}

bool FactsOfSeveral::is_of_wish(Slot const& slot, std::uint16_t property) const
{
    return slot.kind == Slot::Kind::word && (asked_.takes(analysis_, slot) || is_of_home(slot) || is_amount(slot) ||
                                             std::ranges::any_of(slot.properties, [&](auto const& one) { return one.first == property; }));
}

// A word of the name of the house, as the city that it is in.
bool FactsOfSeveral::is_of_home(Slot const& slot) const
{
    auto const named = snapshot_.linker.named_with(slot.text);
    return std::ranges::find(named, snapshot_.home) != named.end();
}

// "Million", "euros".
bool FactsOfSeveral::is_amount(Slot const& slot) const
{
    return std::ranges::any_of(analysis_.words, [&](AnalysedWord const& word) { return word.folded == slot.text && (own_classes(word, analysis_.language) & (money | asks_how_many)) != 0; });
}

bool FactsOfSeveral::has(FactIndexId fact, Slot const& slot) const
{
    if (slot.kind == Slot::Kind::number)
        return has_number(fact, slot.text);
    if (slot.kind == Slot::Kind::entity)
        return snapshot_.index.states(fact, slot.entity);
    return std::ranges::any_of(slot.terms, [&](TermId term) {
        return std::ranges::any_of(snapshot_.index.of_term(term), [&](Posting const& posting) { return posting.fact == fact && posting.strength >= in_the_fact; });
    });
}

bool FactsOfSeveral::has_number(FactIndexId fact, std::string const& digits) const
{
    using Years = AskedOfSeveral::Years;
    auto const& numbers = of(fact).numbers;
    if (asked_.years == Years::in || !is_year(digits))
        return std::ranges::find(numbers, digits) != numbers.end();
    return std::ranges::any_of(numbers, [&](std::string const& number) { return is_year(number) && (asked_.years == Years::since ? number >= digits : number < digits); });
}

// The end that is asked for, by figures of one unit; of several units nothing, for they cannot be compared.
void FactsOfSeveral::order(std::vector<FactIndexId>& facts) const
{
    bool const one_unit = std::ranges::all_of(facts, [&](FactIndexId fact) { return of(fact).figure > 0 && unit_of(of(fact)) == unit_of(of(facts[0])); });
    if (!one_unit)
        return facts.clear();
    bool const from_below = asked_.from_below();
    std::ranges::stable_sort(facts, [&](FactIndexId a, FactIndexId b) { return from_below ? of(a).figure < of(b).figure : of(a).figure > of(b).figure; });
    if (asked_.both())
        facts = {facts.front(), facts.back()};
    facts.resize(std::min(facts.size(), most_compared));
}

// "FOO is the largest hospital", before the figures of all.
void FactsOfSeveral::put_stated_first(std::vector<FactIndexId>& facts) const
{
    std::vector<FactIndexId> stating;
    for (auto const id : meanings_of_end())
        for (auto const& posting : snapshot_.index.of_concept(id)) {
            auto const& fact = of(posting.fact);
            bool const states = posting.strength >= meant_in_the_fact && !fact.is_faq && fact.has_entity && among_[fact.entity] && says_kind(posting.fact);
            if (states && std::ranges::find(stating, posting.fact) == stating.end())
                stating.push_back(posting.fact);
        }
    if (auto const best = std::ranges::find_first_of(ranked_, stating, {}, &RankedFact::fact); stating.size() > 1 && best != ranked_.end())
        stating = {best->fact};   // the other is the largest of something else
    if (stating.size() == 1 && std::ranges::find(facts, stating[0]) == facts.end())
        facts.insert(facts.begin(), stating[0]);
}

// "Biggest", "plus grand".
std::vector<ConceptId> FactsOfSeveral::meanings_of_end() const
{
    std::vector<ConceptId> out;
    auto const& words = analysis_.words;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!asked_.taken[i] || asked_.is_of_kind(i))
            continue;
        out.insert(out.end(), words[i].word.concepts.begin(), words[i].word.concepts.end());
        for (auto const& phrase : snapshot_.vocabulary.lexicon().phrases_at(words[i].word.phrases))
            if (i + phrase.words.size() <= words.size() && std::ranges::equal(std::span(words).subspan(i, phrase.words.size()), phrase.words, {}, &AnalysedWord::folded))
                out.insert(out.end(), phrase.concepts.begin(), phrase.concepts.end());
    }
    return out;
}

// Whether its sentences have the word for the kind, if the question has one.
bool FactsOfSeveral::says_kind(FactIndexId fact) const
{
    for (std::size_t i = 0; i < analysis_.words.size(); ++i) {
        auto const term = analysis_.words[i].word.stem[static_cast<std::size_t>(analysis_.language)];
        if (asked_.is_of_kind(i) && std::ranges::none_of(snapshot_.index.of_term(term), [&](Posting const& posting) { return posting.fact == fact && posting.strength >= in_the_fact; }))
            return false;
    }
    return true;
}

}  // namespace immunobot::assistant
