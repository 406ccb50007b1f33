// The five files of a knowledge folder as tables with known columns.
#pragma once

#include "text/csv.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace immunobot::knowledge {

using Column = text::CsvColumn;
using text::CsvField;
using text::CsvLimits;
using text::CsvRow;
using text::CsvTable;

struct SheetForm {
    std::string_view file;
    std::span<Column const> columns;  // in the order they are written in
    bool may_miss = false;            // the folder may have no such file
};

// Column numbers, in the order of the forms below.
namespace source_column { enum : std::size_t { id, title, publisher, url, published, seen }; }
namespace entity_column { enum : std::size_t { id, kind, name_en, name_fr, acronym, aliases, parent }; }
namespace fact_column {
enum : std::size_t { id, entity, property, value, unit, text_en, text_fr, valid_from, valid_to, source, layer, review_by };
}
namespace faq_column {
enum : std::size_t { id, questions_en, questions_fr, answer_en, answer_fr, entity, source, valid_to, review_by };
}

namespace asking_column { enum : std::size_t { fact, questions_en, questions_fr }; }

extern SheetForm const source_form;
extern SheetForm const entity_form;
extern SheetForm const fact_form;
extern SheetForm const faq_form;
extern SheetForm const asking_form;

class Sheet {
public:
    // Reads folder/form.file. A missing or unreadable file, and missing, doubled or unknown columns go to `found`;
    // then rows() is empty, because it is not known what stands where.
    static Sheet read(std::string const& folder, SheetForm const& form, CsvLimits const& limits, Diagnostics& found);
    // The same of bytes that have no file (a request, a test).
    static Sheet parse(std::string name, std::string bytes, SheetForm const& form, CsvLimits const& limits,
                       Diagnostics& found);

    // Behind its rows, those of another sheet of the same form whose first column is not among `ids`; they stand in line 0.
    void append(Sheet const& other, std::unordered_set<std::string> const& ids);

    SheetForm const& form() const { return *form_; }
    CsvTable const& table() const { return table_; }
    std::span<CsvRow const> rows() const;
    // False where the file or a column is not there: what it would hold is not known.
    bool usable() const { return at_.has_value(); }
    // False for a column that may miss, and does.
    bool has(std::size_t column) const;
    // The text as meant: without the apostrophe that guards a formula. Empty for a column that is not there.
    std::string_view text(CsvRow const& row, std::size_t column) const;
    // Where to point at; the first field of the row for a column that is not there.
    CsvField const& field(CsvRow const& row, std::size_t column) const;

private:
    SheetForm const* form_ = nullptr;
    CsvTable table_;
    std::optional<std::vector<std::size_t>> at_;  // column number -> field of the row
};

// The items of "a|b|c"; none of an empty text.
std::vector<std::string_view> split_list(std::string_view text);
// The way back: "a|b|c".
std::string join_list(std::vector<std::string> const& items);

}  // namespace immunobot::knowledge
