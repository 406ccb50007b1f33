#include "console/parts.hpp"
#include "console/routes.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

constexpr std::size_t most_changes = 100;
constexpr std::size_t rows_of_each = 3;       // of a revision, among others

// Why, where the program itself has said so, in the language of the page.
std::string why_of(Page const& page, std::string const& why)
{
    constexpr std::string_view import = "import of ";
    constexpr std::string_view undo = "undo ";
    if (why.starts_with(import))
        return page.say("why.import", {{"from", why.substr(import.size())}});
    if (why.starts_with(undo)) {   // "undo 12" or "undo 12: the reason"
        auto const end = std::min(why.find_first_not_of("0123456789", undo.size()), why.size());
        if (end == why.size() || why.substr(end).starts_with(": "))
            return page.say("why.undo", {{"number", why.substr(undo.size(), end - undo.size())}}) + why.substr(end);
    }
    if (why == "imported for staff")
        return page.say("act.answer.import");
    return why == "archived" ? page.say("why.archived") : why == "scheduled" ? page.say("why.scheduled") : why;
}

void put_undo(Html& html, Page const& page, knowledge::Change const& change)
{
    if (page.may(staff::Role::editor))
        html("<p><a class=\"button quiet small\" href=\"", address("undo", change.revision), "\">", change.rows > 1 ? pages::count("console.undo.rows", static_cast<std::size_t>(change.rows), page.language) : page.say("change.undo"), "</a></p>");
}

void begin_restore(Html& html, Page const& page, std::string const& to, std::int64_t revision, bool before)
{
    page.begin_form(html, to, "inline");
    html("<input type=\"hidden\" name=\"revision\" value=\"", revision, "\">");
    if (before)
        html("<input type=\"hidden\" name=\"which\" value=\"before\">");
}

// Facts, entities and sources; not the answers, whose history is their own.
std::optional<knowledge::Table> table_of(knowledge::Change const& change)
{
    auto const table = knowledge::table_of_kind(change.kind);
    return table == knowledge::Table::faq ? std::nullopt : table;
}

void put_restore_forms(Html& html, Page const& page, knowledge::Change const& change)
{
    if (auto const table = table_of(change)) {
        begin_restore(html, page, address("row-restore", staff::Tables::draft_id(*table, change.row)), change.revision, change.after.empty());
        page.button(html, "change.restore", "quiet small");
        html("</form>");
        return;
    }
    begin_restore(html, page, address("restore", change.row), change.revision, false);
    page.button(html, "change.restore", "quiet small");
    html("</form>");
    if (!change.before.empty() && !change.after.empty()) {
        begin_restore(html, page, address("restore", change.row), change.revision, true);
        page.button(html, "change.undo", "quiet small");
        html("</form>");
    }
}

void put_change(Html& html, Page const& page, knowledge::Change const& change, bool names_answer)
{
    html("<li class=\"row\"><h2 class=\"small\">");
    if (names_answer)
        html("<a href=\"", address("history", change.row), "\">", change.row, "</a> \xC2\xB7 ");
    html(page.say(change.before.empty() ? "change.made" : change.after.empty() ? "change.archived" : "change.changed"), "</h2><p class=\"meta\">", page.time(change.made_at), " \xC2\xB7 ", change.who);
    if (!change.why.empty())
        html(" \xC2\xB7 ", why_of(page, change.why));
    html("</p>");
    put_row_changes(html, page, change.before, change.after);
    if (table_of(change) || change.rows > 1)
        put_undo(html, page, change);
    if (page.may(staff::Role::answerer))
        put_restore_forms(html, page, change);
    html("</li>\n");
}

// Back to what the history is of: a row has a page of its own, as long as it is there.
std::string page_of(knowledge::Change const& last)
{
    auto const table = table_of(last);
    if (!table || *table == knowledge::Table::facts)
        return address("answer", last.row);
    return last.after.empty() ? address("table", name(*table)) : address("row", staff::Tables::draft_id(*table, last.row));
}

}  // namespace

void get_history(Page& page)
{
    auto const changes = page.desk.store.with([&](auto& store) { return store.history(page.id, most_changes); });
    if (!changes)
        return page.fail(changes.error());
    Html main;
    main("<p class=\"crumb\"><a href=\"", changes->empty() ? address("answer", page.id) : page_of(changes->front()), "\">", page.id, "</a></p>\n<h1>", page.say("history.title"), "</h1>\n");
    if (changes->empty())
        main("<p>", page.say("history.none"), "</p>\n");
    main("<ol class=\"rows\">\n");
    for (auto const& change : *changes)
        put_change(main, page, change, false);
    main("</ol>\n");
    page.show(page.say("history.title"), main);
}

void get_changes(Page& page)
{
    auto const changes = page.desk.store.with([&](auto& store) { return store.recent_changes(most_changes, rows_of_each); });
    if (!changes)
        return page.fail(changes.error());
    Html main;
    main("<h1>", page.say("changes.title"), "</h1>\n<p class=\"lead\">", page.say("changes.lead"), "</p>\n");
    put_history_tabs(main, page);
    if (changes->empty())
        main("<p>", page.say("changes.none"), "</p>\n");
    main("<ol class=\"rows\">\n");
    for (auto const& change : *changes)
        put_change(main, page, change, true);
    main("</ol>\n");
    page.show(page.say("changes.title"), main);
}

void post_restore(Page& page)
{
    auto const before = page.desk.store.with([&](auto& store) { return store.draft(page.id); });
    if (!before)
        return page.fail(before.error());
    auto const done = page.desk.answers.restore(page.person(), page.id, page.form.number("revision"), page.form.text("which") == "before");
    if (!done)
        return page.fail(done.error());
    page.go(address("publish", page.id), "restored", {.act = page.desk.undo.keep_draft(page.person(), "answer.restore", page.id, *before, *done)});
}

}  // namespace immunobot::console
