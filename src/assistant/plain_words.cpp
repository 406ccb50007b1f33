#include "assistant/plain_words.hpp"

#include <algorithm>
#include <cmath>

namespace immunobot::assistant {
namespace {

constexpr double sure = 0.8;   // below, the visitor is asked to check

void add(std::string& list, std::string_view item)
{
    list.append(list.empty() ? "" : ", ").append(item);
}

std::string entity_names(Reply const& reply, Snapshot const& snapshot)
{
    std::string names;
    for (auto const& id : reply.entities) {
        auto const found = std::ranges::find(snapshot.entities, id, &EntityCard::id);
        if (found != snapshot.entities.end())
            add(names, found->name.in(reply.language));
    }
    return names;
}

std::string spoken_wishes(Decision const& decision, Snapshot const& snapshot, Language language)
{
    std::string titles;
    for (auto const& part : decision.parts)
        if (part.intent != PartDecision::none_intent)
            add(titles, snapshot.intents->matcher->intents()[part.intent].title.in(language));
    return titles;
}

std::string unknown_words(Decision const& decision)
{
    std::string words;
    for (auto const& part : decision.parts)
        for (auto const& word : part.analysis.words)
            if (word.role == Role::unknown)
                add(words, word.folded);
    return words;
}

}  // namespace

std::vector<std::string> plain_words(Reply const& reply, Decision const& decision, Snapshot const& snapshot, Wording const& wording)
{
    auto const language = reply.language;
    std::vector<std::string> out;
    auto const say = [&](Phrase phrase, std::string_view hole, std::string const& value) {
        if (!value.empty())
            out.push_back(wording.say(phrase, language, {{hole, value}}));
    };
    if (reply.status == Status::smalltalk || reply.status == Status::safety || decision.fixed != PartDecision::none_intent)
        return {wording.say(Phrase::why_fixed, language)};
    say(Phrase::why_about, "entity", entity_names(reply, snapshot));
    say(Phrase::why_wish, "wish", spoken_wishes(decision, snapshot, language));
    say(Phrase::why_left, "words", unknown_words(decision));
    if (reply.status != Status::answered) {
        out.push_back(wording.say(Phrase::why_none, language));
        return out;
    }
    out.push_back(wording.say(Phrase::why_facts, language));
    auto const percent = std::to_string(std::clamp(std::lround(reply.confidence * 100), 1L, 99L));
    say(reply.confidence < sure ? Phrase::why_likely : Phrase::why_sure, "percent", percent);
    return out;
}

}  // namespace immunobot::assistant
