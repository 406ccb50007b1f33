#include "console/uploads.hpp"

#include "console/parts.hpp"
#include "text/utf8.hpp"
#include "text/windows_1252.hpp"

namespace immunobot::console {
namespace {

std::string line_number(std::size_t line)
{
    return line == 0 ? std::string() : std::to_string(line);
}

// A cell may be as long as a sheet.
constexpr std::size_t shown_characters = 200;

}  // namespace

std::string what_is_wrong(Page const& page, knowledge::SheetFault const& fault)
{
    auto out = page.say("rule." + fault.what.code);
    if (!fault.breaks.empty())
        out += ' ' + page.say("import.breaks", {{"entry", fault.breaks}});
    if (!fault.meant.empty())
        out += ' ' + page.say("import.meant", {{"value", fault.meant}});
    return out;
}

Upload uploaded(Page const& page)
{
    auto const file = page.form.text("file");
    std::string bytes(file.empty() ? page.form.text("sheet") : file);
    if (bytes.empty())
        return {{}, false, "import.nothing"};
    if (bytes.starts_with("PK"))
        return {{}, false, "import.workbook"};
    if (text::is_valid_utf8(bytes))
        return {std::move(bytes)};
    auto decoded = text::from_windows_1252(bytes);
    return decoded ? Upload{std::move(*decoded), true} : Upload{{}, false, "import.encoding"};
}

void put_upload_notes(Html& html, Page const& page, std::string_view complaint, bool was_windows)
{
    if (!complaint.empty())
        html("<div class=\"complaint\" role=\"alert\" tabindex=\"-1\" id=\"complaint\"><p>", page.say(complaint), "</p></div>\n");
    if (was_windows)
        html("<p class=\"hints\">", page.say("import.was-windows"), "</p>\n");
}

void put_upload_form(Html& html, Page const& page, std::string const& to, std::vector<std::string_view> const& columns)
{
    html("<p>", page.say("import.columns"), " <code>");
    for (auto const& column : columns)
        html(&column == &columns.front() ? std::string_view() : std::string_view(", "), column);
    html("</code></p>\n<form method=\"post\" enctype=\"multipart/form-data\" class=\"card kept\" action=\"", to, "\"><input type=\"hidden\" name=\"token\" value=\"", page.visit->form_token, "\"><p><label for=\"file\">",
         page.say("import.file"), "</label><input id=\"file\" name=\"file\" type=\"file\" accept=\".csv,.txt,.tsv,text/csv\"></p><p><label for=\"sheet\">", page.say("import.paste"),
         "</label><textarea id=\"sheet\" name=\"sheet\" rows=\"8\" spellcheck=\"false\">\n", page.form.text("sheet"), "</textarea></p>");
    page.button(html, "import.try");
    html("</form>\n");
}

void put_cell_faults(Html& html, Page const& page, std::vector<CellFault> const& faults)
{
    html("<div class=\"complaint\" role=\"alert\" tabindex=\"-1\" id=\"complaint\"><p>", pages::count("console.import.faults", faults.size(), page.language), "</p></div>\n");
    begin_table(html, page, "import.faults.caption", "import.faults.caption", {"import.line", "import.column", "import.value", "import.wrong"});
    for (auto const& fault : faults)
        html("<tr><th scope=\"row\">", line_number(fault.line), "</th><td>", fault.column, "</td><td>", clipped(fault.value, shown_characters), "</td><td>", fault.wrong, "</td></tr>\n");
    html("</tbody></table></div>\n");
}

}  // namespace immunobot::console
