// Any bytes as facts.csv: never a crash; what was read comes back from an export as it was; a text never grows bad.
#include "knowledge/rules.hpp"
#include "knowledge/redact.hpp"
#include "knowledge/unicode.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace immunobot;
using namespace immunobot::knowledge;

void demand(bool holds)
{
    if (!holds)
        std::abort();
}

// Rows written and read again are the same rows.
void round_trip(CsvTable const& table)
{
    std::string bytes;
    auto const write = [&](CsvRow const& row) {
        std::vector<std::string> guarded;
        for (CsvField const& field : row.fields)
            guarded.push_back(text::guard_formula(field.value));
        text::write_csv_row(bytes, {guarded.begin(), guarded.end()});
    };
    write(table.header);
    for (CsvRow const& row : table.rows)
        write(row);
    Diagnostics found;
    CsvTable const again = text::read_csv("again.csv", bytes, {}, found);
    demand(again.rows.size() == table.rows.size());
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        for (std::size_t c = 0; c < table.rows[i].fields.size(); ++c)
            demand(text::unguard_formula(again.rows[i][c].value) == table.rows[i][c].value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string const bytes(reinterpret_cast<char const*>(data), size);
    Diagnostics found;
    CsvTable const table = text::read_csv("facts.csv", bytes, {}, found);
    demand(text::is_valid_utf8(table.bytes));
    // A header with several kinds of separators in its names could be read with any of them; such a file is never exported.
    auto const has_other = [](CsvField const& name) { return name.value.find_first_of(";\t") != std::string::npos; };
    bool const plain = !table.header.fields.empty() && std::ranges::none_of(table.header.fields, has_other);
    if (found.empty() && plain)
        round_trip(table);

    Diagnostics told;
    Sheets sheets{Sheet::parse("sources.csv", "id,title,publisher,url,published,seen\nweb,a,b,,,2020\n", source_form, {}, told),
                  Sheet::parse("entities.csv", "id,kind,name_en,name_fr,acronym,aliases,parent\nlab,company,a,b,,,\n", entity_form, {}, told),
                  Sheet::parse("facts.csv", bytes, fact_form, {}, told), Sheet::parse("faq.csv", bytes, faq_form, {}, told)};
    check_rules(sheets, {2026, 11, 24}, {}, told);
    for (Diagnostic const& one : told)
        demand(text::is_valid_utf8(format(one)));

    demand(text::is_valid_utf8(storable(bytes, 2'000)));
    return 0;
}
