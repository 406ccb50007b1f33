#include "assistant/confidence.hpp"

#include "assistant/confidence_trees.hpp"
#include "assistant/grouping.hpp"

#include <algorithm>
#include <cmath>

namespace immunobot::assistant {
namespace {

// In the order of confidence_input().
constexpr ConfidenceTree trees[] = {
#include "assistant/confidence_trees.inc"
};

// An answer to something else is worse than silence: as likely as not is not enough.
constexpr float caution = 0.15f;

constexpr float far_behind = 4.0f;   // a lead of this score is as good as any
constexpr float near_score = 2.0f;   // of a rival
constexpr float plain_keywords = 8.0f;   // score of an intent whose keywords leave no doubt

constexpr intents::ClassBits ways_of_asking[] = {intents::asks_why, intents::asks_which, intents::asks_who, intents::asks_where, intents::asks_when, intents::asks_how_many, intents::money, intents::list_all};

// "The biggest", "le meilleur": said of what the fact does not say it of.
bool claims_most(Snapshot const& snapshot, Analysis const& analysis, RankedFact const& best)
{
    return std::ranges::any_of(analysis.words, [&](AnalysedWord const& word) {
        if (word.role == Role::entity || (!is_of_group(snapshot, word.word.concepts, "largest") && !is_of_group(snapshot, word.word.concepts, "best")))
            return false;
        return std::ranges::none_of(word.word.concepts, [&](intents::ConceptId id) {
            return std::ranges::any_of(snapshot.index.of_concept(id), [&](Posting const& posting) { return posting.fact == best.fact && posting.strength >= in_the_fact; });
        });
    });
}

bool says(FactFeatures const& fact, EntityId entity)
{
    return std::ranges::find(fact.value_entities, entity) != fact.value_entities.end();
}

// Another wish or another body: not a second statement of the same, nor the same told from the other side.
bool rivals(FactFeatures const& a, FactFeatures const& b)
{
    if (a.is_faq != b.is_faq)
        return !tell_the_same(a, b);
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
    float wish = 0, strange = 0, most = 0, novel = 0, novel_most = 0, foreign = 0, odd = 0, odd_most = 0, uncommon = 0, uncommon_most = 0;
    std::size_t words = 0;
    bool named = analysis.names_home;
    float head_missing = 0, number_missing = 0;
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
            if (slot.kind == Slot::Kind::number)
                number_missing = 1;
            if (!slot.common) {
                uncommon += slot.weight;
                uncommon_most = std::max(uncommon_most, slot.weight);
            }
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
    auto const& fact = facts[best.fact];
    in[at++] = (analysis.asks & intents::asks_who) != 0 && !fact.names_person && fact.value_entities.empty() ? 1 : 0;
    in[at++] = (analysis.asks & intents::asks_how_many) != 0 && fact.numbers.empty() && !fact.list_value ? 1 : 0;
    in[at++] = (analysis.asks & intents::asks_where) != 0 && !fact.names_place ? 1 : 0;
    float embedded = 0;   // by how much it is ahead of the others, by the embedding model
    if (best.unanswered > 0) {
        embedded = best.of(Evidence::embedded);
        for (auto const& rival : ranked)
            if (rivals(facts[rival.fact], facts[best.fact]))
                embedded = std::min(embedded, best.of(Evidence::embedded) - rival.of(Evidence::embedded));
    }
    // What the answer leaves out, and whether the judges agree about the best.
    auto const told = told_together(snapshot.index, ranked, {.doubtful = true, .all = (analysis.asks & intents::list_all) != 0});
    auto const is_told = [&](std::size_t place) { return std::ranges::find(told, place) != told.end(); };
    float left_out = far_behind;
    float near_own = 0, near_others = 0;
    for (std::size_t i = 1; i < ranked.size(); ++i) {
        auto const& rival = facts[ranked[i].fact];
        if (is_told(i) || !rivals(rival, fact))
            continue;
        left_out = std::min(left_out, std::max(0.0f, best.score - ranked[i].score));
        if (ranked[i].score >= best.score - near_score)
            (rival.entity == fact.entity ? near_own : near_others) += 1.0f;
    }
    in[at++] = left_out / far_behind;
    in[at++] = std::min(1.0f, near_own / 4);
    in[at++] = std::min(1.0f, near_others / 4);
    in[at++] = static_cast<float>(told.size()) / 4;
    float agree = 0;
    for (auto const which : {Evidence::alike, Evidence::embedded, Evidence::exact, Evidence::chosen, Evidence::wish}) {
        float most_of_others = 0;
        for (std::size_t i = 1; i < ranked.size(); ++i)
            if (!is_told(i) && rivals(facts[ranked[i].fact], fact))
                most_of_others = std::max(most_of_others, ranked[i].of(which));
        agree += best.of(which) >= most_of_others ? 1.0f : 0.0f;
    }
    in[at++] = agree / 5;
    float by_keywords = 0, by_others = 0;
    for (auto const& score : analysis.scores) {
        auto const& properties = snapshot.intent_properties[score.intent];
        bool const its = !fact.is_faq && std::ranges::find(properties, fact.property) != properties.end();
        (its ? by_keywords : by_others) = std::max(its ? by_keywords : by_others, score.score);
    }
    in[at++] = std::min(1.0f, by_keywords / plain_keywords);
    in[at++] = std::min(1.0f, by_others / plain_keywords);
    in[at++] = fact.is_faq ? 1 : 0;
    in[at++] = analysis.yes_no ? 1 : 0;
    in[at++] = strange > 0 ? uncommon / strange : 0;
    in[at++] = uncommon_most / 6;
    in[at++] = best.coverage;
    in[at++] = best.stated;
    for (auto const bits : ways_of_asking)
        in[at++] = (analysis.asks & bits) != 0 ? 1 : 0;
    in[at++] = analysis.open ? 1 : 0;
    in[at++] = analysis.negated ? 1 : 0;
    in[at++] = number_missing;
    in[at++] = claims_most(snapshot, analysis, best) ? 1 : 0;
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
    return probability(trees, in, -caution);
}

}  // namespace immunobot::assistant
