#include "console/parts.hpp"
#include "console/routes.hpp"
#include "console/uploads.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

using knowledge::Table;
using staff::Cells;
using staff::Tables;

constexpr std::size_t most_rows_shown = 100;   // rows that change

std::vector<CellFault> shown_faults(Page const& page, std::vector<knowledge::SheetFault> const& faults)
{
    std::vector<CellFault> out;
    for (auto const& fault : faults)
        out.push_back({fault.what.line, fault.column, fault.value, what_is_wrong(page, fault)});
    return out;
}

std::size_t fresh_rows(knowledge::SheetEffect const& effect)
{
    return static_cast<std::size_t>(std::ranges::count_if(effect.changes, [](knowledge::RowChange const& change) { return change.before.empty(); }));
}

void put_counts(Html& html, Page const& page, knowledge::SheetEffect const& effect)
{
    auto const fresh = fresh_rows(effect);
    html("<p class=\"lead\">", pages::count("console.import.new", fresh, page.language), ", ", pages::count("console.import.changed", effect.changes.size() - fresh, page.language), ", ",
         pages::count("console.import.same", effect.same, page.language), ".</p>\n");
}

// What visitors read of a row of facts or answers; of others, and of one that is not there, nothing.
LocalText texts_of(Table table, Cells const& cells)
{
    LocalText out;
    auto const columns = form_of(table).columns;
    for (std::size_t i = 0; i < cells.size(); ++i)
        for (auto const language : {Language::fr, Language::en})
            if (columns[i].name == (table == Table::facts ? "text_" : "answer_") + std::string(code(language)))
                out.in(language) = cells[i];
    return out;
}

void put_changes(Html& html, Page const& page, Tables::Look const& look)
{
    auto const columns = form_of(look.table).columns;
    html("<ol class=\"rows\">\n");
    for (std::size_t i = 0; i < std::min(look.effect.changes.size(), most_rows_shown); ++i) {
        auto const& change = look.effect.changes[i];
        html("<li class=\"row\"><h2 class=\"small\">", change.after[0], " <span class=\"tag\">", page.say(change.before.empty() ? "change.made" : "change.changed"), "</span></h2><dl class=\"changes\">");
        for (std::size_t c = 1; c < change.after.size(); ++c) {
            auto const before = change.before.empty() ? std::string() : change.before[c];
            if (before == change.after[c])
                continue;
            html("<div><dt>", field_name(page, columns[c].name), "</dt><dd>");
            put_difference(html, page, before, change.after[c]);
            html("</dd></div>");
        }
        html("</dl>");
        put_cautions(html, page, texts_of(look.table, change.before), texts_of(look.table, change.after));
        html("</li>\n");
    }
    html("</ol>\n");
    if (look.effect.changes.size() > most_rows_shown)
        html("<p>", pages::count("console.import.more", look.effect.changes.size() - most_rows_shown, page.language), "</p>\n");
}

void put_sheet_publishing(Html& html, Page const& page, knowledge::Draft const& draft, bool blocked)
{
    auto const& id = draft.answer.entry.id;
    if (page.may(staff::Role::editor) && waits_for_another(page, draft)) {
        put_for_another(html, page, draft, blocked);
    } else if (page.may(staff::Role::editor)) {
        page.begin_form(html, address("sheet", id), "card");
        html("<input type=\"hidden\" name=\"version\" value=\"", draft.version, "\">");
        put_why(html, page, blocked);
        page.button(html, blocked ? "publish.despite" : "publish.do", blocked ? "quiet" : "");
        html("</form>\n");
    } else if (draft.state != "review") {
        page.begin_form(html, address("sheet-review", id), "inline");
        html("<input type=\"hidden\" name=\"version\" value=\"", draft.version, "\">");
        page.button(html, "publish.review");
        html("</form>\n");
    }
    page.begin_form(html, address("discard", id), "inline");
    html("<input type=\"hidden\" name=\"version\" value=\"", draft.version, "\">");
    page.button(html, "editor.discard", "quiet");
    html("</form>\n");
}

// To the form of a row, of which this is the draft; a sheet has none.
void put_row_link(Html& html, Page const& page, Tables::Opened const& opened)
{
    auto const& id = opened.draft.answer.entry.id;
    auto const& changes = opened.look.effect.changes;
    bool const of_row = opened.look.table != Table::faq && changes.size() == 1 && Tables::draft_id(opened.look.table, changes[0].after[0]) == id;
    if (of_row)
        html("<p><a href=\"", address("row-edit", id), "\">", page.say("sheet.row"), "</a></p>\n");
}

void show(Page& page, Tables::Opened const& opened, staff::Regression const& regression, std::string_view complaint = {})
{
    auto const& effect = opened.look.effect;
    Html main;
    main("<p class=\"crumb\"><a href=\"", address("table", name(opened.look.table)), "\">", page.say("table." + std::string(name(opened.look.table))), "</a></p>\n<h1>", page.say("publish.check"), "</h1>\n");
    if (!complaint.empty())
        main("<p class=\"complaint\" role=\"alert\" tabindex=\"-1\" id=\"complaint\">", page.say(complaint), "</p>\n");
    put_remark(main, page, opened.draft.remark);
    put_counts(main, page, effect);
    if (!effect.faults.empty()) {
        put_cell_faults(main, page, shown_faults(page, effect.faults));
    } else if (regression.asked == 0) {
        main("<p class=\"verdict well\">", page.say("sheet.no-effect"), "</p>\n");
    } else {
        put_regression(main, page, regression);
    }
    if (effect.faults.empty())
        put_sheet_publishing(main, page, opened.draft, !regression.worse.empty());
    put_row_link(main, page, opened);
    put_sending_back(main, page, opened.draft);
    put_changes(main, page, opened.look);
    page.show(page.say("publish.check"), main);
}

// The check, with what of the form that was sent cannot be taken.
void show_check(Page& page, std::string_view complaint)
{
    auto const opened = page.desk.tables.open(page.id);
    if (!opened)
        return page.fail(opened.error());
    auto const regression = page.desk.tables.rehearse(*opened);
    if (!regression)
        return page.fail(regression.error());
    if (!complaint.empty())
        page.response.status = 422;
    show(page, *opened, *regression, complaint);
}

void show_import(Page& page, Table table, std::string_view complaint, Tables::Look const* look, bool was_windows)
{
    Html main;
    main("<p class=\"crumb\"><a href=\"", address("table", name(table)), "\">", page.say("table." + std::string(name(table))), "</a></p>\n<h1>", page.say("import.title"), "</h1>\n<p class=\"lead\">", page.say("import.lead"), "</p>\n");
    put_upload_notes(main, page, complaint, was_windows);
    if (look) {
        put_counts(main, page, look->effect);
        put_cell_faults(main, page, shown_faults(page, look->effect.faults));
    }
    std::vector<std::string_view> columns;
    for (auto const& column : form_of(table).columns)
        columns.push_back(column.name);
    put_upload_form(main, page, address("import", name(table)), columns);
    page.show(page.say("import.title"), main);
}

}  // namespace

void get_import(Page& page)
{
    auto const table = knowledge::table_from_name(page.id);
    if (!table)
        return page.fail(404, "fail.not-found");
    show_import(page, *table, {}, nullptr, false);
}

void post_import(Page& page)
{
    auto const table = knowledge::table_from_name(page.id);
    if (!table)
        return page.fail(404, "fail.not-found");
    auto const sheet = uploaded(page);
    auto const complain = [&](std::string_view what, Tables::Look const* look) {
        page.response.status = 422;
        show_import(page, *table, what, look, sheet.was_windows);
    };
    if (!sheet.complaint.empty())
        return complain(sheet.complaint, nullptr);
    auto const look = page.desk.tables.look(*table, sheet.text);
    if (!look)
        return page.fail(look.error());
    if (!look->effect.faults.empty())
        return complain({}, &*look);
    if (look->effect.changes.empty())
        return complain("import.no-change", nullptr);
    std::vector<Cells> rows;
    for (auto const& change : look->effect.changes)
        rows.push_back(change.after);
    auto const id = page.desk.tables.new_sheet_id(*table);
    auto const saved = page.desk.tables.propose(page.person(), id, 0, look->base, *table, rows);
    if (!saved)
        return page.fail(saved.error());
    page.go(address("sheet", id), sheet.was_windows ? std::string_view("was-windows") : std::string_view());
}

void get_sheet(Page& page)
{
    show_check(page, {});
}

void post_sheet(Page& page)
{
    auto const published = page.desk.tables.publish(page.person(), page.id, page.form.number("version"), page.form.text("why"), page.form.text("despite") == "yes", alone_in(page.form));
    if (!published)
        return mendable(page, published.error()).empty() ? page.fail(published.error()) : show_check(page, mendable(page, published.error()));
    if (published->revision == 0) {
        auto const opened = page.desk.tables.open(page.id);
        if (!opened)
            return page.fail(opened.error());
        page.response.status = 409;
        return show(page, *opened, published->regression, page.form.has("despite") ? "publish.why-missing" : "");
    }
    page.go("/console/changes", "published-rows", {.revision = published->revision});
}

void post_sheet_review(Page& page)
{
    auto opened = page.desk.tables.open(page.id);
    if (!opened)
        return page.fail(opened.error());
    if (opened->draft.version != page.form.number("version"))
        return page.fail(409, "fail.conflict");
    auto const before = opened->draft;
    opened->draft.state = "review";
    auto const saved = page.desk.answers.save(page.person(), opened->draft, "draft.review");
    if (!saved)
        return page.fail(saved.error());
    page.go("/console/drafts", "review", {.act = page.desk.undo.keep_draft(page.person(), "draft.review", page.id, before, *saved)});
}

}  // namespace immunobot::console
