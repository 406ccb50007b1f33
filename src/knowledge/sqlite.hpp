// SQLite as three small owning types: Database, Statement, Transaction.
//
// A Database and what was made from it belong to one thread at a time. Values are always bound, never
// pasted into SQL. Every failure is Errc::storage (Errc::busy when another writer held the file for
// longer than the wait), with SQLite's own words in the message.
#pragma once

#include "base/error.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace immunobot::knowledge {

struct CloseDatabase {
    void operator()(sqlite3* handle) const;
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* handle) const;
};

class Statement {
public:
    Statement() = default;
    explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

    // Parameters count from 1. Text is copied and bound with its length, so that NUL bytes survive.
    Statement& bind(int parameter, std::string_view text);
    Statement& bind(int parameter, std::int64_t number);
    Statement& bind(int parameter, double number);
    Statement& bind_null(int parameter);

    // True: there is a row to read. False: no more rows. Errors also come from values that could not be bound.
    Result<bool> step();
    // Runs a statement that gives no rows, and makes it ready to run again.
    Result<> run();
    // Ready to run again, with nothing bound.
    void reset();

    // Columns count from 0. A text lives until the next step() or reset().
    std::string_view view(int column) const;
    std::string text(int column) const { return std::string(view(column)); }
    std::int64_t integer(int column) const;
    double real(int column) const;
    bool is_null(int column) const;

private:
    void note(int code);

    std::unique_ptr<sqlite3_stmt, FinalizeStatement> handle_;
    int bind_error_ = 0;
};

// Resets a cached statement when its user is done with it, so that no read lock stays behind.
class Borrowed {
public:
    explicit Borrowed(Statement& statement) : statement_(&statement) {}
    Borrowed(Borrowed const&) = delete;
    Borrowed(Borrowed&& from) noexcept : statement_(std::exchange(from.statement_, nullptr)) {}
    Borrowed& operator=(Borrowed const&) = delete;
    ~Borrowed()
    {
        if (statement_)
            statement_->reset();
    }
    Statement* operator->() const { return statement_; }
    Statement& operator*() const { return *statement_; }

private:
    Statement* statement_;
};

enum class Access {
    read,   // cannot change anything, not even through hostile SQL in the file
    write,  // of an existing file
    create  // write, and the file may not exist yet
};

// The text of a statement that is kept for the life of a connection, told from others by its address: only what stands in the
// program itself can be one, which the compiler sees to.
class Sql {
public:
    consteval Sql(char const* text) : text_(text) {}   // implicit: literals are meant
    char const* text() const { return text_; }

private:
    char const* text_;
};

class Database {
public:
    Database() = default;  // not open: to be assigned

    // Opens the file with the settings every connection of ours has (busy wait, foreign keys, defensive,
    // limits) and, for writing, WAL with synchronous=FULL and secure_delete. Says nothing of the schema.
    static Result<Database> open(std::string const& path, Access access);

    Result<> execute(char const* sql);  // one or several statements, no values
    Result<Statement> prepare(std::string_view sql);
    // A statement kept for the life of the connection.
    Result<Borrowed> cached(Sql sql);
    // The first column of the first row; 0 when there is no row.
    Result<std::int64_t> integer(char const* sql);

    std::int64_t changes() const;
    bool in_transaction() const;
    sqlite3* handle() const { return handle_.get(); }
    std::string const& path() const { return path_; }

private:
    std::string path_;
    std::unique_ptr<sqlite3, CloseDatabase> handle_;
    std::unordered_map<char const*, Statement> statements_;  // closed before the handle
};

// BEGIN now, COMMIT when told, ROLLBACK otherwise.
class Transaction {
public:
    enum class Kind { read, write };
    static Result<Transaction> begin(Database& database, Kind kind);
    Transaction(Transaction&& from) noexcept : database_(std::exchange(from.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    // After an error the transaction is rolled back: nothing of it was kept.
    Result<> commit();

private:
    explicit Transaction(Database& database) : database_(&database) {}
    void roll_back();
    Database* database_;
};

// What SQLite says of its last failure on `handle`, as an Error about `path`.
Error storage_error(sqlite3* handle, int code, std::string_view doing, std::string const& path);

}  // namespace immunobot::knowledge
