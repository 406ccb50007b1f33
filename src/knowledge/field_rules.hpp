// What a single field has to be, whatever file it stands in. What a row has to be is in rules.cpp, which alone uses this.
// Nothing fails: what is wrong is added to the complaints, with its code, its place and what to do.
#pragma once

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "knowledge/sheet.hpp"

#include <span>
#include <string>
#include <string_view>

namespace immunobot::knowledge {

// Problems of one file, up to the limit. Keeps references to the sheet and to the list it adds to.
class Complaints {
public:
    Complaints(Sheet const& sheet, std::size_t limit, Diagnostics& found) : sheet_(sheet), left_(limit), found_(found) {}

    void error(CsvRow const& row, std::size_t column, char const* code, std::string message, std::string hint);
    void warning(CsvRow const& row, std::size_t column, char const* code, std::string message, std::string hint);
    Sheet const& sheet() const { return sheet_; }

private:
    void add(Severity severity, CsvRow const& row, std::size_t column, char const* code, std::string message, std::string hint);

    Sheet const& sheet_;
    std::size_t left_;
    Diagnostics& found_;
};

std::string quoted(std::string_view text);
// "did you mean ...?" where one of `known` is near, else `otherwise`.
std::string did_you_mean(std::string_view text, std::span<std::string_view const> known, std::string otherwise);

// Composed letters, nothing invisible, one script a word, no blanks around: of all fields of a row.
void check_texts(Complaints& file, CsvRow const& row);
bool need(Complaints& file, CsvRow const& row, std::size_t column);
// There is a text, and what is `said` of it is no longer than an answer may be.
void need_length(Complaints& file, CsvRow const& row, std::size_t column, std::string_view said);
void check_id(Complaints& file, CsvRow const& row, std::size_t column);
void check_word(Complaints& file, CsvRow const& row, std::size_t column, std::span<std::string_view const> words, std::string const& what);
void check_list(Complaints& file, CsvRow const& row, std::size_t column);
// No more ways of asking for an answer, and none longer, than its editor takes.
void check_questions(Complaints& file, CsvRow const& row, std::size_t column);
bool is_web_address(std::string_view text);
void check_web_address(Complaints& file, CsvRow const& row, std::size_t column);
// True if there is a date, and it can be.
bool check_date(Complaints& file, CsvRow const& row, std::size_t column);
void check_span(Complaints& file, CsvRow const& row, std::size_t from, std::size_t to);
void check_review(Complaints& file, CsvRow const& row, std::size_t column, Date const& today);

}  // namespace immunobot::knowledge
