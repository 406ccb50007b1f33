// Rows that staff changed here, so that a newer data/ does not undo their work.
//
// Of each, a digest is kept of how the folder had it when it was changed first. An import then has three versions: that
// one, what is here, and what the folder says now.
#pragma once

#include "base/error.hpp"
#include "knowledge/model.hpp"
#include "knowledge/sqlite.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::knowledge {

struct LocalChange {
    std::string kind;   // "faq", "asking", "fact" or "source"
    std::string row;
    friend bool operator==(LocalChange const&, LocalChange const&) = default;
};

// A fact that the folder no longer has, and that stays because an answer of staff takes in its text.
struct KeptFact {
    std::string fact;
    std::string entry;
};

struct KeptChanges {
    std::size_t kept = 0;
    std::vector<KeptFact> facts;
    std::vector<LocalChange> conflicts;
    std::vector<LocalChange> settled;
};

// Notes that a row is changed here. `json` is the row before; empty if it was not there. Only the first time counts.
Result<> note_local_change(Database& database, std::string_view kind, std::string_view id, std::string const& json);

// Puts into `wanted` (what a folder says) the rows of `here` that staff changed, and what these refer to.
Result<KeptChanges> keep_local_changes(Database& database, Knowledge const& here, Knowledge& wanted);

Result<> forget_local_changes(Database& database, std::vector<LocalChange> const& settled);

}  // namespace immunobot::knowledge
