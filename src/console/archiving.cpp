// What is taken away after a look at what that would do: facts, entities and sources, whose older versions are taken up again here, and
// answers.
#include "console/parts.hpp"
#include "console/routes.hpp"

namespace immunobot::console {
namespace {

using knowledge::Table;

// An answer of the FAQ has a history of its own, and no table.
std::optional<Page::RowId> row_of_table(Page const& page)
{
    auto id = page.row_id();
    return id && id->table != Table::faq ? id : std::nullopt;
}

void put_obstacles(Html& html, Page const& page, std::vector<staff::Tables::Use> const& uses)
{
    html("<div class=\"complaint\" role=\"alert\"><p>", page.say("row.archive.used"), "</p>");
    put_use_list(html, page, uses);
    html("</div>\n");
}

void put_archiving(Html& html, Page const& page, staff::Tables::Archiving const& look)
{
    if (look.regression.asked == 0)
        html("<p class=\"verdict well\">", page.say("sheet.no-effect"), "</p>\n");
    else
        put_regression(html, page, look.regression);
    if (!look.rows.askings.empty())
        html("<p>", page.say("row.archive.askings"), "</p>\n");
    page.begin_form(html, address("row-archive", page.id), "card");
    html("<input type=\"hidden\" name=\"base\" value=\"", look.base, "\">");
    bool const worse = !look.regression.worse.empty();
    put_why(html, page, worse);
    page.button(html, worse ? "row.archive.despite" : "row.archive.do", worse ? "quiet" : "");
    html("</form>\n");
}

void show(Page& page, Page::RowId const& id, staff::Tables::Archiving const& look)
{
    Html main;
    main("<p class=\"crumb\"><a href=\"", address("row", page.id), "\">", id.row, "</a></p>\n<h1>", page.say("row.archive.title"), "</h1>\n<p class=\"lead\">", page.say("row.archive.lead"), "</p>\n");
    if (look.uses.empty())
        put_archiving(main, page, look);
    else
        put_obstacles(main, page, look.uses);
    page.show(page.say("row.archive.title"), main);
}

// What goes with an answer: its own questions, which nothing else is measured by then, and those of visitors.
void put_lost(Html& html, Page const& page, staff::Regression const& regression)
{
    if (regression.asked == 0) {
        html("<p class=\"verdict well\">", page.say("answer.archive.unseen"), "</p>\n");
        return;
    }
    auto const number = [&](std::size_t n) { return pages::spoken_number(n, page.language); };
    html("<p class=\"verdict ", staff::takes_answers(regression) ? std::string_view("ill") : std::string_view("well"), "\">",
         page.say("answer.archive.own", {{"n", number(regression.own.size())}, {"lost", number(staff::silenced(regression.own))}}), " ",
         page.say("answer.archive.past", {{"n", number(regression.past_asked)}, {"lost", number(staff::silenced(regression.past))}}), "</p>\n<p>", page.say("answer.archive.others"), "</p>\n");
    put_regression(html, page, regression);
}

// What would be lost with an answer, and the button that takes it away even so.
void show_archiving(Page& page, std::int64_t revision, staff::Regression const& regression)
{
    Html main;
    main("<p class=\"crumb\"><a href=\"", address("answer", page.id), "\">", page.id, "</a></p>\n<h1>", page.say("answer.archive.title"), "</h1>\n<p class=\"lead\">", page.say("answer.archive.lead"), "</p>\n");
    if (page.form.has("despite"))
        main("<p class=\"complaint\" role=\"alert\" tabindex=\"-1\" id=\"complaint\">", page.say("answer.archive.why-missing"), "</p>\n");
    put_lost(main, page, regression);
    page.begin_form(main, address("archive", page.id), "card");
    main("<input type=\"hidden\" name=\"revision\" value=\"", revision, "\"><input type=\"hidden\" name=\"seen\" value=\"yes\">");
    bool const worse = !regression.worse.empty();
    put_why(main, page, worse);
    page.button(main, worse ? "row.archive.despite" : "answer.archive.do", worse ? "quiet" : "");
    main("</form>\n");
    page.show(page.say("answer.archive.title"), main);
}

}  // namespace

void get_archive(Page& page)
{
    auto const published = page.desk.store.with([&](auto& store) { return store.published(page.id); });
    if (!published)
        return page.fail(published.error());
    if (!*published || staff::is_of_fact(page.id))
        return page.fail(404, "fail.not-found");
    auto const regression = page.desk.answers.rehearse_archive(page.id);
    if (!regression)
        return page.fail(regression.error());
    show_archiving(page, (*published)->revision, *regression);
}

void post_archive(Page& page)
{
    auto const revision = page.form.number("revision");
    auto const stop = [&](staff::Regression const& regression) {
        page.response.status = 409;
        show_archiving(page, revision, regression);
    };
    // Whoever comes without having seen what goes with it sees that first.
    if (!page.form.has("seen") && !page.form.has("despite")) {
        auto const regression = page.desk.answers.rehearse_archive(page.id);
        if (!regression)
            return page.fail(regression.error());
        if (staff::takes_answers(*regression))
            return stop(*regression);
    }
    auto const done = page.desk.answers.archive(page.person(), page.id, revision, page.form.text("why"), page.form.text("despite") == "yes");
    if (!done)
        return page.fail(done.error());
    if (done->revision == 0)
        return stop(done->regression);
    page.go(address("history", page.id), "archived", {.revision = done->revision});
}

void get_row_archive(Page& page)
{
    auto const id = row_of_table(page);
    if (!id)
        return page.fail(404, "fail.not-found");
    auto const look = page.desk.tables.look_at_archive(id->table, id->row);
    if (!look)
        return page.fail(look.error());
    show(page, *id, *look);
}

void post_row_archive(Page& page)
{
    auto const id = row_of_table(page);
    if (!id)
        return page.fail(404, "fail.not-found");
    auto const done = page.desk.tables.archive(page.person(), id->table, id->row, page.form.number("base"), page.form.text("why"), page.form.text("despite") == "yes");
    if (!done)
        return page.fail(done.error());
    if (done->revision != 0)
        return page.go(address("history", id->row), "archived-row", {.revision = done->revision});
    auto const look = page.desk.tables.look_at_archive(id->table, id->row, staff::Answers::Look::kept);
    if (!look)
        return page.fail(look.error());
    page.response.status = 409;
    show(page, *id, *look);
}

void post_row_restore(Page& page)
{
    auto const id = row_of_table(page);
    if (!id)
        return page.fail(404, "fail.not-found");
    auto const draft = staff::Tables::draft_id(id->table, id->row);
    auto const before = page.desk.store.with([&](auto& store) { return store.draft(draft); });
    if (!before)
        return page.fail(before.error());
    auto const restored = page.desk.tables.restore(page.person(), id->table, id->row, page.form.number("revision"), page.form.text("which") == "before");
    if (!restored)
        return page.fail(restored.error());
    if (*restored == 0)
        return page.go(address("history", id->row), "restored-already");
    page.go(address("sheet", draft), "restored", {.act = page.desk.undo.keep_draft(page.person(), "rows.restore", draft, *before, *restored)});
}

}  // namespace immunobot::console
