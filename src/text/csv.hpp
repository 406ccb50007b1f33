// Comma-separated tables (RFC 4180) as people really send them, and back.
//
// Reading accepts a byte-order mark, CR LF or LF, quoted line breaks, and ';' or TAB instead of ',' (French
// Excel), taken from the header row. Each field remembers where it stood, for error messages.
#pragma once

#include "base/diagnostic.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::text {

struct CsvField {
    std::string value;
    std::uint32_t line = 1;    // 1-based, where the field begins
    std::uint32_t column = 1;  // 1-based, in characters
};

using CsvRow = std::vector<CsvField>;

struct CsvLimits {
    std::size_t bytes = 16u << 20;
    std::size_t field = 64u << 10;
    std::size_t rows = 1'000'000;
};

struct CsvTable {
    std::vector<std::string> header;
    std::vector<CsvRow> rows;         // each with as many fields as the header, or it was reported
};

// Reads a whole table. What is wrong is appended to `found` (all of it): bad UTF-8, NUL, an open quote,
// text after a closing quote, a wrong number of fields, a missing or unknown column. `columns` names the columns wanted, in any
// order; the rows come back in the order of `columns`, and a column of `optional` may be missing (empty fields).
CsvTable read_csv(std::string_view text, std::string const& file, std::vector<std::string> const& columns,
                  std::vector<std::string> const& optional, Diagnostics& found, CsvLimits const& limits = {});

// One row, CR LF at its end; fields are quoted only where RFC 4180 asks for it. With `guard`, a field that a spreadsheet would run
// as a formula (it begins with = + - @ TAB CR) gets an apostrophe in front; unguard() takes it off again.
std::string csv_row(std::vector<std::string> const& fields);
std::string guard_formula(std::string_view field);
std::string unguard_formula(std::string_view field);

}  // namespace immunobot::text
