#include "knowledge/breaches.hpp"

#include "knowledge/folder.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace immunobot::knowledge {
namespace {

// Of one file. Cut short, two lists could not be compared.
constexpr std::size_t most_told = 100'000;

// The fields of a sheet by where they stand.
class Places {
public:
    explicit Places(Sheet const& sheet) : sheet_(sheet)
    {
        for (auto const& row : sheet.rows())
            for (std::size_t column = 0; column < sheet.form().columns.size(); ++column)
                if (sheet.has(column)) {
                    auto const& field = sheet.field(row, column);
                    fields_.try_emplace({field.line, field.column}, &row, column);
                }
    }

    Breach told(Diagnostic what) const
    {
        auto const file = sheet_.form().file;
        Breach out{std::string(file.substr(0, file.rfind('.'))), {}, {}, std::move(what)};
        if (auto const found = fields_.find({out.what.line, out.what.column}); found != fields_.end()) {
            out.row = sheet_.text(*found->second.first, 0);
            out.column = sheet_.form().columns[found->second.second].name;
        }
        return out;
    }

private:
    Sheet const& sheet_;
    std::map<std::pair<std::size_t, std::size_t>, std::pair<CsvRow const*, std::size_t>> fields_;
};

auto key_of(Breach const& one)
{
    return std::tie(one.table, one.row, one.column, one.what.code, one.what.message);
}

}  // namespace

std::vector<Breach> breaches(Sheets const& sheets)
{
    Diagnostics found;
    CsvLimits limits;
    limits.diagnostics = most_told;
    check_rules(sheets, {}, limits, found);
    std::erase_if(found, [](Diagnostic const& one) { return one.severity != Severity::error; });
    std::vector<Breach> out;
    for (auto const* sheet : {&sheets.sources, &sheets.entities, &sheets.facts, &sheets.faq, &sheets.askings}) {
        if (std::ranges::find(found, sheet->table().file, &Diagnostic::file) == found.end())
            continue;
        Places const places(*sheet);
        for (auto& one : found)
            if (one.file == sheet->table().file)
                out.push_back(places.told(one));
    }
    return out;
}

std::vector<Breach> fresh(std::vector<Breach> breaches, std::vector<Breach> const& before)
{
    std::set<decltype(key_of(before.front()))> known;
    for (auto const& one : before)
        known.insert(key_of(one));
    std::erase_if(breaches, [&](Breach const& one) { return known.contains(key_of(one)); });
    return breaches;
}

std::vector<Breach> new_breaches(Knowledge const& before, Knowledge const& after)
{
    auto found = breaches(sheets_of(after));
    return found.empty() ? found : fresh(std::move(found), breaches(sheets_of(before)));
}

std::vector<Breach> new_breaches(Knowledge const& before, Knowledge const& after, std::vector<FaqEntry> const& hidden)
{
    // What is public on one of the two sides is looked at there alone.
    auto only_hidden = hidden;
    std::erase_if(only_hidden, [&](auto const& entry) {
        auto const stands_in = [&](Knowledge const& all) { return std::ranges::find(all.faq, entry.id, &FaqEntry::id) != all.faq.end(); };
        return stands_in(before) || stands_in(after);
    });
    return only_hidden.empty() ? new_breaches(before, after) : new_breaches(with_hidden(before, only_hidden), with_hidden(after, only_hidden));
}

Knowledge with_hidden(Knowledge all, std::vector<FaqEntry> const& hidden)
{
    for (auto const& entry : hidden)
        if (std::ranges::find(all.faq, entry.id, &FaqEntry::id) == all.faq.end())
            all.faq.push_back(entry);
    return all;
}

std::string in_one_line(Breach const& breach)
{
    return breach.table + ' ' + breach.row + ", " + breach.column + ": " + breach.what.message;
}

}  // namespace immunobot::knowledge
