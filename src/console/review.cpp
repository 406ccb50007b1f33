// What ends or has to be looked at again, with one action each.
#include "console/routes.hpp"
#include "console/parts.hpp"
#include "base/date.hpp"
#include "base/local_time.hpp"

namespace immunobot::console {
namespace {

constexpr std::size_t most_due_shown = 300;
constexpr std::int64_t usual_months = 12;

std::string row_of(staff::Answers::Due const& due)
{
    return staff::Tables::draft_id(due.is_fact ? knowledge::Table::facts : knowledge::Table::faq, due.id);
}

void put_button(Html& html, Page const& page, std::string_view kind, staff::Answers::Due const& due, std::string_view key)
{
    page.begin_form(html, address(kind, row_of(due)), "inline");
    html("<input type=\"hidden\" name=\"what\" value=\"", due.ends ? std::string_view("ends") : std::string_view("review"), "\"><button type=\"submit\" class=\"quiet small\" aria-label=\"", labelled(page, page.say(key), due.id), "\">", page.say(key), "</button></form>");
}

void put_looked_at(Html& html, Page const& page, staff::Answers::Due const& due)
{
    page.begin_form(html, address("look-at", due.id), "inline");
    html("<input type=\"hidden\" name=\"to\" value=\"/console/review\"><button type=\"submit\" class=\"quiet small\" aria-label=\"", labelled(page, page.say("review.still-true"), due.id), "\">", page.say("review.still-true"), "</button></form>");
}

void put_tabs(Html& html, Page const& page, bool mine)
{
    html("<nav class=\"tabs\" aria-label=\"", page.say("review.filter"), "\"><ul><li><a href=\"/console/review\"", mine ? std::string_view() : std::string_view(" aria-current=page"), ">", page.say("review.all"),
         "</a></li><li><a href=\"/console/review?mine=1\"", mine ? std::string_view(" aria-current=page") : std::string_view(), ">", page.say("review.mine"), "</a></li></ul></nav>\n");
}

void put_due(Html& html, Page const& page, staff::Answers::Due const& due)
{
    bool const over = is_over(due.day, today_here());
    html("<li class=\"row", due.is_staff_only ? std::string_view(" only-staff") : std::string_view(), "\"><h2><a href=\"", due.is_fact ? address("row", row_of(due)) : address("answer", due.id), "\">", due.text.in(page.language), "</a></h2><p class=\"meta\"><span class=\"",
         over ? std::string_view("tag warn") : std::string_view("tag"), "\">", dated(page, due.ends ? "due.ends" : "due.review", due.day), "</span> ", due.id);
    if (!due.owner.empty())
        html(" \xC2\xB7 ", page.say("due.owner", {{"who", due.owner}}));
    html("</p><p class=\"line\">");
    bool const by_date = !due.of_care && !due.is_staff_only;
    if (due.of_care && page.may(staff::Role::answerer))
        put_looked_at(html, page, due);
    if (by_date && page.may(staff::Role::editor))
        put_button(html, page, "still-true", due, "review.still-true");
    if (page.may(staff::Role::answerer))
        html("<a class=\"button quiet small\" href=\"", due.is_fact ? address("row-edit", row_of(due)) : address("edit", due.id), "\">", page.say("row.edit"), "</a>");
    if (by_date && page.may(staff::Role::editor))
        put_button(html, page, "end", due, "review.end");
    html("</p></li>\n");
}

// Published, or left as a draft to look at because a question would lose its answer.
void set(Page& page, std::string_view column, std::string const& value, std::string_view done)
{
    auto const id = page.row_id();
    if (!id)
        return page.fail(404, "fail.not-found");
    auto const published = page.desk.tables.set(page.person(), id->table, id->row, column, value);
    if (!published)
        return page.fail(published.error());
    if (published->revision == 0)
        return page.go(address("sheet", page.id));
    page.go("/console/review", done, {.revision = published->revision});
}

// When it is to be looked at again: by the months of who looks after it, or in a year.
std::string next_time(Page const& page, std::string const& row)
{
    auto const known = page.desk.store.with([&](auto& store) { return store.care(row); });
    knowledge::Care care{row, {}, usual_months, to_string(today_here())};
    if (known && *known && (*known)->months > 0)
        care.months = (*known)->months;
    return staff::next_look(care);
}

}  // namespace

void get_review(Page& page)
{
    auto due = page.desk.answers.due(most_due_shown);
    if (!due)
        return page.fail(due.error());
    bool const mine = page.query.has("mine");
    if (mine)
        std::erase_if(*due, [&](auto const& one) { return one.owner != page.person().email; });
    Html main;
    main("<h1>", page.say("review.title"), "</h1>\n<p class=\"lead\">", page.say(!due->empty() ? "review.lead" : mine ? "review.none-mine" : "review.none"), "</p>\n");
    put_tabs(main, page, mine);
    main("<ol class=\"rows\">\n");
    for (auto const& one : *due)
        put_due(main, page, one);
    main("</ol>\n");
    page.show(page.say("review.title"), main);
}

void post_still_true(Page& page)
{
    auto const id = page.row_id();
    if (!id)
        return page.fail(404, "fail.not-found");
    bool const ends = page.form.text("what") == "ends";
    set(page, ends ? "valid_to" : "review_by", ends ? std::string() : next_time(page, id->row), "still-true");
}

namespace {

using CareChange = Result<> (*)(Page&);

// Changes who looks after it or when that was done last, and keeps how it was.
void change_care(Page& page, std::string_view what, std::string const& to, std::string_view said, CareChange change)
{
    auto const care = [&] { return page.desk.store.with([&](auto& store) { return store.care(page.id); }); };
    auto const before = care();
    if (!before)
        return page.fail(before.error());
    if (auto const done = change(page); !done)
        return page.fail(done.error());
    auto const after = care();
    if (!after)
        return page.fail(after.error());
    knowledge::Care const none{page.id, {}, 0, {}};
    knowledge::Decided decision;
    decision.what = what;
    decision.target = page.id;
    decision.care = knowledge::Decided::OfCare{before->value_or(none), after->value_or(none)};
    page.go(to, said, {.act = page.desk.undo.keep(page.person(), std::move(decision))});
}

}  // namespace

void post_care(Page& page)
{
    change_care(page, "answer.care", address("answer", page.id), "care",
                [](Page& of) { return of.desk.answers.take_care(of.person(), of.id, of.form.text("owner"), of.form.number("months")); });
}

void post_look_at(Page& page)
{
    auto const to = page.form.has("to") ? safe_target(page.form.text("to")) : address("answer", page.id);
    change_care(page, "answer.look-at", to, "still-true", [](Page& of) { return of.desk.answers.look_at(of.person(), of.id); });
}

void post_end(Page& page)
{
    set(page, "valid_to", to_string(today_here()), "ended");
}

}  // namespace immunobot::console
