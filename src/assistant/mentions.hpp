// Whom and what an answer names, for the links to their pages. Pure.
#pragma once

#include "assistant/reply.hpp"
#include "assistant/snapshot.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace immunobot::assistant {

// Each entity of which there are facts, where it is named first at or after the byte `from`. Only names that are written with a
// capital count ("the cluster" may be any), and no part of a longer word ("Marseille-Luminy").
std::vector<Mention> mentions_in(std::string_view answer, std::size_t from, Snapshot const& snapshot);

}  // namespace immunobot::assistant
