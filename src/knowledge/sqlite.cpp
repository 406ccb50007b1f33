#include "knowledge/sqlite.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <utility>

namespace immunobot::knowledge {
namespace {

constexpr int busy_wait_ms = 5'000;
constexpr int longest_value = 16 * 1024 * 1024;
constexpr int longest_sql = 64 * 1024;

Error failure(sqlite3_stmt* handle, int code)
{
    sqlite3* const database = sqlite3_db_handle(handle);
    char const* const path = sqlite3_db_filename(database, "main");
    return storage_error(database, code, "use", path ? path : "");
}

void limit(sqlite3* handle)
{
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, longest_value);
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, longest_sql);
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 100);
    sqlite3_limit(handle, SQLITE_LIMIT_COMPOUND_SELECT, 10);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 10);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
}

int open_flags(Access access)
{
    switch (access) {
    case Access::read: return SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    case Access::write: return SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    case Access::create: break;
    }
    return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
}

constexpr char const* reading = "PRAGMA foreign_keys=ON; PRAGMA query_only=ON; PRAGMA mmap_size=0;";
// FULL, not NORMAL: what was acknowledged must survive a power cut. secure_delete: what is purged is gone.
constexpr char const* writing = "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;"
                                "PRAGMA secure_delete=ON; PRAGMA mmap_size=0; PRAGMA cell_size_check=ON;";

// It holds what people asked: for its owner alone, whatever the system would give. SQLite's other files are as this one is. Where it
// cannot be made, SQLite says why.
void make_private(std::string const& path)
{
    int const made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made >= 0)
        ::close(made);
}

}  // namespace

void CloseDatabase::operator()(sqlite3* handle) const
{
    sqlite3_close_v2(handle);
}

void FinalizeStatement::operator()(sqlite3_stmt* handle) const
{
    sqlite3_finalize(handle);
}

Error storage_error(sqlite3* handle, int code, std::string_view doing, std::string const& path)
{
    std::string message = "cannot " + std::string(doing) + " the database " + path + ": " +
                          (handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code));
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {Errc::busy, message, "another program is writing to it; try again"};
    case SQLITE_FULL: return {Errc::storage, message, "the disk is full; make room"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return {Errc::storage, message, "the file is damaged; restore a backup"};
    case SQLITE_READONLY: return {Errc::storage, message, "the file or its folder is not writable"};
    case SQLITE_CANTOPEN: return {Errc::storage, message, "check that it exists, with the rights to open it"};
    default: return {Errc::storage, message, "check the disk and the rights on the file"};
    }
}

void Statement::note(int code)
{
    if (code != SQLITE_OK && bind_error_ == SQLITE_OK)
        bind_error_ = code;
}

Statement& Statement::bind(int parameter, std::string_view text)
{
    // A null pointer would bind NULL, and an empty text is not that.
    char const* const data = text.data() ? text.data() : "";
    note(sqlite3_bind_text64(handle_.get(), parameter, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(int parameter, std::int64_t number)
{
    note(sqlite3_bind_int64(handle_.get(), parameter, number));
    return *this;
}

Statement& Statement::bind(int parameter, double number)
{
    note(sqlite3_bind_double(handle_.get(), parameter, number));
    return *this;
}

Statement& Statement::bind_null(int parameter)
{
    note(sqlite3_bind_null(handle_.get(), parameter));
    return *this;
}

Result<bool> Statement::step()
{
    if (bind_error_ != SQLITE_OK)
        return failure(handle_.get(), bind_error_);
    int const code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return failure(handle_.get(), code);
}

Result<> Statement::run()
{
    auto const stepped = step();
    reset();
    if (!stepped)
        return stepped.error();
    return {};
}

void Statement::reset()
{
    sqlite3_reset(handle_.get());
    sqlite3_clear_bindings(handle_.get());
    bind_error_ = SQLITE_OK;
}

std::string_view Statement::view(int column) const
{
    // As a blob: asking for text makes SQLite copy the value to put a NUL behind it.
    auto const* const bytes = static_cast<char const*>(sqlite3_column_blob(handle_.get(), column));
    return bytes ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column)))
                 : std::string_view();
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(handle_.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(handle_.get(), column);
}

bool Statement::is_null(int column) const
{
    return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

Result<Database> Database::open(std::string const& path, Access access)
{
    // Nobody reads SQLite's memory statistics, and they cost a process-wide lock at each allocation.
    static int const without_statistics = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(without_statistics);
    if (access == Access::create)
        make_private(path);
    Database database;
    database.path_ = path;
    sqlite3* handle = nullptr;
    int const code = sqlite3_open_v2(path.c_str(), &handle, open_flags(access), nullptr);
    database.handle_.reset(handle);  // SQLite gives a handle even when it fails
    if (code != SQLITE_OK)
        return storage_error(handle, code, "open", path);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, busy_wait_ms);
    limit(handle);
    if (auto set = database.execute(access == Access::read ? reading : writing); !set)
        return set.error();
    return database;
}

Result<> Database::execute(char const* sql)
{
    int const code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return storage_error(handle_.get(), code, "use", path_);
    return {};
}

Result<Statement> Database::prepare(std::string_view sql)
{
    sqlite3_stmt* handle = nullptr;
    int const code =
        sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), 0, &handle, nullptr);
    if (code != SQLITE_OK)
        return storage_error(handle_.get(), code, "use", path_);
    return Statement(handle);
}

Result<Borrowed> Database::cached(Sql sql)
{
    auto found = statements_.find(sql.text());
    if (found == statements_.end()) {
        auto made = prepare(sql.text());
        if (!made)
            return made.error();
        found = statements_.emplace(sql.text(), std::move(*made)).first;
    }
    return Borrowed(found->second);
}

Result<std::int64_t> Database::integer(char const* sql)
{
    auto query = prepare(sql);
    if (!query)
        return query.error();
    auto const row = query->step();
    if (!row)
        return row.error();
    return *row ? query->integer(0) : 0;
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(handle_.get());
}

bool Database::in_transaction() const
{
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

namespace {

constexpr char const* rollback = "ROLLBACK";

}  // namespace

Result<Transaction> Transaction::begin(Database& database, Kind kind)
{
    // Prepared now, so that the destructor needs no memory.
    if (auto const end = database.cached(rollback); !end)
        return end.error();
    auto begin = database.cached(kind == Kind::write ? Sql("BEGIN IMMEDIATE") : Sql("BEGIN"));
    if (!begin)
        return begin.error();
    if (auto begun = (*begin)->run(); !begun)
        return begun.error();
    return Transaction(database);
}

Transaction::~Transaction()
{
    if (database_)
        roll_back();
}

// Some failures (a full disk) have rolled back already.
void Transaction::roll_back()
{
    if (!database_->in_transaction())
        return;
    if (auto end = database_->cached(rollback))
        static_cast<void>((*end)->run());
}

Result<> Transaction::commit()
{
    auto commit = database_->cached("COMMIT");
    auto const committed = commit ? (*commit)->run() : Result<>(commit.error());
    if (!committed)
        roll_back();
    database_ = nullptr;
    return committed;
}

}  // namespace immunobot::knowledge
