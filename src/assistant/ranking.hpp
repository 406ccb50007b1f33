// Which facts answer a question best, and how much of the question they account for.
#pragma once

#include "assistant/analysis.hpp"
#include "assistant/snapshot.hpp"

#include <cstdint>
#include <vector>

namespace immunobot::assistant {

struct RankedFact {
    FactIndexId fact = 0;
    float score = 0;
    float coverage = 0;       // 0..1 of the weight of the counting slots
    float wish = 0;           // 0..1 of the weight of those that are not entities; 1 when there are none
    float entity_share = 0;   // 0..1 of the weight of the entity slots alone
    std::uint64_t slots = 0;  // bit i: slot i is accounted for
};

// One thread at a time; keeps its memory from question to question.
class Ranker {
public:
    // The best facts for the slots of `analysis`, best first, at most `limit`.
    void rank(Snapshot const& snapshot, Analysis const& analysis, std::size_t limit, std::vector<RankedFact>& out);

private:
    struct Cell {
        float matched = 0;        // weight of counting slots accounted for
        float bonus = 0;          // of slots that do not count, types and properties
        float entities = 0;
        std::uint64_t slots = 0;
        float slot_best = 0;      // of the slot in hand
        std::uint32_t slot_mark = 0;
    };
    void spread(Postings const& postings, float strength);
    void close_slot(Slot const& slot, std::size_t number);

    std::vector<Cell> cells_;
    std::vector<FactIndexId> touched_;
    std::vector<FactIndexId> in_slot_;
    std::uint32_t mark_ = 0;
};

}  // namespace immunobot::assistant
