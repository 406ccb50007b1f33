// Makes the database hold what a knowledge folder, or a JSON file of the knowledge (see whole_json.hpp), says, and what staff have changed here since (see local_changes.hpp).
#pragma once

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "base/error.hpp"
#include "knowledge/local_changes.hpp"
#include "knowledge/model.hpp"
#include "text/csv.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace immunobot::knowledge {

struct ImportOptions {
    bool dry_run = false;                // tell what would change, change nothing
    bool allow_removals = false;         // of most rows of a table: else an import that would is refused
    std::string who = "import";          // for the history
    std::string why = {};                // for the history; empty: "import of FOLDER"
    Date today = {};                     // for warnings about what is overdue; the year 0 asks for none
    text::CsvLimits limits = {};
    // Called now and then, with a stage ("reading", "facts", "committing") and how far it is; total 0 where not known.
    std::function<void(std::string_view stage, std::size_t done, std::size_t total)> progress = {};
};

struct ImportCounts {
    std::size_t added = 0;
    std::size_t changed = 0;
    std::size_t removed = 0;
    std::size_t unchanged = 0;
    friend bool operator==(ImportCounts const&, ImportCounts const&) = default;
};

struct ImportReport {
    Diagnostics diagnostics;     // of the folder, and of what it makes of the database; with an error in it nothing was changed
    bool applied = false;        // the database now holds what the folder says (false in a dry run)
    bool created = false;        // the database was made for it
    ImportCounts sources;
    ImportCounts entities;
    ImportCounts facts;
    ImportCounts faq;
    ImportCounts askings;
    std::size_t kept = 0;        // rows that staff changed here and the folder did not: they stay as staff have them
    std::vector<LocalChange> conflicts;  // rows that both changed: they stay as staff have them too, and are to be looked at
    std::vector<LocalChange> settled;    // rows of which the folder now says what staff say
    std::size_t moved = 0;       // rows that only stand elsewhere in their file
    std::int64_t revision = 0;   // of the knowledge, afterwards
};

// `folder` may be the path of such a JSON file: what is no folder is read as one.
// One transaction: all or nothing, also when killed in the middle. Importing the same again changes nothing, and rows
// that are the same keep their revision. Makes the database or brings it up to date where needed. A bad folder is not a
// failure but a report with errors in its diagnostics; Errc::storage or Errc::busy when the database cannot be used.
Result<ImportReport> import_folder(std::string const& database, std::string const& folder, ImportOptions const& options = {});

}  // namespace immunobot::knowledge
