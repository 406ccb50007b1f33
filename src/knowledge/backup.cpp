#include "knowledge/backup.hpp"

#include "knowledge/file_io.hpp"
#include "knowledge/rows.hpp"
#include "knowledge/schema.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <utility>

namespace immunobot::knowledge {
namespace {

// The first column of the first row as text; for PRAGMAs that say "ok" or what is wrong.
Result<std::string> first_text(Database& database, char const* sql)
{
    auto query = database.prepare(sql);
    if (!query)
        return query.error();
    auto const row = query->step();
    if (!row)
        return row.error();
    return *row ? query->text(0) : std::string();
}

Error damaged(std::string const& path, std::string const& why)
{
    return {Errc::storage, "cannot use the database " + path + ": " + why, "use another backup"};
}

Result<DatabaseSummary> summarise(Database& database)
{
    DatabaseSummary summary;
    struct Count {
        char const* sql;
        std::size_t* to;
    };
    for (Count const& count : {Count{"SELECT count(*) FROM entity", &summary.entities}, Count{"SELECT count(*) FROM fact", &summary.facts},
                               Count{"SELECT count(*) FROM source", &summary.sources}, Count{"SELECT count(*) FROM faq", &summary.faq},
                               Count{"SELECT count(*) FROM question_log", &summary.questions}}) {
        auto const number = database.integer(count.sql);
        if (!number)
            return number.error();
        *count.to = static_cast<std::size_t>(*number);
    }
    auto const revision = read_revision(database);
    if (!revision)
        return revision.error();
    summary.revision = *revision;
    return summary;
}

Result<DatabaseSummary> verify_all(Database& database)
{
    auto const version = verify(database, false);
    if (!version)
        return version.error();
    auto const pages = first_text(database, "PRAGMA integrity_check(1)");
    if (!pages)
        return pages.error();
    if (*pages != "ok")
        return damaged(database.path(), "the file is damaged (" + *pages + ")");
    auto const reference = first_text(database, "PRAGMA foreign_key_check");
    if (!reference)
        return reference.error();
    if (!reference->empty())
        return damaged(database.path(), "a row of " + *reference + " refers to one that is not there");
    auto summary = summarise(database);
    if (summary && (summary->entities == 0 || summary->facts == 0))
        return damaged(database.path(), "it holds no knowledge");
    if (summary)
        summary->version = *version;
    return summary;
}

struct FinishBackup {
    void operator()(sqlite3_backup* copy) const { sqlite3_backup_finish(copy); }
};

// In one step, so that a writer cannot make it start over; in WAL mode nobody waits for it.
Result<> copy_database(Database& from, Database& to)
{
    std::unique_ptr<sqlite3_backup, FinishBackup> copy(sqlite3_backup_init(to.handle(), "main", from.handle(), "main"));
    if (!copy)
        return storage_error(to.handle(), sqlite3_errcode(to.handle()), "copy to", to.path());
    int const code = sqlite3_backup_step(copy.get(), -1);
    copy.reset();
    if (code != SQLITE_DONE)
        return storage_error(to.handle(), code, "copy to", to.path());
    return {};
}

// A verified copy in one file, without a write-ahead log.
Result<DatabaseSummary> make_copy(std::string const& from, std::string const& to)
{
    auto source = Database::open(from, Access::read);
    if (!source)
        return source.error();
    if (auto const ours = verify(*source, false); !ours)
        return ours.error();
    remove_database(to);
    auto copy = Database::open(to, Access::create);
    if (!copy)
        return copy.error();
    if (auto done = copy_database(*source, *copy); !done)
        return done.error();
    if (auto done = copy->execute("PRAGMA journal_mode=DELETE"); !done)
        return done.error();
    return verify_all(*copy);
}

Result<DatabaseSummary> discard(std::string const& draft, Error error)
{
    remove_database(draft);
    return error;
}

// False where another program's file stands. Looked at without writing: not even its journal mode may change.
bool replaceable(std::string const& path)
{
    struct stat info = {};
    if (::stat(path.c_str(), &info) == 0 && info.st_size == 0)
        return true;
    auto old = Database::open(path, Access::read);
    if (!old)
        return true;  // too damaged to be anyone's
    auto const id = old->integer("PRAGMA application_id");
    return !id || *id == application_id;
}

// Makes the database that is to be replaced one file without readers. One that is too damaged to be opened has none.
Result<> retire(std::string const& path)
{
    if (!file_exists(path))
        return {};
    if (!replaceable(path))
        return Error{Errc::conflict, "the file " + path + " is a database of another program", "give another path; the file was left as it is"};
    Error const in_use{Errc::busy, "the database " + path + " is in use", "stop the program that uses it, then restore"};
    auto old = Database::open(path, Access::write);
    if (!old)
        return old.error().code == Errc::busy ? Result<>(in_use) : Result<>();
    sqlite3_busy_timeout(old->handle(), 500);
    auto const alone = old->execute("PRAGMA journal_mode=DELETE");
    if (!alone && alone.error().code == Errc::busy)
        return in_use;
    return {};
}

Result<> upgrade_copy(std::string const& draft)
{
    auto const migrated = migrate(draft);
    remove_database(draft + ".lock");
    if (!migrated)
        return migrated.error();
    auto copy = Database::open(draft, Access::write);
    if (!copy)
        return copy.error();
    return copy->execute("PRAGMA journal_mode=DELETE");
}

}  // namespace

Result<DatabaseSummary> verify_database(std::string const& path)
{
    if (!file_exists(path))
        return Error{Errc::not_found, "there is no file " + path, "check the path"};
    auto database = Database::open(path, Access::read);
    if (!database)
        return database.error();
    return verify_all(*database);
}

Result<DatabaseSummary> backup(std::string const& database, std::string const& file)
{
    if (same_file(database, file))
        return Error{Errc::bad_request, file + " is the database itself", "give the path of another file"};
    auto open = open_current(database, Access::read);  // says it well when there is none
    if (!open)
        return open.error();
    std::string const draft = file + ".new";
    auto const summary = make_copy(database, draft);
    if (!summary)
        return discard(draft, summary.error());
    if (auto moved = move_into_place(draft, file); !moved)
        return discard(draft, moved.error());
    return *summary;
}

Result<DatabaseSummary> restore(std::string const& database, std::string const& file)
{
    if (!file_exists(file))
        return Error{Errc::not_found, "there is no file " + file, "check the path of the backup"};
    if (same_file(database, file))
        return Error{Errc::bad_request, file + " is the database itself", "give the path of a backup"};
    auto lock = FileLock::open(database);
    if (!lock)
        return lock.error();
    if (auto alone = lock->take(FileLock::Part::presence, FileLock::Mode::exclusive, 1'000); !alone)
        return Error{Errc::busy, "the database " + database + " is in use", "stop the program that uses it, then restore"};
    std::string const draft = database + ".new";
    auto summary = make_copy(file, draft);
    if (!summary)
        return discard(draft, summary.error());
    if (summary->version < schema_version())
        if (auto upgraded = upgrade_copy(draft); !upgraded)
            return discard(draft, upgraded.error());
    summary->version = schema_version();
    if (auto retired = retire(database); !retired)
        return discard(draft, retired.error());
    // A log or journal that outlived its database would be played into the new one.
    remove_database(database + "-journal");
    remove_database(database + "-wal");
    remove_database(database + "-shm");
    if (auto moved = move_into_place(draft, database); !moved)
        return discard(draft, moved.error());
    return summary;
}

}  // namespace immunobot::knowledge
