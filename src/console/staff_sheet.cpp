// The answers for staff alone as a file, for administrators: saved, and brought back.
#include "console/parts.hpp"
#include "console/routes.hpp"
#include "console/uploads.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

using Look = staff::StaffSheet::Look;

std::size_t new_answers(Look const& look)
{
    return static_cast<std::size_t>(std::ranges::count_if(look.effect.changes, [](knowledge::RowChange const& change) { return change.before.empty(); }));
}

void put_staff_counts(Html& html, Page const& page, Look const& look)
{
    auto const fresh = new_answers(look);
    html("<p class=\"lead\">", pages::count("console.import.new", fresh, page.language), ", ", pages::count("console.import.changed", look.effect.changes.size() - fresh, page.language), ", ",
         pages::count("console.import.same", look.effect.same, page.language), ".</p>\n");
}

// The cells of one row, where they differ.
void put_staff_change(Html& html, Page const& page, knowledge::RowChange const& change)
{
    auto const columns = form_of(knowledge::Table::faq).columns;
    html("<li class=\"row\"><h2 class=\"small\">", change.after[0], "</h2><dl class=\"changes\">");
    for (std::size_t i = 1; i < change.after.size(); ++i) {
        auto const before = change.before.empty() ? std::string() : change.before[i];
        if (before == change.after[i])
            continue;
        html("<div><dt>", field_name(page, columns[i].name), "</dt><dd>");
        put_difference(html, page, before, change.after[i]);
        html("</dd></div>");
    }
    html("</dl></li>\n");
}

void put_staff_look(Html& html, Page const& page, std::string const& sheet, Look const& look)
{
    std::vector<CellFault> faults;
    for (auto const& fault : look.effect.faults)
        faults.push_back({fault.what.line, fault.column, fault.value, page.say("rule." + fault.what.code)});
    if (!faults.empty())
        put_cell_faults(html, page, faults);
    put_staff_counts(html, page, look);
    if (faults.empty() && !look.effect.changes.empty())
        html("<form method=\"post\" enctype=\"multipart/form-data\" class=\"card\" action=\"/console/staff-answers\"><input type=\"hidden\" name=\"token\" value=\"", page.visit->form_token,
             "\"><input type=\"hidden\" name=\"base\" value=\"", look.base, "\"><input type=\"hidden\" name=\"do\" value=\"put\"><textarea name=\"sheet\" hidden>\n", sheet, "</textarea><button type=\"submit\">",
             page.say("staff-sheet.put"), "</button></form>\n");
    html("<ol class=\"rows\">\n");
    for (auto const& change : look.effect.changes)
        put_staff_change(html, page, change);
    html("</ol>\n");
}

void show_staff_sheet(Page& page, Upload const& upload, Look const* look)
{
    Html main;
    main("<p class=\"crumb\"><a href=\"/console/table/faq\">", page.say("table.faq"), "</a></p>\n<h1>", page.say("staff-sheet.title"), "</h1>\n<p class=\"lead\">", page.say("staff-sheet.lead"),
         "</p>\n<div class=\"actions\"><a class=\"button\" href=\"/console/staff-answers.csv\">", page.say("tables.export"), "</a></div>\n<h2>", page.say("import.title"), "</h2>\n");
    put_upload_notes(main, page, upload.complaint, upload.was_windows);
    if (look)
        put_staff_look(main, page, upload.text, *look);
    std::vector<std::string_view> columns;
    for (auto const& column : form_of(knowledge::Table::faq).columns)
        columns.push_back(column.name);
    put_upload_form(main, page, "/console/staff-answers", columns);
    page.show(page.say("staff-sheet.title"), main);
}

}  // namespace

void get_staff_sheet(Page& page)
{
    show_staff_sheet(page, {}, nullptr);
}

void get_staff_csv(Page& page)
{
    auto bytes = page.desk.staff_sheet.write(page.person());
    if (!bytes)
        return page.fail(bytes.error());
    page.response.body = std::move(*bytes);
    page.response.type = "text/csv; charset=utf-8";
    page.response.file_name = "staff-answers.csv";
}

void post_staff_sheet(Page& page)
{
    auto upload = uploaded(page);
    if (upload.complaint.empty() && page.form.text("do") == "put") {
        auto const done = page.desk.staff_sheet.put(page.person(), upload.text, page.form.number("base"));
        if (done)
            return page.go("/console/changes", "published-rows", {.revision = *done});
        if (done.error().code != Errc::bad_request)
            return page.fail(done.error());
    }
    page.response.status = 422;
    if (!upload.complaint.empty())
        return show_staff_sheet(page, upload, nullptr);
    auto const look = page.desk.staff_sheet.look(upload.text);
    if (!look)
        return page.fail(look.error());
    if (look->effect.faults.empty() && look->effect.changes.empty())
        upload.complaint = "import.no-change";
    else if (look->effect.faults.empty())
        page.response.status = 200;
    show_staff_sheet(page, upload, &*look);
}

}  // namespace immunobot::console
