// Rows of CSV, and cells that no spreadsheet runs as formulas.
#include "text/csv.hpp"

#include <algorithm>

namespace immunobot::text {
namespace {

bool formula_start(std::string_view text)
{
    static constexpr std::string_view wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
    return !text.empty() && (std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos ||
                             std::ranges::any_of(wide, [&](auto const start) { return text.starts_with(start); }));
}

bool telephone(std::string_view text)
{
    return text.size() > 1 && text.front() == '+' &&
           text.find_first_not_of("0123456789 ", 1) == std::string_view::npos;
}

}  // namespace

void write_csv_row(std::string& out, std::vector<std::string_view> const& fields)
{
    bool first = true;
    for (std::string_view const field : fields) {
        if (!first)
            out += ',';
        first = false;
        if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
            out += field;
            continue;
        }
        out += '"';
        for (char const c : field)
            out.append(c == '"' ? 2 : 1, c);
        out += '"';
    }
    out += "\r\n";
}

std::string guard_formula(std::string_view field)
{
    auto const after = field.substr(std::min(field.find_first_not_of('\''), field.size()));
    bool const needed = formula_start(after) && !telephone(field);
    return needed ? '\'' + std::string(field) : std::string(field);
}

std::string_view unguard_formula(std::string_view field)
{
    auto const after = field.substr(std::min(field.find_first_not_of('\''), field.size()));
    return field.starts_with('\'') && formula_start(after) ? field.substr(1) : field;
}

}  // namespace immunobot::text
