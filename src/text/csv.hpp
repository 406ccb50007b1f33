// Comma-separated values as RFC 4180 has them: reads with the place of each field, writes the one form
// that data/*.csv is kept in. Pure: bytes in, values out.
//
// Reads also what spreadsheets save: a byte order mark, LF line ends, ';' or a tab between fields (told by the header
// row), line breaks in quoted fields, rows of nothing but separators (skipped).
#pragma once

#include "base/diagnostic.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::text {

struct CsvLimits {
    std::size_t file_bytes = 64 * 1024 * 1024;
    std::size_t field_bytes = 64 * 1024;
    std::size_t rows = 1'000'000;
    std::size_t diagnostics = 1'000;  // of one file; then one more says that there were others
};

struct CsvField {
    std::string value;       // unquoted
    std::size_t offset = 0;  // of its first byte (the quote, if any) in the table's bytes
    std::size_t line = 0;    // 1-based, of its first byte
    std::size_t column = 0;  // 1-based, in characters
};

struct CsvRow {
    std::size_t line = 0;  // 1-based, of its first field
    std::vector<CsvField> fields;

    CsvField const& operator[](std::size_t i) const { return fields[i]; }
};

struct CsvTable {
    std::string file;   // as named in diagnostics
    std::string bytes;  // without the byte order mark; always valid UTF-8
    CsvRow header;
    std::vector<CsvRow> rows;
};

// Reads a whole file's bytes. What is wrong with the form (bad UTF-8, NUL, quotes, limits, field counts) goes to
// `found`, all of it; rows that could be read are there even so.
CsvTable read_csv(std::string file, std::string bytes, CsvLimits const& limits, Diagnostics& found);

struct CsvColumn {
    std::string_view name;
    bool may_miss = false;
};

// Where each of `columns` stands in the rows of `table`; absent_column for one that may miss and does. Nothing if the header
// lacks a column, has one twice or one that is unknown; each is told.
inline constexpr std::size_t absent_column = static_cast<std::size_t>(-1);
std::optional<std::vector<std::size_t>> find_columns(CsvTable const& table, std::span<CsvColumn const> columns, Diagnostics& found);

// The same for a table of known columns: its rows come back in the order of `columns`, those of `optional` empty where they are
// not there. No rows if the header is not right.
CsvTable read_csv(std::string_view bytes, std::string const& file, std::vector<std::string> const& columns,
                  std::vector<std::string> const& optional, Diagnostics& found, CsvLimits const& limits = {});

// The line in which a field stands, for a diagnostic: its first 4,096 bytes.
std::string source_line(CsvTable const& table, CsvField const& field);

// Appends one row with CR LF; a field is quoted only when it has to be.
void write_csv_row(std::string& out, std::vector<std::string_view> const& fields);

// Spreadsheets run a field that begins with = + - @, a tab or a line break (or a full-width = + - @) as a formula. Such
// a field is written with an apostrophe in front, and so is one where only apostrophes stand before
// such a character; reading takes one apostrophe off again, so nothing is lost. Not guarded: a
// telephone number (+ and then only digits and blanks), which is no formula.
std::string guard_formula(std::string_view field);
std::string_view unguard_formula(std::string_view field);

}  // namespace immunobot::text
