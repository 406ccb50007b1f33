// Which facts answer a question best, and how much of the question they account for.
//
// In two steps: the lists of the index gather candidates and how much of the question each accounts for; the best of
// them are then compared more closely (ways of asking, property, type of answer) and weighed by a linear model whose
// weights bench/learn_ranking fits on questions that the index has not seen.
#pragma once

#include "assistant/analysis.hpp"
#include "assistant/snapshot.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace immunobot::assistant {

inline constexpr float in_the_fact = 0.99f;   // strength of a posting: a word of the fact's own sentences, not of a way of asking for it;
inline constexpr float meant_in_the_fact = 0.74f;   // ... and of a meaning of one

// What speaks for a fact; each between 0 and about 1.
enum class Evidence : std::size_t {
    wish,          // share of the words that are no names which the fact accounts for
    exact,         // the same, by the words themselves: no paraphrases, no keywords
    entity,        // share of the named entities
    alike,         // likeness of the nearest way of asking
    alike_others,  // ... of the next ones
    usual,         // share of the question that most ways of asking have
    alike_words,   // share of the question that this way of asking has
    property,      // how likely the property is, by the model
    chosen,        // how likely it is this one of its entity's facts, by their own model
    embedded,      // how likely it is by the embedding model; of what that has not learned: the likeness
    suits,         // share of the words that people use when they ask for this property, of whatever body
    keywords,      // how well the property's intents match
    type,          // the kind of value asked for
    context,       // entities and words that are only remembered or implied
    own,           // the fact is about a named entity itself, or about the house when none is named
    seed,          // the cluster's own statement
    brief,         // it says little else
    count
};
inline constexpr std::size_t evidences = static_cast<std::size_t>(Evidence::count);

struct RankedFact {
    FactIndexId fact = 0;
    float score = 0;
    float coverage = 0;       // 0..1 of the weight of the counting slots
    float stated = 0;         // 0..1 of the weight of the words that are no names: those that stand in the fact itself
    float elsewhere = 0;      // 0..1: how likely none of its entity's facts answers, by their own model
    float foreign = 0;        // 0..1: how likely no property answers the question at all
    float unanswered = 0;     // 0..1: how likely nothing answers it, by the embedding model; 0 of what that has not learned
    std::array<float, evidences> evidence{};
    std::uint64_t slots = 0;  // bit i: slot i is accounted for

    float of(Evidence which) const { return evidence[static_cast<std::size_t>(which)]; }
};

// One thread at a time; keeps its memory from question to question.
class Ranker {
public:
    // The best facts for the slots of `analysis`, best first, at most `limit`.
    void rank(Snapshot const& snapshot, Analysis const& analysis, std::size_t limit, std::vector<RankedFact>& out);


private:
    struct Cell {
        float matched = 0;        // weight of counting slots accounted for
        float context = 0;        // of slots that do not count
        float entities = 0;       // part of matched that is names
        std::uint64_t slots = 0;
        float exact = 0;          // part of matched that is the words themselves
        float stated = 0;         // part of exact that stands in the fact itself
        float slot_best = 0;      // of the slot in hand
        float slot_exact = 0;
        std::uint32_t slot_mark = 0;
    };
    struct Totals {
        float all = 0;
        float entities = 0;
        float context = 0;
    };
    enum class By { word, meaning };
    void spread(Postings const& postings, float strength, By by);
    void close_slot(Slot const& slot, std::size_t number);
    Totals gather(FactIndex const& index, Analysis const& analysis);
    void mark_question(FactIndex const& index, Analysis const& analysis);
    void weigh_properties(Snapshot const& snapshot, Analysis const& analysis);
    void read_embeddings(Snapshot const& snapshot, Analysis const& analysis);
    float embedded(Snapshot const& snapshot, FactIndexId fact) const;
    void choose_among_own(FactIndex const& index, RankedFact& fact);
    void find_own(Analysis const& analysis, Totals const& totals);
    std::array<float, evidences> first_evidence(Snapshot const& snapshot, Analysis const& analysis, Totals const& totals, FactIndexId fact) const;
    RankedFact first_look(Snapshot const& snapshot, Analysis const& analysis, Totals const& totals, FactIndexId fact) const;

    std::vector<Cell> cells_;
    struct Scored {
        float score = 0;
        FactIndexId fact = 0;
    };
    std::vector<Scored> scores_;        // of all that was touched, at first look
    std::vector<FactIndexId> touched_;
    std::vector<EntityId> own_;         // see find_own()
    std::vector<FactIndexId> in_slot_;
    std::uint32_t mark_ = 0;
    Wordings::Marks marks_;
    PropertyModel::Scratch model_;
    std::vector<float> property_;   // by property: 0..1; last for a wish that no property answers
    std::vector<float> keywords_;   // by property: 0..1
    std::vector<intents::EmbeddingModel::Feature> features_;
    std::vector<float> log_likelihoods_;   // by label of the embedding model
    struct Chosen { EntityId entity; std::vector<float> likely; };
    std::vector<Chosen> chosen_;
};

}  // namespace immunobot::assistant
