// Two wishes of one question, joined by an "and": whether they are two, and of whom each is asked.

#include "assistant/answering.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr float sure_apart = 0.5f;   // that two wishes of one question are two; see docs/understanding.md

void forget(PartDecision& part)
{
    part.chosen.clear();
    part.confidence = 0;
    part.unsure = false;
}

}  // namespace

// Whether two wishes are answered surely, each by a fact of its own.
bool Answering::answer_apart(std::vector<PartDecision> const& parts) const
{
    if (parts.size() != 2 || std::ranges::any_of(parts, [](PartDecision const& p) { return p.chosen.empty() || p.confidence < sure_apart; }))
        return false;
    auto const& facts = snapshot_.index.facts();
    return facts[parts[0].chosen[0]].property != facts[parts[1].chosen[0]].property;
}

// Whether one of two wishes is what is told in any case, and the other is a known wish for which there is no fact: that is said.
bool Answering::answer_one_of(std::vector<PartDecision> const& parts, PartDecision const& together) const
{
    if (parts.size() != 2 || together.chosen.empty() || parts[0].chosen.empty() == parts[1].chosen.empty())
        return false;
    auto const& told = parts[parts[0].chosen.empty() ? 1 : 0];
    auto const& other = parts[parts[0].chosen.empty() ? 0 : 1];
    return told.chosen[0] == together.chosen[0] && !other.analysis.scores.empty();
}

// Two wishes about whoever one of them names: that one is asked first, and the other of the same and of nobody else.
std::vector<PartDecision> Answering::decide_wishes(Wishes const& wishes, Language language, Conversation const& conversation)
{
    auto const links_of = [&](std::string_view part) { return analyser_.analyse(part, language, language, stemmer_, language).links; };
    auto const first = links_of(wishes.parts[0]);
    auto const second = links_of(wishes.parts[1]);
    bool const turned = first.empty() && !second.empty();
    auto out = turned ? decide_pieces({wishes.parts[1], wishes.parts[0]}, Pieces::wishes, language, conversation) : decide_pieces(wishes.parts, Pieces::wishes, language, conversation);
    if (out.size() == 2 && first.empty() != second.empty() && !is_about_one_of(out[1], turned ? second : first))
        forget(out[1]);
    // What answers one of two is no answer to the other.
    if (out.size() == 2 && !out[0].chosen.empty() && !out[1].chosen.empty() && out[0].chosen[0] == out[1].chosen[0])
        forget(out[out[0].confidence < out[1].confidence ? 0 : 1]);
    if (turned)
        std::ranges::reverse(out);
    return out;
}

// Whether what is told is of one of these, or names it.
bool Answering::is_about_one_of(PartDecision const& part, std::vector<Link> const& links) const
{
    if (part.chosen.empty())
        return true;
    auto const& fact = snapshot_.index.facts()[part.chosen[0]];
    return std::ranges::any_of(links, [&](Link const& link) {
        return (fact.has_entity && fact.entity == link.entity) || std::ranges::find(fact.mentioned, link.entity) != fact.mentioned.end();
    });
}

}  // namespace immunobot::assistant
