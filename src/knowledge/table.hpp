// The tables that staff edit, as rows of text with the columns of their files, and what a sheet of such rows would make of
// the knowledge. Pure; any thread.
#pragma once

#include "base/diagnostic.hpp"
#include "knowledge/model.hpp"
#include "knowledge/sheet.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::knowledge {

enum class Table { facts, entities, faq, sources };
inline constexpr std::array all_tables = {Table::facts, Table::entities, Table::faq, Table::sources};

std::string_view name(Table table);                        // "facts"
std::optional<Table> table_from_name(std::string_view name);
// As the history calls what stands in it: "fact".
std::string_view kind_of(Table table);
std::optional<Table> table_of_kind(std::string_view kind);
SheetForm const& form_of(Table table);

using Cells = std::vector<std::string>;                    // in the order of the form's columns; the first is the id

std::vector<Cells> rows_of(Knowledge const& all, Table table);
// The row as the history has it; nothing for what is no such row.
std::optional<Cells> cells_from_json(Table table, std::string_view json);
// As files and spreadsheets have them.
std::string to_csv(Table table, std::vector<Cells> const& rows);

// The largest sheet that is read, and the most rows of it.
inline constexpr std::size_t largest_sheet = 2 * 1024 * 1024;
inline constexpr std::size_t most_sheet_rows = 20'000;

struct RowChange {
    Cells before;                // empty: there was no such row
    Cells after;
    std::size_t line = 0;        // in the sheet
};

// What is wrong with one cell, or with the sheet as a whole (line 0).
struct SheetFault {
    Diagnostic what;
    std::string column;          // its name; empty: not known
    std::string value;
    std::string meant = {};      // what may have been meant by it; may be empty
    std::string breaks = {};     // id of the FAQ entry that would be at fault with this; empty: it is the cell itself
};

// Where in a sheet something is wrong, by the name of the column.
SheetFault fault_at(Sheet const& sheet, Diagnostic what);

struct SheetEffect {
    std::vector<RowChange> changes;
    std::size_t same = 0;        // rows that are already so
    std::vector<SheetFault> faults;   // in the order of the lines; if there are any, the sheet may not be used
    Knowledge put;               // only the rows that change
    Knowledge wanted;            // all, with these in place
};

// Puts the rows of a sheet in place of those with the same ids, or behind the others; nothing is removed. `bytes` may be
// what spreadsheets save: ';' or a tab, a byte order mark. Every rule of the knowledge is asked, of the rows of the other tables that
// depend on these as well, and of `hidden`: answers that are not in `here`, and take in texts of its facts.
SheetEffect effect_of(Knowledge const& here, Table table, std::string bytes, std::vector<FaqEntry> const& hidden = {});

}  // namespace immunobot::knowledge
