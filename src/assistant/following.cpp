// Answers that the structure of the facts gives, whatever the words: "is the Region one of them?", "and before him?".

#include "assistant/answering.hpp"

#include "assistant/told.hpp"
#include "text/trim.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr float nearly_as_good = 1.0f;       // in scores
constexpr ClassBits follow_up_wishes = asks_when | asks_where | asks_who | asks_how_many | asks_why | money;

PartDecision told_of(Analysis const& analysis, std::vector<FactIndexId> facts, float confidence, std::string asked, std::string step)
{
    PartDecision part;
    part.analysis = analysis;
    for (auto const fact : facts) {
        RankedFact ranked;
        ranked.fact = fact;
        ranked.coverage = 1;
        part.ranked.push_back(ranked);
    }
    part.chosen = std::move(facts);
    part.confidence = confidence;
    part.asked = std::move(asked);
    part.steps.push_back(std::move(step));
    return part;
}

// Whether a fact has one of each kind of thing that is asked for.
bool says_what_is_asked(FactIndex const& index, FactIndexId fact, ClassBits asks)
{
    using Fact = FactTraits;
    auto const& traits = index.traits(fact);
    auto const has = [&](ClassBits asked, bool said) { return (asks & asked) == 0 || said; };
    return !traits.is(Fact::is_faq) && has(asks_when, traits.is(Fact::has_date)) && has(asks_where, traits.is(Fact::names_place)) &&
           has(asks_who, traits.is(Fact::names_person) || !index.facts()[fact].value_entities.empty()) && has(asks_how_many, traits.is(Fact::has_number)) &&
           has(money, traits.is(Fact::names_money));
}

bool states_all_words(FactIndex const& index, FactIndexId fact, Analysis const& analysis)
{
    auto const states = [&](TermId term) {
        return std::ranges::any_of(index.of_term(term), [&](Posting const& posting) { return posting.fact == fact && posting.strength >= in_the_fact; });
    };
    return std::ranges::all_of(analysis.words, [&](AnalysedWord const& word) {
        return !is_content(word) || (own_classes(word, analysis.language) & light) != 0 || states(word.word.stem[static_cast<std::size_t>(analysis.language)]);
    });
}

// "And in English?", "la même chose en français svp": nothing else is said, but perhaps a word.
std::optional<Language> wanted_language(Analysis const& analysis)
{
    bool const english = says(analysis, to_english);
    bool const more = says(analysis, person_pronoun) || !analysis.links.empty() || !analysis.numbers.empty() || (analysis.asks & ~ClassBits{list_all}) != 0;
    if (more || english == says(analysis, to_french))
        return std::nullopt;
    auto const besides = std::ranges::count_if(analysis.words, [&](AnalysedWord const& word) { return is_content(word) && (own_classes(word, analysis.language) & (to_english | to_french | light | list_all)) == 0; });
    return besides > 1 ? std::nullopt : std::optional(english ? Language::en : Language::fr);
}

constexpr float of_what_was_counted = 0.6f;   // share of the words with which it was counted that a list of it has

}  // namespace

std::vector<FactIndexId> Answering::facts_told(Conversation const& conversation) const
{
    auto const& facts = snapshot_.index.facts();
    std::vector<FactIndexId> out;
    for (auto const& id : conversation.told)
        if (auto const at = std::ranges::find(facts, id, &FactFeatures::id); at != facts.end())
            out.push_back(static_cast<FactIndexId>(at - facts.begin()));
    return out;
}

std::optional<PartDecision> Answering::answer_from_told(std::string_view text, Analysis const& analysis, Conversation const& conversation) const
{
    auto const& index = snapshot_.index;
    if (auto const language = wanted_language(analysis))
        if (auto again = facts_told(conversation); !again.empty()) {
            auto part = told_of(analysis, std::move(again), structural, conversation.asked, "once more, in the language asked for");
            part.analysis.language = *language;
            return part;
        }
    if ((analysis.asks & follow_up_wishes) == 0 && !analysis.open && !analysis.negated)
        if (auto const entity = sole_entity(analysis, conversation))
            if (auto const fact = one_of_told(index, conversation.told, *entity)) {
                auto part = told_of(analysis, {*fact}, structural, conversation.asked, "one of those who were told: " + snapshot_.entities[*entity].id);
                part.verdict = analysis.yes_no ? Verdict::yes : Verdict::none;
                return part;
            }
    bool const who = (analysis.asks & asks_who) != 0;
    bool const alone = (analysis.asks & (follow_up_wishes | asks_which)) == 0 && !analysis.open && says_little(analysis) && analysis.links.empty();
    if (says(analysis, earlier) && (analysis.asks & list_all) == 0 && analysis.numbers.empty() && (who || alone))
        if (auto const fact = in_turn(analysis, conversation))
            if (auto before = before_that(snapshot_, *fact); !before.empty())
                return told_of(analysis, std::move(before), structural, std::string(text::trimmed(text)), "who came before: " + index.facts()[*fact].id);
    return std::nullopt;
}

// "When was that announced?": a person, a place, a date or an amount is asked of what was just told, in its own words, and it
// says one.
std::optional<PartDecision> Answering::answer_from_same(std::string_view text, Analysis const& analysis, Conversation const& conversation) const
{
    constexpr ClassBits of_one = asks_when | asks_where | asks_who | asks_how_many | money;
    constexpr ClassBits of_others = asks_why | asks_which | list_all | any_ordinal | earlier;
    bool const other = says_little(analysis) || !analysis.links.empty() || analysis.names_home || analysis.open || analysis.yes_no || analysis.negated || !analysis.numbers.empty();
    if (other || conversation.told.empty() || (analysis.asks & of_one) == 0 || says(analysis, of_others))
        return std::nullopt;
    auto const& index = snapshot_.index;
    std::vector<FactIndexId> same;
    for (auto const fact : facts_told(conversation))
        if (says_what_is_asked(index, fact, analysis.asks) && states_all_words(index, fact, analysis))
            same.push_back(fact);
    if (same.empty())
        return std::nullopt;
    return told_of(analysis, std::move(same), structural, std::string(text::trimmed(text)), "of what was told just now");
}

// The only one that a message names and says nothing else of: by a name, or by a word of the name of one that was listed
// ("the Region").
std::optional<EntityId> Answering::sole_entity(Analysis const& analysis, Conversation const& conversation) const
{
    if (analysis.links.size() == 1 && says_little(analysis))
        return analysis.links[0].entity;
    AnalysedWord const* only = nullptr;
    for (auto const& word : analysis.words)
        if (is_content(word) && (own_classes(word, analysis.language) & light) == 0) {
            if (only != nullptr)
                return std::nullopt;
            only = &word;
        }
    if (only == nullptr || !analysis.links.empty())
        return std::nullopt;
    std::optional<EntityId> found;
    for (EntityId const entity : snapshot_.linker.named_with(only->folded)) {
        if (std::ranges::find(conversation.listed, snapshot_.entities[entity].id) == conversation.listed.end())
            continue;
        if (found)
            return std::nullopt;   // of two, neither
        found = entity;
    }
    return found;
}

// The fact about somebody in turn that a message "and before?" is about: one that was told, or one that joins two that
// were spoken of.
std::optional<FactIndexId> Answering::in_turn(Analysis const& analysis, Conversation const& conversation) const
{
    auto const& index = snapshot_.index;
    auto const in_focus = [&](EntityId entity) { return std::ranges::find(conversation.focus, snapshot_.entities[entity].id) != conversation.focus.end(); };
    std::optional<FactIndexId> joined;
    for (EntityId entity = 0; entity < snapshot_.entities.size(); ++entity) {
        if (!in_focus(entity))
            continue;
        for (auto const& posting : index.of_entity(entity)) {
            auto const& fact = index.facts()[posting.fact];
            if (fact.is_faq || !fact.has_entity || fact.entity != entity || !is_held_in_turn(index, fact.property))
                continue;
            if (was_told(conversation, posting.fact))
                return posting.fact;
            if (!joined && std::ranges::any_of(fact.value_entities, in_focus))
                joined = posting.fact;
        }
    }
    return (analysis.asks & asks_who) != 0 ? joined : std::nullopt;
}

// "Who led it before Vivier?", "the previous director": not who is told, but who came before.
void Answering::answer_before(PartDecision& part) const
{
    auto const& index = snapshot_.index;
    auto const& facts = index.facts();
    auto const& analysis = part.analysis;
    if (part.chosen.empty() || !says(analysis, earlier) || (analysis.asks & asks_who) == 0 || (analysis.asks & list_all) != 0 || !analysis.numbers.empty())
        return;
    auto const named = [&](EntityId entity) { return std::ranges::any_of(analysis.links, [&](Link const& link) { return link.entity == entity; }); };
    bool const person = std::ranges::any_of(analysis.links, [&](Link const& link) { return snapshot_.entities[link.entity].kind == "person"; });
    auto const& best = facts[part.chosen[0]];
    bool const turn = !best.is_faq && best.has_entity && is_held_in_turn(index, best.property);
    std::optional<FactIndexId> pivot;
    for (auto const& link : analysis.links)
        for (auto const& posting : index.of_entity(link.entity)) {
            auto const& fact = facts[posting.fact];
            if (pivot || fact.is_faq || !fact.has_entity || fact.entity != link.entity || !is_held_in_turn(index, fact.property))
                continue;
            bool const today = !is_past(index, fact.property);
            if (person ? std::ranges::any_of(fact.value_entities, named) : turn && today && fact.entity == best.entity)
                pivot = posting.fact;
        }
    if (!pivot && !turn)
        return;
    auto before = pivot ? before_that(snapshot_, *pivot) : std::vector<FactIndexId>();
    part.verdict = Verdict::none;
    part.steps.push_back(before.empty() ? std::string("who came before is not known") : "who came before: " + facts[*pivot].id);
    if (before.empty()) {
        part.confidence = 0;
        part.chosen.clear();   // nor is it, of a follow-up, whoever was told
    } else {
        part.chosen = std::move(before);
        part.confidence = std::max(part.confidence, structural);
    }
}

// "Which ones?", "what are they called?", after how many: the list of the same body that is made of what was counted, if there is one.
bool Answering::list_what_was_counted(PartDecision& part, Conversation const& conversation) const
{
    auto const& facts = snapshot_.index.facts();
    auto const told = conversation.told.empty() ? facts.end() : std::ranges::find(facts, conversation.told[0], &FactFeatures::id);
    bool const counts = told != facts.end() && told->has_entity && (told->has_number || !told->figure_of.empty() || (told->value_entities.size() > 1 && !told->list_value));
    if (!counts)
        return false;
    auto const lists = [&](RankedFact const& one) {
        auto const& fact = facts[one.fact];
        auto const has = [&](EntityId entity) { return std::ranges::find(fact.value_entities, entity) != fact.value_entities.end(); };
        return fact.list_value && fact.has_entity && fact.entity == told->entity && one.coverage >= of_what_was_counted && std::ranges::all_of(told->value_entities, has);
    };
    auto list = std::ranges::find_if(part.ranked, lists);
    if (list == part.ranked.end())
        return false;
    // Of several, the one that is asked for most like this: of these alone, not of these among others.
    for (auto one = list; one != part.ranked.end(); ++one)
        if (lists(*one) && one->score >= list->score - nearly_as_good && one->of(Evidence::alike) > list->of(Evidence::alike))
            list = one;
    std::rotate(part.ranked.begin(), list, list + 1);
    part.chosen = {part.ranked[0].fact};
    part.confidence = std::max(part.confidence, sure_enough);
    return true;
}

}  // namespace immunobot::assistant
