#include "console/parts.hpp"
#include "console/routes.hpp"
#include "console/uploads.hpp"
#include "base/date.hpp"
#include "knowledge/vocabulary.hpp"
#include "staff/tidy.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace immunobot::console {
namespace {

using knowledge::Table;
using staff::Cells;

using Choices = std::vector<std::pair<std::string, std::string>>;

// With what it is called, where it has a name besides the one in the file.
Choices listed(Page const& page, std::string_view column, std::span<std::string_view const> words)
{
    Choices out;
    for (auto const word : words) {
        auto const key = std::string(column) + '.' + std::string(word);
        out.emplace_back(word, pages::has_text(key) ? pages::say(key, page.language) + " (" + std::string(word) + ')' : std::string(word));
    }
    return out;
}

Choices entities(Page const& page)
{
    Choices out;
    if (auto const all = page.desk.answers.entities())
        for (auto const& one : *all)
            out.emplace_back(one.id, one.name.in(page.language));
    return out;
}

Choices sources(Page const& page)
{
    Choices out;
    if (auto const all = page.desk.answers.sources())
        for (auto const& one : *all)
            out.emplace_back(one.id, one.title);
    return out;
}

// What a column may hold; nothing: free text.
Choices choices_of(Page const& page, Table table, std::string_view column)
{
    if (column == "property")
        return listed(page, column, knowledge::properties());
    if (column == "kind")
        return listed(page, column, knowledge::entity_kinds());
    if (column == "layer")
        return listed(page, column, knowledge::layers());
    if (column == "parent" || (column == "entity" && table == Table::facts))
        return entities(page);
    return column == "source" ? sources(page) : Choices();
}

bool is_day(std::string_view column)
{
    return column.starts_with("valid_") || column == "review_by" || column == "seen" || column == "published";
}

struct RowForm {
    Table table;
    Cells cells;
    std::int64_t version = 0;   // of the draft that is gone on with; 0: none
    std::int64_t base = 0;
    bool fresh = false;
    std::vector<knowledge::SheetFault> faults = {};
    std::string was = {};       // the cells that the form began with, for when a colleague has saved meanwhile
    // What came of both, then.
    struct Conflict {
        std::vector<staff::MergedField> fields;
        std::string who;
        std::int64_t when = 0;
    };
    std::optional<Conflict> conflict = {};
    knowledge::Remark remark = {};   // of the draft that is gone on with
};

std::string to_text(Cells const& cells)
{
    boost::json::array all;
    for (auto const& cell : cells)
        all.emplace_back(cell);
    return boost::json::serialize(all);
}

// As many cells as there are columns: empty ones where the text is none of ours.
Cells cells_from(std::string_view text, std::size_t columns)
{
    Cells out(columns);
    boost::json::error_code failed;
    auto const value = boost::json::parse(text, failed);
    if (!failed && value.is_array() && value.get_array().size() == columns)
        for (std::size_t i = 0; i < columns; ++i)
            if (auto const& cell = value.get_array()[i]; cell.is_string())
                out[i] = cell.get_string();
    return out;
}

void put_field(Html& html, Page const& page, RowForm const& form, std::size_t column)
{
    auto const name = std::string(form_of(form.table).columns[column].name);
    auto const& value = form.cells[column];
    auto const fault = std::ranges::find(form.faults, name, &knowledge::SheetFault::column);
    bool const wrong = fault != form.faults.end();
    html("<p class=\"entry\"><label for=\"", name, "\">", field_name(page, name), "</label>");
    if (is_day(name))
        html("<span class=\"meta\" id=\"", name, "-help\">", page.say("day.how"), "</span>");
    if (wrong)
        html("<strong class=\"fault\" id=\"", name, "-fault\">", what_is_wrong(page, *fault), "</strong>");
    auto const mark = [&] {
        html(" id=\"", name, "\" name=\"", name, "\"");
        if (is_day(name))
            html(" aria-describedby=\"", name, "-help", wrong ? ' ' + name + "-fault" : std::string(), "\"");
        else if (wrong)
            html(" aria-describedby=\"", name, "-fault\"");
        if (wrong)
            html(" aria-invalid=\"true\"");
    };
    auto const choices = choices_of(page, form.table, name);
    if (!choices.empty()) {
        html("<select");
        mark();
        html("><option value=\"\">", page.say("rows.none"), "</option>");
        for (auto const& [id, text] : choices) {
            html("<option value=\"", id, "\"");
            if (id == value)
                html(" selected");
            html(">", text, "</option>");
        }
        html("</select></p>");
    } else if (name.starts_with("text_") || name == "aliases" || name == "value") {
        html("<textarea rows=\"3\"");
        mark();
        html(">\n", value, "</textarea></p>");
    } else {
        html("<input value=\"", value, "\"");
        mark();
        html("></p>");
    }
}

void put_summary(Html& html, Page const& page, RowForm const& form)
{
    if (form.faults.empty())
        return;
    html("<div class=\"complaint\" role=\"alert\" tabindex=\"-1\" id=\"complaint\"><p>", page.say("editor.faults"), "</p><ul>");
    for (auto const& fault : form.faults)
        html("<li><a href=\"#", fault.column, "\">", fault.column.empty() ? std::string() : field_name(page, fault.column), "</a> : ", what_is_wrong(page, fault), "</li>");
    html("</ul></div>\n");
}

void show(Page& page, RowForm const& form)
{
    auto const& title = page.say(form.fresh ? "rows.new" : "rows.edit");
    Html main;
    main("<p class=\"crumb\"><a href=\"", address("table", name(form.table)), "\">", page.say("table." + std::string(name(form.table))), "</a></p>\n<h1>", title, "</h1>\n");
    if (!form.fresh)
        main("<p class=\"meta\">", form.cells[0], "</p>\n");
    put_others(main, page, page.id);
    put_remark(main, page, form.remark);
    put_summary(main, page, form);
    if (form.conflict)
        put_conflict(main, page, form.conflict->fields, form.conflict->who, form.conflict->when);
    page.begin_form(main, address("row-edit", page.id), "fields kept");
    main("<input type=\"hidden\" name=\"version\" value=\"", form.version, "\"><input type=\"hidden\" name=\"base\" value=\"", form.base, "\"><input type=\"hidden\" name=\"was\" value=\"", form.was, "\">");
    // The id of a fact follows from the others.
    for (std::size_t i = form.fresh && form.table != Table::facts ? 0 : 1; i < form.cells.size(); ++i)
        put_field(main, page, form, i);
    main("<div class=\"actions\">");
    page.button(main, page.may(staff::Role::editor) ? "editor.check" : "drafts.look");
    main("</div></form>\n");
    page.show(title, main);
}

std::string next_fact_id(std::vector<Cells> const& rows, std::string const& entity, std::string const& property)
{
    for (int number = 1;; ++number) {
        auto id = entity + '.' + property + '.' + std::to_string(number);
        if (std::ranges::none_of(rows, [&](Cells const& row) { return row[0] == id; }))
            return id;
    }
}

// The row as it is in force, or in the draft of it that is there.
Result<RowForm> form_of_row(Page const& page, Page::RowId const& id)
{
    auto const all = page.desk.answers.knowledge();
    if (!all)
        return all.error();
    RowForm form{id.table, Cells(form_of(id.table).columns.size()), 0, all->revision, id.row.empty()};
    form.was = to_text(form.cells);
    if (form.fresh)
        return form;
    if (auto const draft = page.desk.tables.open(page.id); draft && !draft->look.effect.changes.empty()) {
        form.cells = draft->look.effect.changes[0].after;
        form.version = draft->draft.version;
        form.base = draft->draft.base;
        form.was = to_text(form.cells);
        form.remark = draft->draft.remark;
        return form;
    }
    for (auto const& row : rows_of(*all, id.table))
        if (row[0] == id.row) {
            form.cells = row;
            form.was = to_text(form.cells);
            return form;
        }
    return Error{Errc::not_found, "there is no row " + page.id};
}

// A colleague has saved the row meanwhile: what only one has changed is in the form, and what both have is shown.
void show_conflict(Page& page, Page::RowId const& id, RowForm form)
{
    auto theirs = form_of_row(page, id);
    if (!theirs)
        return page.fail(theirs.error());
    auto const was = cells_from(form.was, form.cells.size());
    RowForm::Conflict conflict;
    if (auto const draft = page.desk.tables.open(staff::Tables::draft_id(id.table, form.cells[0]))) {
        conflict.who = draft->draft.author;
        conflict.when = draft->draft.saved_at;
    }
    auto const columns = form_of(id.table).columns;
    for (std::size_t i = 1; i < form.cells.size(); ++i) {
        conflict.fields.push_back(staff::merge_texts(std::string(columns[i].name), was[i], form.cells[i], theirs->cells[i]));
        form.cells[i] = conflict.fields.back().merged;
    }
    form.version = theirs->version;
    form.base = theirs->base;
    form.was = theirs->was;
    form.conflict = std::move(conflict);
    page.response.status = 409;
    show(page, form);
}

}  // namespace

void get_row_edit(Page& page)
{
    auto const id = page.row_id();
    if (!id || id->table == Table::faq)
        return page.fail(404, "fail.not-found");
    auto const form = form_of_row(page, *id);
    if (!form)
        return page.fail(form.error());
    if (!form->fresh)
        page.desk.presence.note(page.id, page.person(), seconds_now());
    show(page, *form);
}

void post_row_edit(Page& page)
{
    auto const id = page.row_id();
    if (!id || id->table == Table::faq)
        return page.fail(404, "fail.not-found");
    auto rows = page.desk.tables.rows(id->table);
    if (!rows)
        return page.fail(rows.error());
    RowForm form{id->table, {}, page.form.number("version"), page.form.number("base"), id->row.empty()};
    form.was = page.form.text("was");
    for (auto const& column : form_of(id->table).columns) {
        auto const typed = page.form.text(column.name);
        form.cells.push_back(is_day(column.name) ? staff::tidy_day(typed) : staff::tidy_pasted(typed));
    }
    if (!form.fresh)
        form.cells[0] = id->row;
    else if (id->table == Table::facts)
        form.cells[0] = next_fact_id(*rows, form.cells[knowledge::fact_column::entity], form.cells[knowledge::fact_column::property]);
    auto look = page.desk.tables.look(id->table, to_csv(id->table, {form.cells}));
    if (!look)
        return page.fail(look.error());
    if (!look->effect.faults.empty()) {
        form.faults = std::move(look->effect.faults);
        page.response.status = 422;
        return show(page, form);
    }
    auto const draft = staff::Tables::draft_id(id->table, form.cells[0]);
    auto const saved = page.desk.tables.propose(page.person(), draft, form.version, form.base, id->table, {form.cells});
    if (!saved && saved.error().code == Errc::conflict && !form.fresh)
        return show_conflict(page, *id, std::move(form));
    if (!saved)
        return page.fail(saved.error());
    page.go(address("sheet", draft));
}

}  // namespace immunobot::console
