// Sheets that somebody uploads or pastes: the form, what it brought, and what is wrong with their cells.
#pragma once

#include "console/page.hpp"
#include "knowledge/table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace immunobot::console {

// What a spreadsheet has written, as UTF-8.
struct Upload {
    std::string text;
    bool was_windows = false;           // it was in Windows-1252, as Excel saves what nobody asks it to save otherwise
    std::string_view complaint = {};    // key of a text that says what to do; empty: it can be read
};

// The file of the form or, without one, what was pasted.
Upload uploaded(Page const& page);

// What is to be said about it at once: that it cannot be read, or was not in UTF-8.
void put_upload_notes(Html& html, Page const& page, std::string_view complaint, bool was_windows);

// `columns`: their names, which the first row has to have.
void put_upload_form(Html& html, Page const& page, std::string const& to, std::vector<std::string_view> const& columns);

// What is to be said of a cell: the rule that it breaks, where else that stands, and what may have been meant.
std::string what_is_wrong(Page const& page, knowledge::SheetFault const& fault);

struct CellFault {
    std::size_t line = 0;               // 0: of the sheet as a whole
    std::string column;
    std::string value;
    std::string wrong;                  // as it is said
};
void put_cell_faults(Html& html, Page const& page, std::vector<CellFault> const& faults);

}  // namespace immunobot::console
