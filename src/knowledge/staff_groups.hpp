// What an erasure of questions does to the groups that the staff have of them: the words of a group are those of one
// question, and go with it. Inside the caller's write transaction.
#pragma once

#include "base/error.hpp"
#include "knowledge/sqlite.hpp"

#include <cstdint>
#include <map>

namespace immunobot::knowledge {

// Group -> how many questions it has.
using GroupSizes = std::map<std::int64_t, std::int64_t>;

Result<GroupSizes> group_sizes(Database& database);

// Groups that have lost questions since `before` get the words of one that is left; those with none left go.
Result<> follow_erasure(Database& database, GroupSizes const& before);

}  // namespace immunobot::knowledge
