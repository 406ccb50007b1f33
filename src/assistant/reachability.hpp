// What of intents and knowledge never meets: facts that no question reaches, intents without facts. For immunobot check.
#pragma once

#include "assistant/snapshot.hpp"
#include "base/diagnostic.hpp"
#include "intents/intent.hpp"
#include "knowledge/model.hpp"

#include <string>
#include <vector>

namespace immunobot::assistant {

// L111: an intent that answers with properties of which there is no fact that holds (warning, where it says 'answers').
void find_intents_without_facts(std::vector<intents::Intent> const& intents, knowledge::Knowledge const& knowledge, Diagnostics& found);

// L110: a fact that is told to none of the ways of asking for it (warning, at its row). Asks them all: some seconds.
void find_unreached_facts(Snapshot const& snapshot, knowledge::Knowledge const& knowledge, std::string const& data_folder, Diagnostics& found);

}  // namespace immunobot::assistant
