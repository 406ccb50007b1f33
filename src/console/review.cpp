// What ends or has to be looked at again, with one action each.
#include "console/routes.hpp"
#include "base/date.hpp"

namespace immunobot::console {
namespace {

constexpr std::size_t most_shown = 300;
constexpr int years_until_next = 1;

std::string row_of(staff::Answers::Due const& due)
{
    return staff::Tables::draft_id(due.is_fact ? knowledge::Table::facts : knowledge::Table::faq, due.id);
}

void put_button(Html& html, Page const& page, std::string_view kind, staff::Answers::Due const& due, std::string_view key)
{
    page.begin_form(html, address(kind, row_of(due)), "inline");
    html("<input type=\"hidden\" name=\"what\" value=\"", due.ends ? std::string_view("ends") : std::string_view("review"), "\"><button type=\"submit\" class=\"quiet small\" aria-label=\"", page.say(key), ": ", due.id, "\">", page.say(key), "</button></form>");
}

void put_due(Html& html, Page const& page, staff::Answers::Due const& due)
{
    auto const day = parse_date(due.day);
    bool const over = day && last_day(*day) < today_utc();
    html("<li class=\"row\"><h2><a href=\"", due.is_fact ? address("row", row_of(due)) : address("answer", due.id), "\">", due.text.in(page.language), "</a></h2><p class=\"meta\"><span class=\"",
         over ? std::string_view("tag warn") : std::string_view("tag"), "\">", page.say(due.ends ? "due.ends" : "due.review", {{"day", pages::spoken_date(due.day, page.language)}}), "</span> ", due.id, "</p><p class=\"line\">");
    if (page.may(staff::Role::editor))
        put_button(html, page, "still-true", due, "review.still-true");
    if (page.may(staff::Role::answerer))
        html("<a class=\"button quiet small\" href=\"", due.is_fact ? address("row-edit", row_of(due)) : address("edit", due.id), "\">", page.say("row.edit"), "</a>");
    if (page.may(staff::Role::editor))
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
    page.go("/console/review", done);
}

std::string in_a_year()
{
    auto day = today_utc();
    day.year += years_until_next;
    if (day.month == 2 && day.day == 29)
        day.day = 28;
    return to_string(day);
}

}  // namespace

void get_review(Page& page)
{
    auto const due = page.desk.answers.due(most_shown);
    if (!due)
        return page.fail(due.error());
    Html main;
    main("<h1>", page.say("review.title"), "</h1>\n<p class=\"lead\">", page.say(due->empty() ? "review.none" : "review.lead"), "</p>\n<ol class=\"rows\">\n");
    for (auto const& one : *due)
        put_due(main, page, one);
    main("</ol>\n");
    page.show(page.say("review.title"), main);
}

void post_still_true(Page& page)
{
    bool const ends = page.form.text("what") == "ends";
    set(page, ends ? "valid_to" : "review_by", ends ? std::string() : in_a_year(), "still-true");
}

void post_end(Page& page)
{
    set(page, "valid_to", to_string(today_utc()), "ended");
}

}  // namespace immunobot::console
