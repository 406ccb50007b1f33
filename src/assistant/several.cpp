// Asked of several bodies at once: of all of a kind ("which company is the oldest?", "who runs the hospitals?"), of those that are named, or of
// those that were told just now ("which one is bigger?"). What comes first of all is not known: only the figures that the facts have are told.

#include "assistant/answering.hpp"

#include "assistant/facts_of_several.hpp"
#include "assistant/told.hpp"
#include "text/trim.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

std::optional<EntityId> entity_of(Snapshot const& snapshot, std::string const& id)
{
    auto const card = std::ranges::find(snapshot.entities, id, &EntityCard::id);
    return card == snapshot.entities.end() ? std::nullopt : std::optional(static_cast<EntityId>(card - snapshot.entities.begin()));
}

}  // namespace

void Answering::tell_of_several(PartDecision& part, std::vector<FactIndexId> told, OfSeveral how) const
{
    RankedFact first = part.ranked.empty() ? RankedFact() : part.ranked[0];
    first.fact = told[0];
    first.coverage = 1;
    first.slots = ~std::uint64_t{0};
    part.ranked.insert(part.ranked.begin(), first);
    part.intent = intent_of(part.analysis, snapshot_.index.facts()[told[0]].property);
    part.chosen = std::move(told);
    part.confidence = structural;
    part.verdict = Verdict::none;
    part.of_several = how;
    part.steps.push_back("asked of several: what is known of each");
}

// Who is of one of these kinds; nobody if they are too many to be told.
std::vector<EntityId> Answering::all_of(std::vector<std::string> const& kinds) const
{
    constexpr std::size_t most_of_a_kind = 1000;
    std::vector<EntityId> out;
    for (EntityId entity = 0; entity < snapshot_.entities.size(); ++entity)
        if (std::ranges::find(kinds, snapshot_.entities[entity].kind) != kinds.end())
            out.push_back(entity);
    return out.size() < 2 || out.size() > most_of_a_kind ? std::vector<EntityId>() : out;
}

// Of all of a kind, where nobody is named but the house, and what they have to do with.
void Answering::answer_of_kind(PartDecision& part) const
{
    auto const& analysis = part.analysis;
    bool const named = std::ranges::any_of(analysis.links, [&](Link const& link) { return link.entity != snapshot_.home && snapshot_.entities[link.entity].kind != "concept"; });
    if (named || analysis.points_back || part.confidence >= sure_of_one)
        return;
    auto const asked = asked_of_several(snapshot_, analysis);
    if (asked.beyond || !asks_of_all(analysis, asked))
        return;
    if (analysis.negated)   // "which companies were not bought?" is not told by one that was
        return forget_one_of(part, asked);
    auto of = all_of(asked.kinds);
    if (of.empty())
        return;
    auto told = FactsOfSeveral(snapshot_, today_, analysis, asked, std::move(of), part.ranked).find();
    if (told.empty())
        return;
    // What was found is an answer already, unless it is one of these, or tells who they are where something else is asked of them.
    auto const& facts = snapshot_.index.facts();
    bool const one_of_them = !part.chosen.empty() && std::ranges::find(told, part.chosen[0]) != told.end();
    bool const only_who = !part.chosen.empty() && !facts[part.chosen[0]].is_faq && lists_members(snapshot_, facts[part.chosen[0]]) && facts[told[0]].property != facts[part.chosen[0]].property;
    if (part.confidence < sure_enough || one_of_them || only_who)
        tell_of_several(part, std::move(told), asked.ends != 0 ? OfSeveral::compared : OfSeveral::known);
}

void Answering::forget_one_of(PartDecision& part, AskedOfSeveral const& asked) const
{
    if (part.chosen.empty() || !asked.plural)
        return;
    auto const& fact = snapshot_.index.facts()[part.chosen[0]];
    if (fact.is_faq || !fact.has_entity || std::ranges::find(asked.kinds, snapshot_.entities[fact.entity].kind) == asked.kinds.end())
        return;
    part.chosen.clear();
    part.confidence = 0;
    part.verdict = Verdict::none;
}

// Who was listed, or else told of, just now; or else the last two that were spoken of, if they are of one kind.
std::vector<EntityId> Answering::spoken_of_together(Analysis const& analysis, Conversation const& conversation) const
{
    std::vector<EntityId> out;
    auto const add = [&](std::optional<EntityId> entity) {
        if (entity && *entity != snapshot_.home && std::ranges::find(out, *entity) == out.end())
            out.push_back(*entity);
    };
    for (auto const& id : conversation.listed)
        add(entity_of(snapshot_, id));
    if (out.empty())
        for (auto const fact : facts_told(conversation))
            if (auto const& features = snapshot_.index.facts()[fact]; features.has_entity)
                add(features.entity);
    if (out.size() > 1 || (analysis.asks & (asks_which | asks_who)) == 0)
        return out;
    out.clear();
    for (std::size_t i = 0; i < std::min<std::size_t>(2, conversation.focus.size()); ++i)
        add(entity_of(snapshot_, conversation.focus[i]));
    if (out.size() == 2 && snapshot_.entities[out[0]].kind != snapshot_.entities[out[1]].kind)
        out.clear();
    return out;
}

// "Which one is bigger?"; "and the youngest?" of all of the kind that was asked about just before.
std::optional<PartDecision> Answering::answer_among_told(std::string_view text, Analysis const& analysis, Conversation const& conversation) const
{
    if (!analysis.links.empty() || analysis.negated || analysis.yes_no)
        return std::nullopt;
    auto const asked = asked_of_several(snapshot_, analysis);
    if (asked.beyond || asked.ends == 0)
        return std::nullopt;
    std::vector<EntityId> of;
    if (asked.kinds.empty()) {
        auto const before = asked_of_several(snapshot_, analyser_.analyse(conversation.asked, analysis.language, analysis.language, stemmer_, analysis.language));
        of = before.ends != 0 ? all_of(before.kinds) : std::vector<EntityId>();
        if (before.ends != 0 && of.empty() && conversation.told.size() > 2)
            return std::nullopt;   // of those that were compared then, not all were told
    }
    if (of.empty())
        of = spoken_of_together(analysis, conversation);
    if (!asked.kinds.empty())
        std::erase_if(of, [&](EntityId entity) { return std::ranges::find(asked.kinds, snapshot_.entities[entity].kind) == asked.kinds.end(); });
    std::erase_if(of, [&](EntityId entity) { return snapshot_.entities[entity].kind == "person"; });
    if (of.size() < 2)
        return std::nullopt;
    auto told = FactsOfSeveral(snapshot_, today_, analysis, asked, std::move(of)).find();
    if (told.empty())
        return std::nullopt;
    PartDecision part;
    part.analysis = analysis;
    part.asked = text::trimmed(text);
    tell_of_several(part, std::move(told), OfSeveral::compared);
    return part;
}

// "Who has the bigger budget, FOO or BAR?": the figure of each. False if not all have one.
bool Answering::compare_named(PartDecision& part, std::vector<EntityId> const& named) const
{
    auto asked = asked_of_several(snapshot_, part.analysis);
    if (asked.beyond || asked.ends == 0)
        return false;
    asked.kinds.clear();
    asked.kind_words = 0;
    auto told = FactsOfSeveral(snapshot_, today_, part.analysis, asked, named).find();
    bool const of_each = std::ranges::all_of(named, [&](EntityId entity) {
        return std::ranges::any_of(told, [&](FactIndexId fact) { return snapshot_.index.facts()[fact].entity == entity; });
    });
    if (told.empty() || !of_each)
        return false;
    tell_of_several(part, std::move(told), OfSeveral::none);
    return true;
}

}  // namespace immunobot::assistant
