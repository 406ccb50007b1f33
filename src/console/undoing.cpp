// Taking back: what one has just done, with one press; and a whole change of the history, after a look at what that would do.
#include "base/date.hpp"
#include "console/parts.hpp"
#include "console/routes.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

constexpr std::size_t most_changes = 100;

// An address can be written by anybody: only what this person has done, and just now, is offered.
bool is_own(Page const& page, std::int64_t revision)
{
    auto const changes = page.desk.store.with([&](auto& store) { return store.changes_of(revision); });
    auto const oldest = seconds_now() - std::chrono::seconds(staff::undo_time).count();
    return changes && !changes->empty() && changes->front().who == page.person().email && changes->front().made_at >= oldest;
}

void put_undoing(Html& html, Page const& page, std::int64_t number, staff::Tables::Undoing const& look)
{
    bool const worse = !look.regression.worse.empty();
    bool const guarded = staff::Tables::is_for_administrators(look, page.person());
    if (guarded)
        html("<div class=\"complaint\" role=\"alert\"><p>", page.say("undo.empties"), "</p></div>\n");
    put_regression(html, page, look.regression);
    if (guarded && !page.may(staff::Role::admin))
        return;
    page.begin_form(html, address("undo", number), "card");
    put_why(html, page, worse, guarded);
    page.button(html, worse ? "undo.despite" : "undo.do", worse ? "quiet" : "");
    html("</form>\n");
}

void show(Page& page, std::int64_t number, staff::Tables::Undoing const& look)
{
    Html main;
    main("<p class=\"crumb\"><a href=\"/console/changes\">", page.say("nav.changes"), "</a></p>\n<h1>", page.say("undo.title"), "</h1>\n<p class=\"lead\">", page.time(look.changes[0].made_at), " \xC2\xB7 ", look.changes[0].who,
         " \xC2\xB7 ", look.changes[0].why, "</p>\n");
    bool const stopped = !look.changed_since.empty() || !look.faults.empty();
    if (stopped) {
        main("<div class=\"complaint\" role=\"alert\"><p>", page.say("undo.stopped"), "</p><ul>");
        for (auto const* list : {&look.changed_since, &look.faults})
            for (auto const& one : *list)
                main("<li>", one, "</li>");
        main("</ul></div>\n");
    } else {
        put_undoing(main, page, number, look);
    }
    main("<section><h2>", pages::count("console.undo.changes", look.changes.size(), page.language), "</h2><ol class=\"rows\">\n");
    for (std::size_t i = 0; i < std::min(look.changes.size(), most_changes); ++i) {
        auto const& change = look.changes[i];
        main("<li class=\"row\"><h3 class=\"small\">", change.row, "</h3>");
        put_row_changes(main, page, change.after, change.before);
        main("</li>\n");
    }
    main("</ol></section>\n");
    page.show(page.say("undo.title"), main);
}

}  // namespace

void put_why(Html& html, Page const& page, bool despite, bool needed)
{
    needed = needed || despite;
    html("<p><label for=\"why\">", page.say(needed ? "publish.why-despite" : "publish.why"), "</label><input id=\"why\" name=\"why\" maxlength=\"300\"", needed ? std::string_view(" required") : std::string_view(), "></p>");
    if (despite)
        html("<input type=\"hidden\" name=\"despite\" value=\"yes\">");
}

void put_undo_now(Html& html, Page const& page)
{
    auto const revision = page.query.number("undo");
    auto const act = page.query.number("take-back");
    if (revision > 0 && page.may(staff::Role::editor) && is_own(page, revision))
        page.begin_form(html, address("undo", revision), "inline undo-now");
    else if (act > 0 && page.may(staff::Role::answerer) && page.desk.undo.is_fresh(page.person(), act))
        page.begin_form(html, address("take-back", act), "inline undo-now");
    else
        return;
    html("<input type=\"hidden\" name=\"to\" value=\"", page.request.path, "\">");
    page.button(html, "undo.now", "quiet small");
    html("</form>");
}

void get_undo(Page& page)
{
    auto const look = page.desk.tables.look_at_undo(page.number());
    if (!look)
        return page.fail(look.error());
    show(page, page.number(), *look);
}

void post_undo(Page& page)
{
    auto const done = page.desk.take_back(page.person(), page.number(), page.form.text("why"), page.form.text("despite") == "yes");
    if (done && done->revision != 0)
        return page.go("/console/changes", "undone", {.revision = done->revision});
    if (!done && done.error().code != Errc::not_allowed)
        return page.fail(done.error());
    auto const look = page.desk.tables.look_at_undo(page.number(), staff::Answers::Look::kept);
    if (!look)
        return page.fail(look.error());
    page.response.status = done ? 409 : 403;
    show(page, page.number(), *look);
}

void post_take_back(Page& page)
{
    auto const all = page.desk.undo.take_back(page.person(), page.number());
    if (!all)
        return page.fail(all.error());
    page.go(safe_target(page.form.text("to")), *all == staff::TakenBack::all ? "taken-back" : *all == staff::TakenBack::some ? "bulk-some" : "not-taken-back");
}

}  // namespace immunobot::console
