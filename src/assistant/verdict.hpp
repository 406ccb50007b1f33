// "Yes:" or "No:" before the fact that answers a yes/no question; neither unless the fact itself settles it.
#pragma once

#include "assistant/analysis.hpp"
#include "assistant/ranking.hpp"

namespace immunobot::assistant {

enum class Verdict { none, yes, no };

// Yes when the fact itself says everything that the question says: a way of asking for it may presume what is wrong. No when it has another number, or another body or person in the
// place of the one that the question names. Otherwise none: the fact is told without a verdict.
Verdict verdict(Snapshot const& snapshot, Analysis const& analysis, RankedFact const& fact);

}  // namespace immunobot::assistant
