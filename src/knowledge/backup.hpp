// Copies of the whole database, and the way back.
#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace immunobot::knowledge {

// What a database file holds, counted while it was verified.
struct DatabaseSummary {
    int version = 0;
    std::int64_t revision = 0;
    std::size_t entities = 0;
    std::size_t facts = 0;
    std::size_t sources = 0;
    std::size_t faq = 0;
    std::size_t questions = 0;  // logged
};

// Looks at every page, index and reference of the file. Errc::storage with one line when it is not one of ours, newer
// than this program, damaged, or holds no knowledge.
Result<DatabaseSummary> verify_database(std::string const& path);

// Copies a database in use, as it is at one moment, into one file; a file of that name is replaced when the copy is
// complete and verified. The copy holds the question log too: it has to be kept as carefully, and no longer.
Result<DatabaseSummary> backup(std::string const& database, std::string const& file);

// Puts a backup in the place of the database, after it was verified and, if it is older, brought up to date; all or
// nothing. Errc::busy while anyone has the database open, Errc::conflict when another program's file stands in its place.
Result<DatabaseSummary> restore(std::string const& database, std::string const& file);

}  // namespace immunobot::knowledge
