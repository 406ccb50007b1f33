#include "knowledge/table.hpp"

#include "knowledge/breaches.hpp"
#include "knowledge/export.hpp"
#include "knowledge/folder.hpp"
#include "knowledge/fragments.hpp"
#include "knowledge/rows.hpp"
#include "knowledge/rules.hpp"
#include "knowledge/vocabulary.hpp"
#include "text/csv.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

namespace immunobot::knowledge {
namespace {

constexpr std::string_view sheet_name = "sheet";

constexpr std::size_t most_meant = 50;   // looking for what was meant compares with every name there is

constexpr CsvLimits limits{largest_sheet, 64 * 1024, most_sheet_rows, 200};

std::string csv_of(Knowledge const& all, Table table)
{
    switch (table) {
        case Table::facts: return facts_csv(all);
        case Table::entities: return entities_csv(all);
        case Table::faq: return faq_csv(all);
        case Table::sources: return sources_csv(all);
    }
    return {};
}

Sheet as_sheet(std::string name, std::string bytes, SheetForm const& form)
{
    Diagnostics ignored;
    return Sheet::parse(std::move(name), std::move(bytes), form, {}, ignored);
}

Cells cells_of(Sheet const& sheet, CsvRow const& row)
{
    Cells cells;
    for (std::size_t column = 0; column < sheet.form().columns.size(); ++column)
        cells.emplace_back(sheet.text(row, column));
    return cells;
}

std::vector<Cells> cells_of(Sheet const& sheet)
{
    std::vector<Cells> all;
    all.reserve(sheet.rows().size());
    for (auto const& row : sheet.rows())
        all.push_back(cells_of(sheet, row));
    return all;
}

Sheet& sheet_of(Sheets& sheets, Table table)
{
    switch (table) {
        case Table::facts: return sheets.facts;
        case Table::entities: return sheets.entities;
        case Table::faq: return sheets.faq;
        case Table::sources: return sheets.sources;
    }
    return sheets.facts;
}

// The row of the sheet whose text `answer` takes in: its cell of the same language is at fault.
SheetFault fault_behind(Sheet const& sheet, Breach const& breach, std::string_view answer)
{
    SheetFault fault{breach.what, {}, {}, {}, breach.row};
    fault.what.file = sheet_name;
    fault.what.line = fault.what.column = 0;
    fault.what.source_line.clear();
    fault.what.message = "the FAQ entry \"" + breach.row + "\" would no longer fit: " + breach.what.message;
    auto const named = facts_named_in(answer);
    for (auto const& row : sheet.rows())
        if (std::ranges::find(named, sheet.text(row, fact_column::id)) != named.end()) {
            auto const column = breach.column == "answer_fr" ? fact_column::text_fr : fact_column::text_en;
            fault.what.line = row.line;
            fault.column = fact_form.columns[column].name;
            fault.value = sheet.text(row, column);
            break;
        }
    return fault;
}

// What is there, with the sheet's rows in front of those that it does not speak of: its lines stay its own. Facts stand in answers, whose
// rows may no longer fit: of these only what the sheet brings about goes to `faults`.
void check(Knowledge const& here, Table table, Sheet const& sheet, Diagnostics& found, std::vector<SheetFault>& faults)
{
    std::unordered_set<std::string> said;
    for (auto const& row : sheet.rows())
        said.emplace(sheet.text(row, 0));
    Sheets all = sheets_of(here);
    auto whole = sheet;
    whole.append(sheet_of(all, table), said);
    sheet_of(all, table) = std::move(whole);
    Diagnostics every;
    check_rules(all, {}, {}, every);
    for (auto& one : every)
        if (one.severity == Severity::error && one.file == sheet_name && one.line != 0)
            found.push_back(std::move(one));
    auto const is_of_answer = [](Diagnostic const& one) { return one.severity == Severity::error && one.file == faq_form.file; };
    if (table != Table::facts || std::ranges::none_of(every, is_of_answer))
        return;
    for (auto const& one : fresh(breaches(all), breaches(sheets_of(here)))) {
        auto const entry = std::ranges::find(here.faq, one.row, &FaqEntry::id);
        if (one.table == "faq" && entry != here.faq.end())
            faults.push_back(fault_behind(sheet, one, one.column == "answer_fr" ? entry->answer.fr : entry->answer.en));
    }
}

template <class Row>
void put(std::vector<Row>& all, std::vector<Row> const& rows, std::vector<Row>& changed)
{
    std::unordered_map<std::string, std::size_t> at;
    for (std::size_t i = 0; i < all.size(); ++i)
        at.emplace(all[i].id, i);
    for (auto const& row : rows) {
        auto const [place, fresh] = at.emplace(row.id, all.size());
        if (fresh)
            all.push_back(row);
        else if (all[place->second] == row)
            continue;
        else
            all[place->second] = row;
        changed.push_back(row);
    }
}

void put(SheetEffect& effect, Knowledge const& rows)
{
    put(effect.wanted.sources, rows.sources, effect.put.sources);
    put(effect.wanted.entities, rows.entities, effect.put.entities);
    put(effect.wanted.facts, rows.facts, effect.put.facts);
    put(effect.wanted.faq, rows.faq, effect.put.faq);
}

void compare(SheetEffect& effect, std::vector<Cells> const& before, Sheet const& sheet)
{
    std::unordered_map<std::string_view, Cells const*> known;
    for (auto const& cells : before)
        known.emplace(cells[0], &cells);
    for (auto const& row : sheet.rows()) {
        auto after = cells_of(sheet, row);
        auto const old = known.find(after[0]);
        if (old != known.end() && *old->second == after)
            ++effect.same;
        else
            effect.changes.push_back({old == known.end() ? Cells() : *old->second, std::move(after), row.line});
    }
}

}  // namespace

std::string_view name(Table table)
{
    constexpr std::string_view names[] = {"facts", "entities", "faq", "sources"};
    return names[static_cast<std::size_t>(table)];
}

std::optional<Table> table_from_name(std::string_view wanted)
{
    for (auto const table : all_tables)
        if (name(table) == wanted)
            return table;
    return std::nullopt;
}

std::string_view kind_of(Table table)
{
    constexpr std::string_view kinds[] = {"fact", "entity", "faq", "source"};
    return kinds[static_cast<std::size_t>(table)];
}

std::optional<Table> table_of_kind(std::string_view kind)
{
    for (auto const table : all_tables)
        if (kind_of(table) == kind)
            return table;
    return std::nullopt;
}

SheetForm const& form_of(Table table)
{
    switch (table) {
        case Table::facts: return fact_form;
        case Table::entities: return entity_form;
        case Table::faq: return faq_form;
        case Table::sources: return source_form;
    }
    return fact_form;
}

std::vector<Cells> rows_of(Knowledge const& all, Table table)
{
    return cells_of(as_sheet({}, csv_of(all, table), form_of(table)));
}

std::optional<Cells> cells_from_json(Table table, std::string_view json)
{
    Knowledge one;
    bool is_row = false;
    switch (table) {
        case Table::facts: is_row = from_json(json, one.facts.emplace_back()); break;
        case Table::entities: is_row = from_json(json, one.entities.emplace_back()); break;
        case Table::faq: is_row = from_json(json, one.faq.emplace_back()); break;
        case Table::sources: is_row = from_json(json, one.sources.emplace_back()); break;
    }
    if (!is_row)
        return std::nullopt;
    return rows_of(one, table).at(0);
}

std::string to_csv(Table table, std::vector<Cells> const& rows)
{
    std::string out;
    std::vector<std::string_view> names;
    for (auto const& column : form_of(table).columns)
        names.push_back(column.name);
    text::write_csv_row(out, names);
    for (auto const& row : rows) {
        std::vector<std::string> guarded;
        for (auto const& cell : row)
            guarded.push_back(text::guard_formula(cell));
        text::write_csv_row(out, {guarded.begin(), guarded.end()});
    }
    return out;
}

namespace {

// What an entry that breaks the rule `code` was probably meant to be.
std::string meant_by(Knowledge const& here, SheetFault const& fault)
{
    auto const near = [&](auto const& rows) {
        std::vector<std::string_view> ids;
        for (auto const& row : rows)
            ids.push_back(row.id);
        return std::string(nearest(fault.value, ids));
    };
    auto const& code = fault.what.code;
    if (code == "K025")
        return date_meant(fault.value);
    if (code == "K022" || code == "K033")
        return fault.column == "source" ? near(here.sources) : near(here.entities);
    if (code == "K047")
        return near(here.facts);
    if (code == "K024")
        return std::string(nearest(fault.value, fault.column == "property" ? properties() : fault.column == "kind" ? entity_kinds() : layers()));
    return {};
}

// What is wrong with the first row has no field: it is named in the message.
std::string_view first_quoted(std::string_view message)
{
    auto const begin = message.find('"');
    return begin == std::string_view::npos ? std::string_view() : message.substr(begin + 1, message.find('"', begin + 1) - begin - 1);
}

}  // namespace

SheetFault fault_at(Sheet const& sheet, Diagnostic what)
{
    SheetFault fault{std::move(what), {}, {}};
    auto const rows = sheet.rows();
    auto const behind = std::ranges::upper_bound(rows, fault.what.line, {}, &CsvRow::line);   // a row may be of several lines
    if (behind != rows.begin())
        for (std::size_t column = 0; column < sheet.form().columns.size(); ++column)
            if (auto const& field = sheet.field(*std::prev(behind), column); sheet.has(column) && field.line == fault.what.line && field.column == fault.what.column && fault.column.empty()) {
                fault.column = sheet.form().columns[column].name;
                fault.value = field.value;
            }
    if (fault.column.empty() && fault.what.line == 1)
        fault.column = first_quoted(fault.what.message);
    return fault;
}

SheetEffect effect_of(Knowledge const& here, Table table, std::string bytes, std::vector<FaqEntry> const& hidden)
{
    SheetEffect effect;
    Diagnostics found;
    std::vector<SheetFault> dependent;
    auto const sheet = Sheet::parse(std::string(sheet_name), std::move(bytes), form_of(table), limits, found);
    std::erase_if(found, [](Diagnostic const& one) { return one.severity != Severity::error; });
    if (sheet.usable())
        check(hidden.empty() ? here : with_hidden(here, hidden), table, sheet, found, dependent);
    std::ranges::stable_sort(found, {}, [](Diagnostic const& one) { return std::pair(one.line, one.column); });
    for (auto& one : found) {
        auto fault = fault_at(sheet, std::move(one));
        if (fault.what.code == "K047")
            fault.value = first_quoted(fault.what.message);   // the fact, of all that the cell says
        if (effect.faults.size() < most_meant)
            fault.meant = meant_by(here, fault);
        effect.faults.push_back(std::move(fault));
    }
    std::ranges::move(dependent, std::back_inserter(effect.faults));
    effect.wanted = here;
    if (!sheet.usable())
        return effect;
    compare(effect, rows_of(here, table), sheet);
    if (effect.faults.empty()) {
        Sheets only;
        sheet_of(only, table) = sheet;
        put(effect, knowledge_of(only));
    }
    return effect;
}

}  // namespace immunobot::knowledge
