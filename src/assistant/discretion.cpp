// What somebody is paid, where he was born, whom she married: of a person nothing is told but what is meant to be asked for with such
// words. A visitor who asks so near a fact about that person ("where does he work") would otherwise get that.

#include "assistant/answering.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

bool is_private(Analysis const& message, AnalysedWord const& word)
{
    return (own_classes(word, message.language) & private_life) != 0 || std::ranges::find(message.private_words, word.token) != message.private_words.end();
}

bool asks_of_private_life(Analysis const& message)
{
    return std::ranges::any_of(message.words, [&](AnalysedWord const& word) { return is_private(message, word); });
}

bool is_person(EntityCard const& card)
{
    return card.kind == "person";
}

// Whoever wrote the fact about somebody, or a question for it, with just this word means it to be told.
bool is_asked_so(Snapshot const& snapshot, Analysis const& message, FactIndexId fact)
{
    auto const& index = snapshot.index;
    auto const& about = index.facts()[fact];
    bool const of_person = about.has_entity && is_person(snapshot.entities[about.entity]);
    return of_person && std::ranges::any_of(message.words, [&](AnalysedWord const& word) {
        if (!is_private(message, word))
            return false;
        auto const postings = index.of_term(word.word.stem[static_cast<std::size_t>(message.language)]);
        return std::ranges::find(postings, fact, &Posting::fact) != postings.end();
    });
}

}  // namespace

// Of somebody who is named.
bool Answering::pries(PartDecision const& part) const
{
    bool const of_somebody = std::ranges::any_of(part.analysis.links, [&](Link const& link) { return is_person(snapshot_.entities[link.entity]); });
    return of_somebody && asks_of_private_life(part.analysis) && !is_asked_so(snapshot_, part.analysis, part.ranked[0].fact);
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
    return of_somebody && !is_asked_so(snapshot_, message, part.chosen[0]);
}

}  // namespace immunobot::assistant
