// A small made-up knowledge with the shipped intents and word lists, for tests of the parts of the assistant.
#pragma once

#include "assistant/analysis.hpp"
#include "assistant/ranking.hpp"
#include "assistant/snapshot.hpp"
#include "knowledge/model.hpp"

#include <memory>
#include <string>
#include <vector>

namespace immunobot::assistant::tests {

// The house (hub), two institutes and a company in it, a fund, two people; what was founded when, who leads what, and so on.
knowledge::Knowledge small_knowledge();

// The shipped intents and word lists, with only a few refusals. Read once per process.
std::shared_ptr<IntentSet const> shipped_intents();

// Of small_knowledge(); made once per process.
Snapshot const& small_world();
// The same without its last fact and its FAQ entry, as after something published was taken back.
Snapshot const& world_of_fewer_facts();

Analysis analyse(std::string_view text, std::optional<Language> forced = {});
EntityId entity(std::string_view id);
FactIndexId fact(std::string_view id);

// The facts that answer `text`, best first.
std::vector<RankedFact> ranked(Analysis const& analysis);

}  // namespace immunobot::assistant::tests
