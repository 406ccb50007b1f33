#include "knowledge/sheet.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

namespace immunobot::knowledge {
namespace {

constexpr std::array source_columns = {Column{"id"},  Column{"title"},     Column{"publisher"},
                                       Column{"url"}, Column{"published"}, Column{"seen"}};
constexpr std::array entity_columns = {Column{"id"},      Column{"kind"},    Column{"name_en"}, Column{"name_fr"},
                                       Column{"acronym"}, Column{"aliases"}, Column{"parent"}};
constexpr std::array fact_columns = {
    Column{"id"},         Column{"entity"},   Column{"property"}, Column{"value"}, Column{"unit"}, Column{"text_en"},
    Column{"text_fr"},    Column{"valid_from"}, Column{"valid_to"}, Column{"source"}, Column{"layer"},
    Column{"review_by", true}};
constexpr std::array faq_columns = {
    Column{"id"},     Column{"questions_en"}, Column{"questions_fr"}, Column{"answer_en"}, Column{"answer_fr"},
    Column{"entity"}, Column{"source"},       Column{"valid_to"},     Column{"review_by", true}};
constexpr std::array asking_columns = {Column{"fact"}, Column{"questions_en"}, Column{"questions_fr"}};

struct FileContent {
    std::string bytes;
    int error = 0;
};

FileContent read_file(std::string const& path, std::size_t limit)
{
    struct stat info = {};
    if (::stat(path.c_str(), &info) != 0)
        return {{}, errno};
    if (!S_ISREG(info.st_mode))
        return {{}, EISDIR};
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return {{}, errno ? errno : EIO};
    // One byte more than allowed is enough to know that it is too long.
    std::string bytes(std::min(static_cast<std::size_t>(info.st_size), limit + 1), '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return {std::move(bytes), in.bad() ? EIO : 0};
}

}  // namespace

SheetForm const source_form = {"sources.csv", source_columns};
SheetForm const entity_form = {"entities.csv", entity_columns};
SheetForm const fact_form = {"facts.csv", fact_columns};
SheetForm const faq_form = {"faq.csv", faq_columns, true};
SheetForm const asking_form = {"questions.csv", asking_columns, true};

Sheet Sheet::read(std::string const& folder, SheetForm const& form, CsvLimits const& limits, Diagnostics& found)
{
    std::string const path = folder + '/' + std::string(form.file);
    auto content = read_file(path, limits.file_bytes);
    if (content.error == 0)
        return parse(path, std::move(content.bytes), form, limits, found);
    if (content.error != ENOENT || !form.may_miss)
        found.push_back({Severity::error, "K001", path, 0, 0, {},
                         std::string("the file cannot be read: ") + std::strerror(content.error),
                         "a knowledge folder has sources.csv, entities.csv, facts.csv and, if wanted, faq.csv and questions.csv"});
    Sheet sheet;
    sheet.form_ = &form;
    return sheet;
}

Sheet Sheet::parse(std::string name, std::string bytes, SheetForm const& form, CsvLimits const& limits,
                   Diagnostics& found)
{
    Sheet sheet;
    sheet.form_ = &form;
    sheet.table_ = text::read_csv(std::move(name), std::move(bytes), limits, found);
    sheet.at_ = text::find_columns(sheet.table_, form.columns, found);
    return sheet;
}

void Sheet::append(Sheet const& other, std::unordered_set<std::string> const& ids)
{
    if (!usable())
        return;
    for (auto const& row : other.rows()) {
        if (ids.contains(std::string(other.text(row, 0))))
            continue;
        CsvRow copy;
        copy.fields.resize(table_.header.fields.size());
        for (std::size_t column = 0; column < form_->columns.size(); ++column)
            if ((*at_)[column] != text::absent_column)
                copy.fields[(*at_)[column]].value = other.field(row, column).value;
        table_.rows.push_back(std::move(copy));
    }
}

std::span<CsvRow const> Sheet::rows() const
{
    return at_ ? std::span<CsvRow const>(table_.rows) : std::span<CsvRow const>();
}

bool Sheet::has(std::size_t column) const
{
    return (*at_)[column] != text::absent_column;
}

std::string_view Sheet::text(CsvRow const& row, std::size_t column) const
{
    std::size_t const at = (*at_)[column];
    return at == text::absent_column ? std::string_view() : text::unguard_formula(row[at].value);
}

CsvField const& Sheet::field(CsvRow const& row, std::size_t column) const
{
    std::size_t const at = (*at_)[column];
    return row[at == text::absent_column ? 0 : at];
}

std::vector<std::string_view> split_list(std::string_view text)
{
    std::vector<std::string_view> items;
    while (!text.empty()) {
        std::size_t const bar = text.find('|');
        items.push_back(text.substr(0, bar));
        if (bar == std::string_view::npos)
            break;
        text.remove_prefix(bar + 1);
        if (text.empty())
            items.push_back(text);
    }
    return items;
}

std::string join_list(std::vector<std::string> const& items)
{
    std::string out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            out += '|';
        out += items[i];
    }
    return out;
}

}  // namespace immunobot::knowledge
