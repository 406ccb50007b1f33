// What somebody is paid, where he was born, whom she married: of a person nothing is told but what is meant to be asked for with such
// words. A visitor who asks so near a fact about that person ("where does he work") would otherwise get that.

#include "assistant/answering.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

bool asks_of_private_life(Analysis const& message)
{
    return message.pries || says(message, private_life);
}

bool is_person(EntityCard const& card)
{
    return card.kind == "person";
}

// Whoever wrote the fact, and the questions for it, means it to be told.
bool tells_of_private_life(Snapshot const& snapshot, FactIndexId id)
{
    auto const& fact = snapshot.index.facts()[id];
    return fact.of_private_life && fact.has_entity && is_person(snapshot.entities[fact.entity]);
}

}  // namespace

// Of somebody who is named.
bool Answering::pries(PartDecision const& part) const
{
    bool const of_somebody = std::ranges::any_of(part.analysis.links, [&](Link const& link) { return is_person(snapshot_.entities[link.entity]); });
    return of_somebody && asks_of_private_life(part.analysis) && !tells_of_private_life(snapshot_, part.ranked[0].fact);
}

// Of somebody who was spoken of: "how old is he?"
bool Answering::pries_further(PartDecision const& part, Analysis const& message, Conversation const& conversation) const
{
    if (part.chosen.empty() || !message.links.empty() || !says(message, person_pronoun) || !asks_of_private_life(message))
        return false;
    bool const of_somebody = std::ranges::any_of(conversation.focus, [&](std::string const& id) {
        auto const card = std::ranges::find(snapshot_.entities, id, &EntityCard::id);
        return card != snapshot_.entities.end() && is_person(*card);
    });
    return of_somebody && !tells_of_private_life(snapshot_, part.chosen[0]);
}

}  // namespace immunobot::assistant
