// Which facts make up one answer: the best, and what is told with it.
//
// Pure. How sure the bot is of an answer (confidence.hpp) is about all that it tells, so both ask here.
#pragma once

#include "assistant/fact_index.hpp"
#include "assistant/ranking.hpp"

#include <cstddef>
#include <vector>

namespace immunobot::assistant {

inline constexpr std::size_t most_told = 3;   // facts of one answer, where no list is asked for

struct Together {
    bool doubtful = false;          // the best is not quite sure: what may be meant instead is told, too
    bool alone = false;             // the best, and nothing with it
    bool of_one_property = false;
    bool all = false;               // all of them are asked for
};

// Places in `ranked`, which must not be empty: 0 first, the others in its order.
std::vector<std::size_t> told_together(FactIndex const& index, std::vector<RankedFact> const& ranked, Together how);

// Whether an entry of the FAQ and a fact tell the same: about the same body, with the same names or figures.
bool tell_the_same(FactFeatures const& a, FactFeatures const& b);

}  // namespace immunobot::assistant
