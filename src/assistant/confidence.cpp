#include "assistant/confidence.hpp"

#include "assistant/confidence_trees.hpp"

#include <algorithm>
#include <cmath>

namespace immunobot::assistant {
namespace {

// In the order of confidence_input().
constexpr ConfidenceTree trees[] = {
#include "assistant/confidence_trees.inc"
};

constexpr float far_behind = 4.0f;   // a lead of this score is as good as any

bool says(FactFeatures const& fact, EntityId entity)
{
    return std::ranges::find(fact.value_entities, entity) != fact.value_entities.end();
}

// Another wish or another body: not a second statement of the same, nor the same told from the other side.
bool rivals(FactFeatures const& a, FactFeatures const& b)
{
    if (a.is_faq != b.is_faq)
        return true;
    if (a.property == b.property && a.entity == b.entity)
        return false;
    return !(says(a, b.entity) && says(b, a.entity));
}

}  // namespace

std::array<float, confidence_terms> confidence_input(Snapshot const& snapshot, Analysis const& analysis, std::vector<RankedFact> const& ranked)
{
    auto const& facts = snapshot.index.facts();
    auto const& best = ranked[0];
    std::array<float, confidence_terms> in{};
    std::ranges::copy(best.evidence, in.begin());
    float lead = far_behind;
    for (auto const& rival : ranked)
        if (rivals(facts[rival.fact], facts[best.fact])) {
            lead = std::min(far_behind, best.score - rival.score);
            break;
        }
    float wish = 0, strange = 0, most = 0, novel = 0, novel_most = 0, foreign = 0, odd = 0, odd_most = 0;
    std::size_t words = 0;
    bool named = analysis.names_home;
    float head_missing = 0;
    for (std::size_t i = 0; i < analysis.slots.size() && i < 64; ++i) {
        auto const& slot = analysis.slots[i];
        if (!slot.counts)
            continue;
        if (slot.kind == Slot::Kind::entity) {
            named = true;
            continue;
        }
        ++words;
        wish += slot.weight;
        if (std::ranges::none_of(slot.terms, [&](TermId term) { return !snapshot.index.of_term(term).empty(); }) && slot.kind == Slot::Kind::word) {
            novel += slot.weight;
            novel_most = std::max(novel_most, slot.weight);
        }
        if ((best.slots >> i & 1u) == 0) {
            strange += slot.weight;
            if (slot.text == analysis.head)
                head_missing = 1;
            most = std::max(most, slot.weight);
            float by_word = 0;
            for (TermId const term : slot.terms)
                by_word = std::max(by_word, snapshot.index.foreign(term));
            foreign += by_word * slot.weight;
            if (!snapshot.index.goes_with(slot.terms, slot.concepts, facts[best.fact].property)) {
                odd += slot.weight;
                odd_most = std::max(odd_most, slot.weight);
            }
        }
    }
    std::size_t at = evidences;
    in[at++] = lead / far_behind;
    in[at++] = wish > 0 ? strange / wish : 0;
    in[at++] = most / 6;
    in[at++] = wish > 0 ? novel / wish : 0;
    in[at++] = novel_most / 6;
    in[at++] = named ? 1 : 0;
    in[at++] = std::min(1.0f, static_cast<float>(words) / 6);
    in[at++] = words == 0 ? 1 : 0;
    float const wished = best.of(Evidence::wish);
    in[at++] = std::max(0.0f, wished - 0.6f);
    in[at++] = wished * best.of(Evidence::alike);
    in[at++] = (1 - wished) * best.of(Evidence::property);
    in[at++] = (named ? 0 : 1) * best.of(Evidence::alike);
    in[at++] = best.foreign;
    in[at++] = best.foreign * best.foreign * best.foreign;
    in[at++] = best.foreign * (1 - best.of(Evidence::property));
    in[at++] = best.elsewhere;
    in[at++] = best.elsewhere * best.elsewhere * best.elsewhere;
    in[at++] = best.of(Evidence::chosen) * best.of(Evidence::alike);
    in[at++] = std::min(1.0f, foreign / 4);
    in[at++] = wish > 0 ? odd / wish : 0;
    in[at++] = odd_most / 6;
    in[at++] = analysis.asks != 0 && best.of(Evidence::type) <= 0 ? 1 : 0;
    in[at++] = head_missing;
    in[at++] = head_missing * (analysis.asks & intents::asks_how_many ? 1.0f : 0.0f);
    in[at++] = (analysis.asks & intents::money) != 0 && !facts[best.fact].names_money ? 1 : 0;
    in[at++] = (analysis.asks & intents::asks_when) != 0 && !facts[best.fact].has_date ? 1 : 0;
    auto const& told = facts[best.fact];
    in[at++] = (analysis.asks & intents::asks_who) != 0 && !told.names_person && told.value_entities.empty() ? 1 : 0;
    in[at++] = (analysis.asks & intents::asks_how_many) != 0 && told.numbers.empty() && !told.list_value ? 1 : 0;
    in[at++] = (analysis.asks & intents::asks_where) != 0 && !told.names_place ? 1 : 0;
    float embedded = 0;   // by how much it is ahead of the others, by the embedding model
    if (best.unanswered > 0) {
        embedded = best.of(Evidence::embedded);
        for (auto const& rival : ranked)
            if (rivals(facts[rival.fact], facts[best.fact]))
                embedded = std::min(embedded, best.of(Evidence::embedded) - rival.of(Evidence::embedded));
    }
    in[at++] = embedded;
    in[at++] = best.unanswered;
    in[at++] = best.unanswered > 0 ? best.of(Evidence::embedded) - best.unanswered : 0;
    return in;
}

float confidence(Snapshot const& snapshot, Analysis const& analysis, std::vector<RankedFact> const& ranked)
{
    if (ranked.empty())
        return 0;
    auto const in = confidence_input(snapshot, analysis, ranked);
    return probability(trees, in);
}

}  // namespace immunobot::assistant
