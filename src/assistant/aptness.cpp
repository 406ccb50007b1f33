#include "assistant/answering.hpp"

#include "assistant/told.hpp"

#include <algorithm>

namespace immunobot::assistant {

using namespace intents;

// "Since when?", "how much?" are not answered by saying it again, nor "is it certified?" by another's certificate.
bool Answering::misses_what_was_before(PartDecision const& part, Analysis const& message, Conversation const& conversation) const
{
    return pries_further(part, message, conversation) || repeats_without(part, message, conversation) || leaves_who_was_told(part, message, conversation) || leaves_what_was_spoken_of(part, message, conversation);
}

bool Answering::was_told(Conversation const& conversation, FactIndexId fact) const
{
    return std::ranges::find(conversation.told, snapshot_.index.facts()[fact].id) != conversation.told.end();
}

// Whether it says again what was told, without what is asked for now: a date, an amount.
bool Answering::repeats_without(PartDecision const& part, Analysis const& message, Conversation const& conversation) const
{
    if (part.chosen.empty() || !was_told(conversation, part.chosen[0]))
        return false;
    auto const& fact = snapshot_.index.facts()[part.chosen[0]];
    return ((message.asks & asks_when) != 0 && fact.numbers.empty()) || ((message.asks & (asks_how_many | money)) != 0 && !fact.has_number && fact.figure_of.empty());
}

// "When was it labelled?" is not answered by who labelled it.
bool Answering::wants_a_date(PartDecision const& part, Analysis const& message) const
{
    constexpr ClassBits all = asks_when | asks_where | asks_who | asks_how_many | asks_why | money | list_all;   // "which year" is one of when
    if (part.chosen.empty() || (message.asks & all) != asks_when || message.open || message.yes_no)
        return false;
    auto const& fact = snapshot_.index.facts()[part.chosen[0]];
    return !fact.is_faq && fact.numbers.empty();
}

// "Since when?", after who leads it: that somebody does, not anything else that has a date.
bool Answering::leaves_who_was_told(PartDecision const& part, Analysis const& message, Conversation const& conversation) const
{
    if ((message.asks & asks_when) == 0 || !says_little(message) || !message.links.empty() || conversation.told.empty() || part.chosen.empty() || was_told(conversation, part.chosen[0]))
        return false;
    auto const& facts = snapshot_.index.facts();
    auto const told = std::ranges::find(facts, conversation.told[0], &FactFeatures::id);
    return told != facts.end() && !told->is_faq && is_held_in_turn(snapshot_.index, told->property);
}

// "Is it certified?", "who owns them?": of those spoken of, not of anybody else.
bool Answering::leaves_what_was_spoken_of(PartDecision const& part, Analysis const& message, Conversation const& conversation) const
{
    bool const points = says(message, thing_pronoun) || says(message, person_pronoun);
    if (!points || !message.links.empty() || message.names_home || conversation.focus.empty() || part.chosen.empty() || was_told(conversation, part.chosen[0]))
        return false;
    return std::ranges::none_of(conversation.focus, [&](std::string const& id) {
        auto const at = std::ranges::find(snapshot_.entities, id, &EntityCard::id);
        auto const entity = static_cast<EntityId>(at - snapshot_.entities.begin());
        return at != snapshot_.entities.end() && (snapshot_.index.facts()[part.chosen[0]].entity == entity || snapshot_.index.states(part.chosen[0], entity));
    });
}

// "Since when?", of what was just told: that fact, and nothing of another kind beside it.
void Answering::leave_out_beside_told(PartDecision& part, Conversation const& conversation) const
{
    auto const& facts = snapshot_.index.facts();
    auto const& first = facts[part.chosen[0]];
    if (was_told(conversation, part.chosen[0]))
        std::erase_if(part.chosen, [&](FactIndexId fact) { return facts[fact].property != first.property; });
}

// Of more about what was told before: the rest of a list is in other facts, but "since when?" may be answered by the very
// fact that was told.
void Answering::weigh_told(PartDecision& part, std::vector<std::string> const& told) const
{
    auto const& facts = snapshot_.index.facts();
    auto const was_told = [&](RankedFact const& fact) { return std::ranges::find(told, facts[fact.fact].id) != told.end(); };
    if ((part.analysis.asks & list_all) != 0) {
        std::vector<std::uint16_t> counted;
        std::vector<EntityId> of;
        for (auto const& fact : part.ranked)
            if (was_told(fact)) {
                counted.push_back(facts[fact.fact].property);
                of.push_back(facts[fact.fact].entity);
            }
        std::erase_if(part.ranked, [&](RankedFact const& fact) {
            bool const same_kind = std::ranges::find(counted, facts[fact.fact].property) != counted.end();
            return was_told(fact) || (same_kind && !facts[fact.fact].list_value);
        });
        part.told_items = !part.ranked.empty() && facts[part.ranked[0].fact].list_value && std::ranges::find(of, facts[part.ranked[0].fact].entity) != of.end();
        return;
    }
    auto const rest = std::ranges::stable_partition(part.ranked, [&](RankedFact const& fact) { return was_told(fact) && fact.of(Evidence::type) > 0; });
    part.retold = rest.begin() != part.ranked.begin();
}

}  // namespace immunobot::assistant
