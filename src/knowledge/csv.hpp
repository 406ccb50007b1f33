// Comma-separated values as RFC 4180 has them: reads with the place of each field, writes the one form
// that data/*.csv is kept in. Pure: bytes in, values out.
//
// Reads also what spreadsheets save: a byte order mark, LF line ends, ';' between fields (told by the header
// row), line breaks in quoted fields, rows of nothing but separators (skipped).
#pragma once

#include "base/diagnostic.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::knowledge {

struct CsvLimits {
    std::size_t file_bytes = 64 * 1024 * 1024;
    std::size_t field_bytes = 64 * 1024;
    std::size_t rows = 1'000'000;
    std::size_t diagnostics = 1'000;  // of one file; then one more says that there were others
};

struct CsvField {
    std::string_view text;   // unquoted; lives as long as the table
    std::size_t offset = 0;  // of its first byte (the quote, if any) in the table's bytes
    std::size_t line = 0;    // 1-based, of its first byte
};

struct CsvRow {
    std::size_t line = 0;  // 1-based, of its first field
    std::vector<CsvField> fields;
};

struct CsvTable {
    std::string file;                          // as named in diagnostics
    std::unique_ptr<std::string const> bytes;  // without the byte order mark; always valid UTF-8
    std::deque<std::string> unquoted;          // of fields that hold a doubled quote
    CsvRow header;
    std::vector<CsvRow> rows;
};

// Reads a whole file's bytes. What is wrong with the form (bad UTF-8, NUL, quotes, limits, field counts) goes to
// `found`, all of it; rows that could be read are there even so.
CsvTable read_csv(std::string file, std::string bytes, CsvLimits const& limits, Diagnostics& found);

// Where a field stands, for a diagnostic.
struct CsvPlace {
    std::size_t line = 0;
    std::size_t column = 0;  // in characters
    std::string source_line;  // its first 4,096 bytes
};
CsvPlace place_of(CsvTable const& table, CsvField const& field);

// Appends one row with CR LF; a field is quoted only when it has to be.
void write_csv_row(std::string& out, std::vector<std::string_view> const& fields);

// Spreadsheets run a field that begins with = + - @, a tab or a line break (or a full-width = + - @) as a formula. Such
// a field is written with an apostrophe in front, and so is one where only apostrophes stand before
// such a character; reading takes one apostrophe off again, so nothing is lost. Not guarded: a
// telephone number (+ and then only digits and blanks), which is no formula.
std::string guard_formula(std::string_view field);
std::string_view unguard_formula(std::string_view field);

}  // namespace immunobot::knowledge
