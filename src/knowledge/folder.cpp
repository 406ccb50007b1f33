#include "knowledge/folder.hpp"

#include "knowledge/export.hpp"
#include "knowledge/rules.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace immunobot::knowledge {
namespace {

std::vector<std::string> list(std::string_view text)
{
    auto const items = split_list(text);
    return {items.begin(), items.end()};
}

Source source(Sheet const& sheet, CsvRow const& row)
{
    namespace c = source_column;
    auto const at = [&](std::size_t column) { return std::string(sheet.text(row, column)); };
    return {at(c::id), at(c::title), at(c::publisher), at(c::url), at(c::published), at(c::seen)};
}

Entity entity(Sheet const& sheet, CsvRow const& row)
{
    namespace c = entity_column;
    auto const at = [&](std::size_t column) { return std::string(sheet.text(row, column)); };
    return {at(c::id), at(c::kind), {at(c::name_en), at(c::name_fr)}, at(c::acronym), list(sheet.text(row, c::aliases)),
            at(c::parent)};
}

Fact fact(Sheet const& sheet, CsvRow const& row)
{
    namespace c = fact_column;
    auto const at = [&](std::size_t column) { return std::string(sheet.text(row, column)); };
    return {at(c::id), at(c::entity), at(c::property), at(c::value), at(c::unit), {at(c::text_en), at(c::text_fr)},
            at(c::valid_from), at(c::valid_to), at(c::review_by), at(c::source), at(c::layer)};
}

FaqEntry faq_entry(Sheet const& sheet, CsvRow const& row)
{
    namespace c = faq_column;
    auto const at = [&](std::size_t column) { return std::string(sheet.text(row, column)); };
    return {at(c::id), list(sheet.text(row, c::questions_en)), list(sheet.text(row, c::questions_fr)),
            {at(c::answer_en), at(c::answer_fr)}, at(c::entity), at(c::source), at(c::valid_to), at(c::review_by)};
}

Asking asking(Sheet const& sheet, CsvRow const& row)
{
    namespace c = asking_column;
    return {std::string(sheet.text(row, c::fact)), list(sheet.text(row, c::questions_en)), list(sheet.text(row, c::questions_fr))};
}

template <class Row>
std::vector<Row> convert(Sheet const& sheet, Row (*one)(Sheet const&, CsvRow const&))
{
    std::vector<Row> rows;
    rows.reserve(sheet.rows().size());
    for (CsvRow const& row : sheet.rows())
        rows.push_back(one(sheet, row));
    return rows;
}

// In the order in which a person mends them: file by file, from the top.
void sort_by_place(Diagnostics& found, std::size_t from)
{
    auto const rank = [](Diagnostic const& d) {
        std::size_t file = 0;
        for (SheetForm const* form : {&source_form, &entity_form, &fact_form, &faq_form, &asking_form}) {
            if (d.file.ends_with(form->file))
                break;
            ++file;
        }
        return std::tuple(file, d.line, d.column);
    };
    std::ranges::stable_sort(found.begin() + static_cast<std::ptrdiff_t>(from), found.end(), {}, rank);
}

Error first_error(Diagnostics const& found, std::size_t from)
{
    auto const begin = found.begin() + static_cast<std::ptrdiff_t>(from);
    auto const is_error = [](Diagnostic const& d) { return d.severity == Severity::error; };
    auto const first = std::find_if(begin, found.end(), is_error);
    auto const count = std::count_if(begin, found.end(), is_error);
    std::string place = first->file;
    for (std::size_t const number : {first->line, first->column})
        if (number != 0)
            place += ':' + std::to_string(number);
    return {Errc::bad_data, place + ": " + first->message + (count > 1 ? " (and " + std::to_string(count - 1) + " more)" : ""),
            first->hint};
}

}  // namespace

Result<Knowledge> read_folder(std::string const& folder, Diagnostics& found, ReadOptions const& options)
{
    std::size_t const before = found.size();
    Sheets const sheets = {Sheet::read(folder, source_form, options.limits, found),
                           Sheet::read(folder, entity_form, options.limits, found),
                           Sheet::read(folder, fact_form, options.limits, found),
                           Sheet::read(folder, faq_form, options.limits, found),
                           Sheet::read(folder, asking_form, options.limits, found)};
    check_rules(sheets, options.today, options.limits, found);
    sort_by_place(found, before);
    auto const is_error = [](Diagnostic const& d) { return d.severity == Severity::error; };
    if (std::any_of(found.begin() + static_cast<std::ptrdiff_t>(before), found.end(), is_error))
        return first_error(found, before);
    return knowledge_of(sheets);
}

Knowledge knowledge_of(Sheets const& sheets)
{
    return {convert(sheets.sources, source), convert(sheets.entities, entity), convert(sheets.facts, fact),
            convert(sheets.faq, faq_entry), convert(sheets.askings, asking), 0};
}

Sheets sheets_of(Knowledge const& all)
{
    Diagnostics none;
    return sheets_of(all, none);
}

Sheets sheets_of(Knowledge const& all, Diagnostics& found)
{
    auto const sheet = [&](std::string bytes, SheetForm const& form) { return Sheet::parse(std::string(form.file), std::move(bytes), form, {}, found); };
    return {sheet(sources_csv(all), source_form), sheet(entities_csv(all), entity_form), sheet(facts_csv(all), fact_form),
            sheet(faq_csv(all), faq_form), sheet(questions_csv(all), asking_form)};
}

}  // namespace immunobot::knowledge
