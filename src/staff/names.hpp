// Names that staff add to an entity, and what tests each: the ways of asking for its facts with that name in place of another. Pure; any
// thread.
#pragma once

#include "knowledge/model.hpp"
#include "knowledge/staff_model.hpp"
#include "staff/regression.hpp"

#include <string_view>
#include <vector>

namespace immunobot::staff {

// The entities of this name, acronym, alias or id, however it is written.
std::vector<knowledge::Entity const*> entities_called(knowledge::Knowledge const& all, std::string_view name);

// The aliases of entities of `here` that are in `wanted` alone.
std::vector<knowledge::NewName> new_names(knowledge::Knowledge const& here, knowledge::Knowledge const& wanted);

// A few ways of asking for each fact, some twenty for each name; none for a name that is not (any more) one of the entity's.
std::vector<StoredQuestion> named_questions(knowledge::Knowledge const& all, std::vector<knowledge::NewName> const& names);

}  // namespace immunobot::staff
