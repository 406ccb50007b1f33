// Rows of the knowledge tables: read in file order, written, told as JSON for the history. Every function belongs to the
// thread of its Database; writing ones are called inside a write transaction (see import.hpp).
#pragma once

#include "base/error.hpp"
#include "knowledge/model.hpp"
#include "knowledge/sqlite.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace immunobot::knowledge {

// Everything, in file order. The caller holds a read transaction if others may write meanwhile.
Result<Knowledge> read_all(Database& database);

// A digest of all that a bot compiles from them: entities, facts, FAQ and ways of asking, with the revision.
Result<std::string> read_fingerprint(Database& database);

Result<std::int64_t> read_revision(Database& database);

// Where a row stands: its place in its file, and the revision that made it what it is.
struct RowPlace {
    std::int64_t position = 0;
    std::int64_t revision = 0;
    bool fresh = false;  // no row of this id is there yet: less to look for
};

// Inserts the row, or replaces the one of the same id, with its lists and its search text.
Result<> put_row(Database& database, Source const& row, RowPlace place);
Result<> put_row(Database& database, Entity const& row, RowPlace place);
Result<> put_row(Database& database, Fact const& row, RowPlace place);
Result<> put_row(Database& database, FaqEntry const& row, RowPlace place);
Result<> put_row(Database& database, Asking const& row, RowPlace place);

// The tables have the names that the history uses: "source", "entity", "fact", "faq", "asking".
constexpr char const* kind_of(Source const*) { return "source"; }
constexpr char const* kind_of(Entity const*) { return "entity"; }
constexpr char const* kind_of(Fact const*) { return "fact"; }
constexpr char const* kind_of(FaqEntry const*) { return "faq"; }
constexpr char const* kind_of(Asking const*) { return "asking"; }

Result<> erase_row(Database& database, Source const& row);
Result<> erase_row(Database& database, Entity const& row);
Result<> erase_row(Database& database, Fact const& row);
Result<> erase_row(Database& database, FaqEntry const& row);
Result<> erase_row(Database& database, Asking const& row);

Result<> move_row(Database& database, Source const& row, std::int64_t position);
Result<> move_row(Database& database, Entity const& row, std::int64_t position);
Result<> move_row(Database& database, Fact const& row, std::int64_t position);
Result<> move_row(Database& database, FaqEntry const& row, std::int64_t position);
Result<> move_row(Database& database, Asking const& row, std::int64_t position);

std::string to_json(Source const& row);
std::string to_json(Entity const& row);
std::string to_json(Fact const& row);
std::string to_json(FaqEntry const& row);
std::string to_json(Asking const& row);

// The way back. False for what is no such row.
bool from_json(std::string_view text, Source& row);
bool from_json(std::string_view text, Entity& row);
bool from_json(std::string_view text, Fact& row);
bool from_json(std::string_view text, FaqEntry& row);
bool from_json(std::string_view text, Asking& row);

// The row that begins at `column` of a query that selects all its columns in the order of the struct.
Fact fact_at(Statement const& query, int column);
Source source_at(Statement const& query, int column);

}  // namespace immunobot::knowledge
