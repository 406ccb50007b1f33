// Weak spots of intents whose files are sound: questions that two of them claim, keywords that do nothing.
//
// Warnings only, with codes that stay: L101 to L104. Pure; for immunobot check.
#pragma once

#include "base/diagnostic.hpp"
#include "intents/intent.hpp"
#include "intents/lexicon.hpp"

#include <vector>

namespace immunobot::intents {

// L101: two intents match one question that has no more words than one of them needs alone, where that matters: one is a
// fixed reply (it would go before the facts), or both name facts of one property. The shortest such question is shown. A pair
// is settled, and not told, when a test of either is a question that both match: then it says which is right.
void find_overlaps(std::vector<Intent> const& intents, Lexicon const& lexicon, Diagnostics& found);

// L102: a keyword without any word; L103: one that holds a 'never' of the same intent; L104: one that stands in the list
// already, but for case, accents and apostrophes.
void find_dead_keywords(std::vector<Intent> const& intents, Diagnostics& found);

}  // namespace immunobot::intents
