#include "assistant/rehearsal.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

Status status_of(Snapshot const& snapshot, Decision const& decision)
{
    if (decision.fixed != PartDecision::none_intent)
        return snapshot.intents->matcher->intents()[decision.fixed].status == "safety" ? Status::safety : Status::smalltalk;
    if (decision.stopped)
        return Status::smalltalk;
    if (std::ranges::any_of(decision.parts, [](auto const& part) { return !part.chosen.empty(); }))
        return Status::answered;
    return std::ranges::any_of(decision.parts, [](auto const& part) { return part.unsure; }) ? Status::unsure : Status::unknown;
}

float shared(std::vector<Trait> const& one, std::vector<Trait> const& other)
{
    float all = 0;
    float both = 0;
    for (auto const& trait : one) {
        all += trait.weight;
        bool const there = std::ranges::any_of(other, [&](Trait const& theirs) {
            return std::ranges::any_of(theirs.marks, [&](auto const& mark) { return std::ranges::find(trait.marks, mark) != trait.marks.end(); });
        });
        both += there ? trait.weight : 0;
    }
    return all > 0 ? both / all : 0;
}

}  // namespace

float likeness(std::vector<Trait> const& one, std::vector<Trait> const& other)
{
    return (shared(one, other) + shared(other, one)) / 2;
}

Rehearsal::Outcome Rehearsal::ask(std::string_view question, std::optional<Language> language)
{
    return outcome_of(Answering(*snapshot_, ranker_, stemmer_).decide(question, language, {}));
}

Rehearsal::Look Rehearsal::look(std::string_view words, std::size_t limit)
{
    auto const decision = Answering(*snapshot_, ranker_, stemmer_).decide(words, {}, {});
    // One question that was compared with all facts has what is near it; of anything else the words are looked at as they are.
    bool const compared = decision.parts.size() == 1 && decision.parts[0].ranked.size() >= limit;
    return {outcome_of(decision), compared ? ids_of(decision.parts[0].ranked, limit) : nearest(words, limit)};
}

Rehearsal::Outcome Rehearsal::outcome_of(Decision const& decision) const
{
    Outcome out;
    out.status = status_of(*snapshot_, decision);
    out.confidence = decision.parts.empty() ? 0 : 1;
    if (!decision.parts.empty())
        out.language = decision.parts[0].analysis.language;
    for (auto const& part : decision.parts) {
        out.confidence = std::min(out.confidence, part.confidence);
        for (auto const fact : part.chosen)
            out.facts.push_back(snapshot_->index.facts()[fact].id);
    }
    return out;
}

std::vector<std::string> Rehearsal::nearest(std::string_view words, std::size_t limit)
{
    auto const analysis = Analyser(*snapshot_).analyse(words, {}, {}, stemmer_);
    std::vector<RankedFact> ranked;
    ranker_.rank(*snapshot_, analysis, limit, ranked);
    return ids_of(ranked, limit);
}

std::vector<std::string> Rehearsal::ids_of(std::vector<RankedFact> const& ranked, std::size_t limit) const
{
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::min(limit, ranked.size()); ++i)
        out.push_back(snapshot_->index.facts()[ranked[i].fact].id);
    return out;
}

std::vector<Trait> Rehearsal::traits(std::string_view question)
{
    auto const analysis = Analyser(*snapshot_).analyse(question, {}, {}, stemmer_);
    std::vector<Trait> out;
    for (auto const& slot : analysis.slots) {
        if (!slot.counts)
            continue;
        Trait trait{{"word:" + slot.text}, std::max(slot.weight, 0.1f)};
        if (slot.kind == Slot::Kind::entity)
            trait.marks = {"entity:" + slot.text};
        for (auto const term : slot.terms)
            trait.marks.push_back("stem:" + std::to_string(term));
        for (auto const id : slot.concepts)
            trait.marks.push_back("meaning:" + std::to_string(id));
        out.push_back(std::move(trait));
    }
    // What is asked for also tells questions apart: "when" from "where".
    for (std::uint32_t bit = 0; bit < 32; ++bit)
        if ((analysis.asks >> bit & 1u) != 0)
            out.push_back({{"asks:" + std::to_string(bit)}, 1});
    return out;
}

// What the first part was taken for; below that, what its words hit; below that, what the nearest fact is asked with.
std::string Rehearsal::guess(std::string_view question)
{
    auto const decision = Answering(*snapshot_, ranker_, stemmer_).decide(question, {}, {});
    auto chosen = decision.fixed;
    if (chosen == PartDecision::none_intent && !decision.parts.empty()) {
        auto const& part = decision.parts[0];
        chosen = part.intent;
        if (chosen == PartDecision::none_intent && !part.analysis.scores.empty())
            chosen = part.analysis.scores[0].intent;
        if (chosen == PartDecision::none_intent && !part.ranked.empty())
            if (auto const& nearest = snapshot_->index.facts()[part.ranked[0].fact]; !nearest.is_faq && nearest.property < snapshot_->intent_of_property.size())
                chosen = snapshot_->intent_of_property[nearest.property];
    }
    auto const& intents = snapshot_->intents->matcher->intents();
    return chosen < intents.size() ? intents[chosen].id : std::string();
}

}  // namespace immunobot::assistant
