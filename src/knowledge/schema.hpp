// The database's schema: what stands in it, how an older one becomes today's, and what is refused.
#pragma once

#include "base/error.hpp"
#include "knowledge/file_lock.hpp"
#include "knowledge/sqlite.hpp"

#include <string>

namespace immunobot::knowledge {

// What this program writes into the header of its files ("ImBo"), so that another program's are told apart.
inline constexpr int application_id = 0x496d426f;

// The version this program reads and writes: the number of its migrations.
int schema_version();

// An open database together with its place among the users of the file.
struct OpenDatabase {
    FileLock lock;
    Database database;  // closed before the lock goes
};

// Opens an existing database of this schema version. Refuses with one line and a hint: a missing, empty,
// foreign, damaged, older (run migrate) or newer file. `Access::create` is not for here.
Result<OpenDatabase> open_current(std::string const& path, Access access);

// Closes a writing connection under the lock on writing: the last one to close merges the write-ahead log. When another
// writer is at work for long, the log stays for whoever opens the file next; nothing is lost.
void close_writer(OpenDatabase& open);

// Empties the write-ahead log, in which the pages stand as they were before an erasure; the caller holds the lock on writing.
// Errc::busy when a reader holds the log: then it is emptied with the next purge.
Result<> empty_write_ahead_log(Database& database);

// The database's own salt, of all pseudonyms in it.
Result<std::string> read_salt(Database& database);

struct MigrationReport {
    bool created = false;
    int from = 0;
    int to = 0;
};

// Makes the database if there is none, brings an older one up to date (each step in one transaction) and
// verifies its pages. A kill at any moment leaves either no file, the old version or the new one. Call it once at start.
Result<MigrationReport> migrate(std::string const& path);

// Errc::storage unless `database` is one of ours, of a version up to this program's and, if `deep`, sound in all
// its pages. Gives the version.
Result<int> verify(Database& database, bool deep);

}  // namespace immunobot::knowledge
