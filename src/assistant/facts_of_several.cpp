#include "assistant/facts_of_several.hpp"

#include "assistant/timing.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr std::size_t most_compared = 3;      // told where an end is asked for,
constexpr std::size_t most_of_all = 8;        // ... and where all are: not a part of them
constexpr float sure_property = 0.6f;         // that it is this property which is asked for
constexpr float by_a_keyword = 0.8f;          // strength of a keyword that may ask for it alone
constexpr float by_a_word = 0.4f;             // ... of one that only helps
constexpr double surely_more = 2;             // times: of two currencies
constexpr char const* sizes[] = {"headcount", "capacity"};
constexpr char const* doings[] = {"activity", "research_topics", "focus", "product", "definition"};

// What has no date holds now.
bool is_newer(FactFeatures const& a, FactFeatures const& b)
{
    return !b.valid_from.empty() && (a.valid_from.empty() || a.valid_from.substr(0, 4) > b.valid_from.substr(0, 4));
}

// What its figure counts: "people", "EUR", "EUR per year".
std::string_view unit_of(FactFeatures const& fact)
{
    std::string_view const unit = fact.figure_of;
    return unit.substr(0, fact.names_money ? unit.find(" (") : unit.find(' '));
}

bool is_in_list(Postings const& postings, FactIndexId fact, float strength)   // which are in the order of facts
{
    auto const at = std::ranges::lower_bound(postings, fact, {}, &Posting::fact);
    return at != postings.end() && at->fact == fact && at->strength >= strength;
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
    take_one_of_each(out);
    if (out.size() < (chosen ? 1u : 2u))
        out = asked_.ends == 0 ? what_they_do() : std::vector<FactIndexId>();
    else if (asked_.ends != 0)
        order(out);
    if (out.size() > most_of_all)
        return {};
    if (!out.empty() && asked_.by_size() && asks_only_end())
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
    return by_keywords(property) >= by_a_keyword ? property : FactIndex::no_property;
}

// Nothing is asked for but an end: "the biggest company".
bool FactsOfSeveral::asks_only_end() const
{
    return std::ranges::all_of(analysis_.slots, [&](Slot const& slot) { return slot.kind != Slot::Kind::word || !slot.counts || asked_.takes(analysis_, slot) || is_of_home(slot); });
}

// The year of founding; the property with figures that is asked for, and that the most of them have; or else the size.
std::uint16_t FactsOfSeveral::figure_asked_for() const
{
    if (asked_.mixed())
        return FactIndex::no_property;
    if (asked_.by_years())
        return (analysis_.asks & asks_who) == 0 ? snapshot_.index.property("founded") : FactIndex::no_property;
    std::uint16_t best = FactIndex::no_property;
    float most_wished = 0;
    auto const offer = [&](std::uint16_t property, float wish) {
        auto facts = facts_of(property);
        choose(facts, property);
        take_one_of_each(facts);
        auto const have = std::ranges::count_if(facts, [&](FactIndexId fact) { return !of(fact).figure_of.empty(); });
        if (order(facts); facts.empty())
            return;   // square metres and beds
        if (float const wished = wish * static_cast<float>(have); have > 1 && wished > most_wished) {
            most_wished = wished;
            best = property;
        }
    };
    if (asks_only_end())
        for (auto const* name : asked_.by_size() ? std::span(sizes) : std::span<char const* const>())
            offer(snapshot_.index.property(name), 1);
    else
        for (std::uint16_t property = 0; property < likely_.size(); ++property)
            if (by_keywords(property) >= least_keyword())
                offer(property, 1 + likely_[property]);
    return best;
}

std::vector<FactIndexId> FactsOfSeveral::facts_of(std::uint16_t property) const
{
    std::vector<FactIndexId> out;
    for (auto const& posting : snapshot_.index.of_property(property))
        if (auto const& fact = of(posting.fact); fact.has_entity && among_[fact.entity] && is_told(snapshot_, posting.fact, today_))
            out.push_back(posting.fact);
    return out;
}

// Of several figures of one body the one that holds now, or is the newest; of several years the first that the data has.
void FactsOfSeveral::take_one_of_each(std::vector<FactIndexId>& facts) const
{
    auto const founded = snapshot_.index.property("founded");
    std::vector<FactIndexId> out;
    for (auto const fact : facts) {
        auto const same = std::ranges::find_if(out, [&](FactIndexId other) { return of(other).entity == of(fact).entity; });
        bool const one = !of(fact).figure_of.empty() || of(fact).property == founded;
        if (same == out.end() || !one)
            out.push_back(fact);
        else if (!of(fact).figure_of.empty() && is_newer(of(fact), of(*same)))
            *same = fact;
    }
    facts = std::move(out);
}

// "Which companies work on FOO?": those that have what is named, or said, in what they are or do.
std::vector<FactIndexId> FactsOfSeveral::what_they_do() const
{
    bool asked = false;
    std::vector<FactIndexId> out;
    for (auto const* name : doings) {
        auto const property = snapshot_.index.property(name);
        asked = asked || by_keywords(property) >= by_a_keyword;
        auto facts = facts_of(property);
        if (!choose(facts, FactIndex::no_property))
            return {};
        for (auto const fact : facts)
            if (std::ranges::none_of(out, [&](FactIndexId other) { return of(other).entity == of(fact).entity; }))
                out.push_back(fact);
    }
    std::ranges::sort(out);
    return asked ? out : std::vector<FactIndexId>();
}

// Leaves those that state each word, notion and number of the question. True if any of them can choose: whatever is not asked for in any case.
bool FactsOfSeveral::choose(std::vector<FactIndexId>& facts, std::uint16_t property) const
{
    bool chooses = !asked_.bounds.empty();
    std::erase_if(facts, [&](FactIndexId fact) { return !is_in_bounds(fact); });
    for (auto const& slot : analysis_.slots) {
        bool const named = slot.kind == Slot::Kind::entity;
        if (!slot.counts || (named && snapshot_.entities[slot.entity].kind != "concept") || is_asked_anyway(slot) || is_plain_wish(slot, property))
            continue;
        std::erase_if(facts, [&](FactIndexId fact) { return !has(fact, slot); });
        bool const wish = std::ranges::any_of(slot.properties, [](auto const& one) { return one.second >= by_a_keyword; });
        chooses = chooses || !wish;
    }
    return chooses;
}

// What says of whom, which end or which years, and what needs no fact that says it.
bool FactsOfSeveral::is_asked_anyway(Slot const& slot) const
{
    if (slot.kind == Slot::Kind::number)
        return asked_.takes(analysis_, slot) || std::ranges::find(asked_.bounds, slot.text, &AskedOfSeveral::Bound::year) != asked_.bounds.end();
    return slot.kind == Slot::Kind::word && (asked_.takes(analysis_, slot) || is_amount(slot) || is_of_home(slot));
}

// A keyword of what is a person, an amount of money or a number of people, whatever word the fact has for it: "who runs", "raised", "researchers".
bool FactsOfSeveral::is_plain_wish(Slot const& slot, std::uint16_t property) const
{
    if (slot.kind != Slot::Kind::word || property >= snapshot_.intent_of_property.size() || snapshot_.intent_of_property[property] == static_cast<std::uint32_t>(-1))
        return false;
    auto const expects = snapshot_.intents->matcher->intents()[snapshot_.intent_of_property[property]].expects;
    bool const plain = expects == Expected::person || expects == Expected::money || property == snapshot_.index.property(sizes[0]);
    return plain && std::ranges::any_of(slot.properties, [&](auto const& one) { return one.first == property && one.second >= least_keyword(); });
}

// Of the few that are named or were told just now a word that may ask for it is enough.
float FactsOfSeveral::least_keyword() const { return asked_.kinds.empty() ? by_a_word : by_a_keyword; }

// A word of the name of the house, as the city that it is in.
bool FactsOfSeveral::is_of_home(Slot const& slot) const
{
    auto const named = snapshot_.linker.named_with(slot.text);
    return std::ranges::find(named, snapshot_.home) != named.end();
}

// "Million", "euros".
bool FactsOfSeveral::is_amount(Slot const& slot) const
{
    return is_of_group(snapshot_, slot.concepts, "money") || std::ranges::any_of(analysis_.words, [&](AnalysedWord const& word) { return word.folded == slot.text && (own_classes(word, analysis_.language) & (money | asks_how_many)) != 0; });
}

bool FactsOfSeveral::has(FactIndexId fact, Slot const& slot) const
{
    if (slot.kind == Slot::Kind::number)
        return has_number(fact, slot.text);
    if (slot.kind == Slot::Kind::entity)
        return snapshot_.index.states(fact, slot.entity);
    auto const& index = snapshot_.index;
    bool const wish = std::ranges::any_of(slot.properties, [](auto const& one) { return one.second >= by_a_keyword; });
    return std::ranges::any_of(slot.terms, [&](TermId term) { return is_in_list(index.of_term(term), fact, in_the_fact); }) ||
           (wish && std::ranges::any_of(slot.concepts, [&](ConceptId id) { return is_in_list(index.of_concept(id), fact, meant_in_the_fact); }));
}

bool FactsOfSeveral::has_number(FactIndexId fact, std::string const& digits) const
{
    return std::ranges::find(of(fact).numbers, digits) != of(fact).numbers.end();
}

// By the year in which it was founded, or from which on the fact holds.
bool FactsOfSeveral::is_in_bounds(FactIndexId fact) const
{
    using Years = AskedOfSeveral::Years;
    auto const& features = of(fact);
    auto const year = features.property == snapshot_.index.property("founded") ? std::to_string(static_cast<int>(features.figure)) : features.valid_from.substr(0, 4);
    return std::ranges::all_of(asked_.bounds, [&](AskedOfSeveral::Bound const& bound) {
        if (!is_year(year))
            return false;
        return bound.years == Years::since ? year >= bound.year : bound.years == Years::after ? year > bound.year : bound.years == Years::until ? year <= bound.year : bound.years == Years::before ? year < bound.year : year == bound.year;
    });
}

// The end that is asked for, by figures of one unit, or of two currencies where these make no difference; of others nothing, for they cannot
// be compared.
void FactsOfSeveral::order(std::vector<FactIndexId>& facts) const
{
    bool const from_below = asked_.from_below();
    std::ranges::stable_sort(facts, [&](FactIndexId a, FactIndexId b) { return from_below ? of(a).figure < of(b).figure : of(a).figure > of(b).figure; });
    auto const comparable = [&](FactFeatures const& a, FactFeatures const& b) {
        bool const both_money = a.names_money && b.names_money && a.figure_of.size() == b.figure_of.size() && a.figure_of.substr(3) == b.figure_of.substr(3);
        return unit_of(a) == unit_of(b) || (both_money && std::max(a.figure, b.figure) >= surely_more * std::min(a.figure, b.figure));
    };
    for (std::size_t i = 0; i < facts.size(); ++i)
        if (of(facts[i]).figure <= 0 || (i > 0 && !comparable(of(facts[i - 1]), of(facts[i]))))
            return facts.clear();
    if (asked_.both())
        facts = {facts.front(), facts.back()};
    facts.resize(std::min(facts.size(), most_compared));
}

// "FOO is the largest hospital", before the figures of all.
void FactsOfSeveral::put_stated_first(std::vector<FactIndexId>& facts) const
{
    std::vector<FactIndexId> stating;
    for (auto const id : meanings_of_end())
        for (auto const fact : facts_of(snapshot_.index.property("definition")))
            if (says_kind(fact) && is_in_list(snapshot_.index.of_concept(id), fact, meant_in_the_fact) && std::ranges::find(stating, fact) == stating.end())
                stating.push_back(fact);
    if (auto const best = std::ranges::find_first_of(ranked_, stating, {}, &RankedFact::fact); stating.size() > 1 && best != ranked_.end())
        stating = {best->fact};   // the other is the largest of something else
    if (stating.size() == 1)
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
            if (says_at(analysis_, i, phrase))
                out.insert(out.end(), phrase.concepts.begin(), phrase.concepts.end());
    }
    return out;
}

// Whether its sentences have the word for the kind, which has to be named.
bool FactsOfSeveral::says_kind(FactIndexId fact) const
{
    bool says = asked_.kind_words > 0;
    for (std::size_t i = 0; i < analysis_.words.size(); ++i)
        if (asked_.is_of_kind(i))
            says = says && is_in_list(snapshot_.index.of_term(analysis_.words[i].word.stem[static_cast<std::size_t>(analysis_.language)]), fact, in_the_fact);
    return says;
}

}  // namespace immunobot::assistant
