#include "console/parts.hpp"
#include "console/routes.hpp"
#include "text/csv.hpp"
#include "text/fold.hpp"
#include "text/form_fields.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

using knowledge::Table;
using staff::Cells;

constexpr std::size_t rows_a_page = 50;
constexpr std::size_t shown_characters = 120;

// What a list shows of a table; the rest stands on the page of the row.
std::vector<std::string_view> shown_columns(Table table, Language language)
{
    bool const french = language == Language::fr;
    switch (table) {
        case Table::facts: return {"id", "entity", "property", "value", french ? "text_fr" : "text_en", "valid_to", "review_by"};
        case Table::entities: return {"id", "kind", french ? "name_fr" : "name_en", "acronym", "parent"};
        case Table::faq: return {"id", french ? "questions_fr" : "questions_en", french ? "answer_fr" : "answer_en", "valid_to", "review_by"};
        case Table::sources: return {"id", "title", "publisher", "seen"};
    }
    return {};
}

std::string_view narrowing_column(Table table)
{
    return table == Table::facts ? "property" : table == Table::entities ? "kind" : table == Table::faq ? "entity" : "publisher";
}

std::size_t column_of(Table table, std::string_view name)
{
    auto const columns = form_of(table).columns;
    return static_cast<std::size_t>(std::ranges::find(columns, name, &knowledge::Column::name) - columns.begin());
}

bool holds(Cells const& row, std::vector<std::string> const& words)
{
    std::string all;
    for (auto const& cell : row)
        all += text::fold(cell) + '\n';
    return std::ranges::all_of(words, [&](std::string const& word) { return all.find(word) != std::string::npos; });
}

std::vector<std::string> words_of(std::string_view typed)
{
    std::vector<std::string> words;
    for (auto rest = std::string_view(typed); !rest.empty();) {
        auto const end = std::min(rest.find(' '), rest.size());
        if (auto word = text::fold(rest.substr(0, end)); !word.empty())
            words.push_back(std::move(word));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return words;
}

// What the address of the list says.
struct View {
    Table table;
    std::string words;
    std::string only;        // value of the narrowing column
    std::string sort;
    bool down = false;
    std::size_t page = 1;

    std::string address(std::string_view by, bool descending, std::size_t number) const
    {
        return "/console/table/" + std::string(name(table)) + "?q=" + text::percent_encoded(words) + "&only=" + text::percent_encoded(only) + "&sort=" + text::percent_encoded(by) +
               (descending ? "&dir=down" : "") + (number > 1 ? "&page=" + std::to_string(number) : "");
    }
};

View view_of(Page const& page, Table table)
{
    View view{table, std::string(page.query.text("q")), std::string(page.query.text("only")), std::string(page.query.text("sort")), page.query.text("dir") == "down", 1};
    if (auto const number = page.query.number("page"); number > 1)
        view.page = static_cast<std::size_t>(number);
    return view;
}

void narrow(std::vector<Cells>& rows, View const& view)
{
    auto const words = words_of(view.words);
    auto const at = column_of(view.table, narrowing_column(view.table));
    std::erase_if(rows, [&](Cells const& row) { return (!view.only.empty() && row[at] != view.only) || !holds(row, words); });
    if (auto const by = column_of(view.table, view.sort); by < form_of(view.table).columns.size()) {
        std::ranges::stable_sort(rows, {}, [&](Cells const& row) { return text::fold(row[by]); });
        if (view.down)
            std::ranges::reverse(rows);
    }
}

void put_tabs(Html& html, Page const& page, Table table)
{
    html("<nav class=\"tabs\" aria-label=\"", page.say("tables.title"), "\"><ul>");
    for (auto const one : knowledge::all_tables) {
        html("<li><a href=\"", address("table", name(one)), "\"");
        if (one == table)
            html(" aria-current=\"page\"");
        html(">", page.say("table." + std::string(name(one))), "</a></li>");
    }
    html("</ul></nav>\n");
}

void put_filter(Html& html, Page const& page, View const& view, std::vector<std::string> const& values)
{
    auto const column = narrowing_column(view.table);
    html("<form method=\"get\" action=\"", address("table", name(view.table)), "\" class=\"line\" role=\"search\"><label for=\"words\">", page.say("tables.words"), "</label><input id=\"words\" name=\"q\" maxlength=\"200\" value=\"", view.words,
         "\"><label for=\"only\">", field_name(page, column), "</label><select id=\"only\" name=\"only\"><option value=\"\">", page.say("tables.all"), "</option>");
    for (auto const& value : values) {
        html("<option");
        if (value == view.only)
            html(" selected");
        html(">", value, "</option>");
    }
    html("</select><button type=\"submit\" class=\"quiet\">", page.say("search.do"), "</button></form>\n");
}

void put_head(Html& html, Page const& page, View const& view)
{
    html("<thead><tr>");
    for (auto const column : shown_columns(view.table, page.language)) {
        bool const sorted = column == view.sort;
        html("<th scope=\"col\"");
        if (sorted)
            html(" aria-sort=\"", view.down ? std::string_view("descending") : std::string_view("ascending"), "\"");
        html("><a href=\"", view.address(column, sorted && !view.down, 1), "\">", field_name(page, column), "</a>");
        if (sorted)
            html("<span aria-hidden=\"true\"> ", view.down ? std::string_view("\xE2\x96\xBE") : std::string_view("\xE2\x96\xB4"), "</span>");
        html("</th>");
    }
    html("</tr></thead>");
}

void put_rows(Html& html, Page const& page, View const& view, std::vector<Cells> const& rows)
{
    auto const from = std::min((view.page - 1) * rows_a_page, rows.size());
    html("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"", page.say("table." + std::string(name(view.table))), "\"><table><caption>", pages::count("console.tables.rows", rows.size(), page.language), "</caption>");
    put_head(html, page, view);   // its columns are links that sort, which begin_table() has not
    html("<tbody>\n");
    for (auto i = from; i < std::min(from + rows_a_page, rows.size()); ++i) {
        html("<tr>");
        for (auto const column : shown_columns(view.table, page.language)) {
            auto const& cell = rows[i][column_of(view.table, column)];
            if (column == "id")
                html("<th scope=\"row\"><a href=\"", address("row", std::string(name(view.table)) + ':' + cell), "\">", cell, "</a></th>");
            else
                html("<td>", column == "valid_to" || column == "review_by" ? pages::spoken_date(cell, page.language) : clipped(cell, shown_characters), "</td>");
        }
        html("</tr>\n");
    }
    html("</tbody></table></div>\n");
}

void put_pages(Html& html, Page const& page, View const& view, std::size_t rows)
{
    auto const last = (rows + rows_a_page - 1) / rows_a_page;
    if (last < 2)
        return;
    html("<nav class=\"line\" aria-label=\"", page.say("tables.pages"), "\">");
    if (view.page > 1)
        html("<a class=\"button quiet\" href=\"", view.address(view.sort, view.down, view.page - 1), "\">", page.say("tables.before"), "</a>");
    html("<span>", page.say("tables.page", {{"page", std::to_string(view.page)}, {"last", std::to_string(last)}}), "</span>");
    if (view.page < last)
        html("<a class=\"button quiet\" href=\"", view.address(view.sort, view.down, view.page + 1), "\">", page.say("tables.after"), "</a>");
    html("</nav>\n");
}

void put_tools(Html& html, Page const& page, Table table)
{
    auto const id = std::string(name(table));
    html("<div class=\"actions\">");
    if (page.may(staff::Role::answerer))
        html("<a class=\"button\" href=\"", table == Table::faq ? std::string("/console/new") : address("row-edit", id + ':'), "\">", page.say("tables.new"), "</a>");
    if (page.may(staff::Role::editor))
        html("<a class=\"button quiet\" href=\"", address("import", id), "\">", page.say("tables.import"), "</a>");
    if (table == Table::faq && page.may(staff::Role::editor))
        html("<a class=\"button quiet\" href=\"/console/pairs\">", page.say("pairs.title"), "</a>");
    html("<a class=\"button quiet\" href=\"", address("export", id), "\">", page.say("tables.export"), "</a><a class=\"button quiet\" href=\"", address("export", id), "?for=excel\">", page.say("tables.export.excel"), "</a>");
    if (table == Table::faq && page.may(staff::Role::admin))
        html("<a class=\"button quiet\" href=\"/console/staff-answers\">", page.say("staff-sheet.title"), "</a>");
    html("</div>\n");
}

void put_uses(Html& html, Page const& page, std::vector<staff::Tables::Use> const& uses)
{
    html("<section><h2>", page.say("row.uses"), "</h2>");
    if (uses.empty())
        html("<p>", page.say("row.no-uses"), "</p>");
    put_use_list(html, page, uses);
    html("</section>\n");
}

void put_actions(Html& html, Page const& page, Page::RowId const& id)
{
    html("<div class=\"actions\">");
    if (page.may(staff::Role::answerer))
        html("<a class=\"button\" href=\"", id.table == Table::faq ? address("edit", id.row) : address("row-edit", page.id), "\">", page.say("row.edit"), "</a>");
    html("<a class=\"button quiet\" href=\"", address("history", id.row), "\">", page.say("answer.history"), "</a>");
    if (page.may(staff::Role::editor) && id.table != Table::faq)   // an answer is archived on its own page
        html("<a class=\"button quiet\" href=\"", address("row-archive", page.id), "\">", page.say("answer.archive"), "</a>");
    html("</div>\n");
}

// There may have been such a row: then its history is there still.
void show_gone(Page& page, Page::RowId const& id)
{
    auto const history = page.desk.store.with([&](auto& store) { return store.history(id.row, 1); });
    if (!history || history->empty())
        return page.fail(404, "fail.not-found");
    page.go(address("history", id.row));
}

// As French Excel opens it by itself: a byte order mark, ';', everything in quotes.
std::string for_excel(Table table, std::vector<Cells> const& rows)
{
    std::string out = "\xEF\xBB\xBF";
    auto const put = [&](std::string_view cell, bool last) {
        out += '"';
        for (char const c : text::guard_formula(cell)) {
            if (c == '"')
                out += '"';
            out += c;
        }
        out += last ? "\"\r\n" : "\";";
    };
    auto const columns = form_of(table).columns;
    for (std::size_t i = 0; i < columns.size(); ++i)
        put(columns[i].name, i + 1 == columns.size());
    for (auto const& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            put(row[i], i + 1 == row.size());
    return out;
}

}  // namespace

void put_use_list(Html& html, Page const& page, std::vector<staff::Tables::Use> const& uses)
{
    html("<ul class=\"links\">");
    for (auto const& use : uses) {
        auto const& text = use.text.in(page.language).empty() ? use.text.in(other(page.language)) : use.text.in(page.language);
        html("<li><span class=\"tag\">", page.say("use." + use.kind), "</span> ");
        if (use.kind == "intent")
            html(clipped(text, shown_characters), " <code>", use.id, "</code></li>");   // it stands in a file, not on a page
        else
            html("<a href=\"", use.kind == "asking" ? address("edit", use.id) : use.kind == "faq" ? address("answer", use.id) : address("row", use.kind + ':' + use.id), "\">", clipped(text, shown_characters),
                 "</a></li>");
    }
    html("</ul>\n");
}

void get_table(Page& page)
{
    auto const table = knowledge::table_from_name(page.id);
    if (!table)
        return page.fail(404, "fail.not-found");
    auto rows = page.desk.tables.rows(*table);
    if (!rows)
        return page.fail(rows.error());
    auto const view = view_of(page, *table);
    std::vector<std::string> values;
    for (auto const& row : *rows)
        values.push_back(row[column_of(*table, narrowing_column(*table))]);
    std::ranges::sort(values);
    auto const doubled = std::ranges::unique(values);
    values.erase(doubled.begin(), doubled.end());
    std::erase(values, std::string());
    narrow(*rows, view);
    auto const title = page.say("table." + std::string(name(*table)));
    Html main;
    main("<h1>", title, "</h1>\n");
    put_tabs(main, page, *table);
    put_tools(main, page, *table);
    put_filter(main, page, view, values);
    put_rows(main, page, view, *rows);
    put_pages(main, page, view, rows->size());
    page.show(title, main);
}

void get_row(Page& page)
{
    auto const id = page.row_id();
    if (!id)
        return page.fail(404, "fail.not-found");
    auto const row = page.desk.tables.row(id->table, id->row);
    if (!row)
        return page.fail(row.error());
    if (!*row)
        return show_gone(page, *id);
    auto const uses = page.desk.tables.uses(id->table, id->row);
    if (!uses)
        return page.fail(uses.error());
    Html main;
    main("<p class=\"crumb\"><a href=\"", address("table", name(id->table)), "\">", page.say("table." + std::string(name(id->table))), "</a></p>\n<h1>", id->row, "</h1>\n<dl class=\"changes\">");
    auto const columns = form_of(id->table).columns;
    for (std::size_t i = 1; i < columns.size(); ++i)
        if (!(**row)[i].empty())
            main("<div><dt>", field_name(page, columns[i].name), "</dt><dd>", (**row)[i], "</dd></div>");
    main("</dl>\n");
    put_actions(main, page, *id);
    put_uses(main, page, *uses);
    page.show(id->row, main);
}

void get_export(Page& page)
{
    auto const table = knowledge::table_from_name(page.id);
    if (!table)
        return page.fail(404, "fail.not-found");
    auto const rows = page.desk.tables.rows(*table);
    if (!rows)
        return page.fail(rows.error());
    page.response.body = page.query.text("for") == "excel" ? for_excel(*table, *rows) : to_csv(*table, *rows);
    page.response.type = "text/csv; charset=utf-8";
    page.response.file_name = page.id + ".csv";
}

}  // namespace immunobot::console
