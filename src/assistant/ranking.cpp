#include "assistant/ranking.hpp"

#include <algorithm>
#include <limits>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr float concept_share = 0.8f;       // a paraphrase is worth a little less than the word itself
constexpr float property_bonus = 1.6f;      // for facts of the property that the keywords point to
constexpr float type_bonus = 1.0f;          // a date for "when", a person for "who", ...
constexpr float seed_bonus = 0.35f;         // the cluster's own statement goes before others
constexpr float list_bonus = 0.5f;
constexpr float brevity_bonus = 6.0f;       // divided by the number of words: the fact that says little else

float type_match(FactFeatures const& fact, std::uint32_t asks)
{
    float bonus = 0;
    if ((asks & asks_when) != 0)
        bonus += fact.has_date ? type_bonus : 0;
    if ((asks & asks_where) != 0)
        bonus += fact.names_place ? type_bonus : 0;
    if ((asks & asks_who) != 0)
        bonus += fact.names_person || !fact.value_entities.empty() ? type_bonus * (fact.names_person ? 1.0f : 0.5f) : 0;
    if ((asks & asks_how_many) != 0)
        bonus += fact.has_number ? type_bonus : 0;
    if ((asks & money) != 0)
        bonus += fact.names_money ? type_bonus : 0;
    if ((asks & list_all) != 0)
        bonus += fact.list_value ? list_bonus : 0;
    return bonus;
}

}  // namespace

void Ranker::spread(Postings const& postings, float strength)
{
    for (auto const& posting : postings) {
        auto& cell = cells_[posting.fact];
        float const value = posting.strength * strength;
        if (cell.slot_mark != mark_) {
            if (cell.slot_mark == 0)
                touched_.push_back(posting.fact);
            cell.slot_mark = mark_;
            cell.slot_best = value;
            in_slot_.push_back(posting.fact);
        } else {
            cell.slot_best = std::max(cell.slot_best, value);
        }
    }
}

void Ranker::close_slot(Slot const& slot, std::size_t number)
{
    for (FactIndexId const fact : in_slot_) {
        auto& cell = cells_[fact];
        float const gain = slot.weight * cell.slot_best;
        if (slot.counts)
            cell.matched += gain;
        else
            cell.bonus += gain;
        if (slot.kind == Slot::Kind::entity && slot.counts)
            cell.entities += gain;
        if (cell.slot_best >= 0.5f && number < 64)
            cell.slots |= std::uint64_t{1} << number;
    }
    in_slot_.clear();
    ++mark_;
}

void Ranker::rank(Snapshot const& snapshot, Analysis const& analysis, std::size_t limit, std::vector<RankedFact>& out)
{
    auto const& index = snapshot.index;
    cells_.resize(index.facts().size());
    for (FactIndexId const fact : touched_)
        cells_[fact] = {};
    touched_.clear();
    mark_ = 1;
    float total = 0;
    float total_entities = 0;
    for (std::size_t i = 0; i < analysis.slots.size(); ++i) {
        auto const& slot = analysis.slots[i];
        if (slot.counts)
            total += slot.weight;
        if (slot.kind == Slot::Kind::entity) {
            total_entities += slot.counts ? slot.weight : 0;
            spread(index.of_entity(slot.entity), 1);
        } else if (slot.kind == Slot::Kind::number) {
            spread(index.of_number(slot.text), 1);
        } else {
            for (TermId const term : slot.terms)
                spread(index.of_term(term), 1);
            for (auto const id : slot.concepts)
                spread(index.of_concept(id), concept_share);
            for (auto const& [property, strength] : slot.properties)
                spread(index.of_property(property), strength);
        }
        close_slot(slot, i);
    }
    float const best_intent = analysis.scores.empty() ? 0 : analysis.scores[0].score;
    for (auto const& score : analysis.scores)
        for (auto const property : snapshot.intent_properties[score.intent])
            for (auto const& posting : index.of_property(property))
                cells_[posting.fact].bonus += cells_[posting.fact].matched > 0 ? property_bonus * score.score / best_intent : 0;
    out.clear();
    for (FactIndexId const fact : touched_) {
        auto const& cell = cells_[fact];
        auto const& features = index.facts()[fact];
        RankedFact ranked{fact, cell.matched + cell.bonus + type_match(features, analysis.asks) + (features.seed ? seed_bonus : 0) + brevity_bonus / (4 + features.words / 2),
                          total == 0 ? 0 : cell.matched / total,
                          total <= total_entities ? 1 : (cell.matched - cell.entities) / (total - total_entities), total_entities == 0 ? 1 : cell.entities / total_entities, cell.slots};
        out.push_back(ranked);
    }
    auto const order = [&](RankedFact const& a, RankedFact const& b) {
        if (a.score != b.score)
            return a.score > b.score;
        auto const& newer = index.facts()[a.fact].valid_from;
        auto const& older = index.facts()[b.fact].valid_from;
        return newer != older ? newer > older : a.fact < b.fact;
    };
    std::size_t const kept = std::min(limit, out.size());
    std::ranges::partial_sort(out, out.begin() + static_cast<std::ptrdiff_t>(kept), order);
    out.resize(kept);
}

}  // namespace immunobot::assistant
