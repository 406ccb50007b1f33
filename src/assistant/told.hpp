// What the structure of the facts answers after an answer, whatever the words: one of those who were just listed, and
// whoever was there before somebody. Pure.
#pragma once

#include "assistant/fact_index.hpp"
#include "assistant/snapshot.hpp"

#include <optional>
#include <string>
#include <vector>

namespace immunobot::assistant {

// Of a list among the facts `told`: the fact that says of `entity` alone that it is one of it, if there is one, else the
// list. Nothing if no list has it.
std::optional<FactIndexId> one_of_told(FactIndex const& index, std::vector<std::string> const& told, EntityId entity);

// The facts that tell who was there before the one of `fact`, who is or was the "x" or "former_x" of its entity: a fact of
// today's that names the one before as well, then the nearest before it by their dates. Empty if nobody is known.
std::vector<FactIndexId> before_that(Snapshot const& snapshot, FactIndexId fact);

// Whether it lists those who belong to its entity: it is the parent of some, or some say the same of themselves.
bool lists_members(Snapshot const& snapshot, FactFeatures const& list);

// Whether it is a "former_x": what was, not what is.
bool is_past(FactIndex const& index, std::uint16_t property);

// Whether a property is one that people hold one after another: "x" where there is a "former_x", or that itself.
bool is_held_in_turn(FactIndex const& index, std::uint16_t property);

}  // namespace immunobot::assistant
