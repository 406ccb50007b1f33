// Questions with their answers, from a sheet: first what it would make, then drafts of all of it.
#include "console/parts.hpp"
#include "console/routes.hpp"
#include "console/uploads.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

using staff::PairMeeting;

constexpr std::size_t most_pairs_shown = 100;
constexpr std::size_t pair_characters = 120;

std::vector<CellFault> shown_faults(Page const& page, std::vector<staff::PairFault> const& faults)
{
    std::vector<CellFault> out;
    for (auto const& fault : faults)
        out.push_back({fault.line, fault.column, clipped(fault.value, pair_characters), page.say(fault.what)});
    return out;
}

void put_counts(Html& html, Page const& page, staff::PairsLook const& look)
{
    html("<p class=\"lead\">", pages::count("console.pairs.new", look.fresh.size(), page.language), ", ", pages::count("console.pairs.doubled", look.doubled.size(), page.language), ", ",
         pages::count("console.pairs.conflicts", look.conflicts.size(), page.language), ".</p>\n");
}

void put_owner(Html& html, Page const& page, PairMeeting const& one)
{
    if (one.owner.empty())
        html(page.say("pairs.line", {{"line", std::to_string(one.other_line)}}));
    else
        html("<a href=\"", address(staff::is_of_fact(one.owner) ? "answer" : "edit", one.owner), "\">", one.owner, "</a>");
}

void put_meetings(Html& html, Page const& page, std::string const& title, std::vector<PairMeeting> const& all)
{
    if (all.empty())
        return;
    html("<section><h2>", page.say(title), "</h2>");
    begin_table(html, page, title, {}, {"import.line", "publish.question", "pairs.owner"});
    for (auto const& one : all) {
        html("<tr><th scope=\"row\">", one.line, "</th><td><q>", one.question, "</q></td><td>");
        put_owner(html, page, one);
        html("</td></tr>\n");
    }
    html("</tbody></table></div></section>\n");
}

void put_fresh(Html& html, Page const& page, std::vector<staff::Pair> const& all)
{
    if (all.empty())
        return;
    html("<section><h2>", page.say("pairs.fresh"), "</h2>");
    begin_table(html, page, "pairs.fresh", {}, {"import.line", "field.questions_fr", "field.answer_fr", "field.questions_en", "field.answer_en"});
    for (std::size_t i = 0; i < std::min(all.size(), most_pairs_shown); ++i) {
        auto const& one = all[i];
        html("<tr><th scope=\"row\">", one.line, "</th><td>", one.question.fr, "</td><td>", clipped(one.answer.fr, pair_characters), "</td><td lang=\"en\">", one.question.en, "</td><td lang=\"en\">",
             clipped(one.answer.en, pair_characters), "</td></tr>\n");
    }
    html("</tbody></table></div>");
    if (all.size() > most_pairs_shown)
        html("<p>", pages::count("console.import.more", all.size() - most_pairs_shown, page.language), "</p>");
    html("</section>\n");
}

// The sheet comes back with the form: nothing of it is kept in between.
void put_making(Html& html, Page const& page, std::string const& sheet, std::size_t count)
{
    html("<form method=\"post\" enctype=\"multipart/form-data\" class=\"card\" action=\"/console/pairs\"><input type=\"hidden\" name=\"token\" value=\"", page.visit->form_token,
         "\"><input type=\"hidden\" name=\"do\" value=\"make\"><textarea name=\"sheet\" hidden>\n", sheet, "</textarea><button type=\"submit\">", pages::count("console.pairs.make", count, page.language), "</button></form>\n");
}

void put_look(Html& html, Page const& page, std::string const& sheet, staff::PairsLook const& look)
{
    if (!look.faults.empty())
        put_cell_faults(html, page, shown_faults(page, look.faults));
    put_counts(html, page, look);
    if (!look.conflicts.empty())
        html("<p class=\"verdict ill\" role=\"alert\">", page.say("pairs.stopped"), "</p>\n");
    put_meetings(html, page, "pairs.conflicting", look.conflicts);
    put_meetings(html, page, "pairs.there", look.doubled);
    if (look.is_sound() && !look.fresh.empty())
        put_making(html, page, sheet, look.fresh.size());
    put_fresh(html, page, look.fresh);
}

void show_pairs(Page& page, Upload const& upload, staff::PairsLook const* look)
{
    Html main;
    main("<p class=\"crumb\"><a href=\"/console/table/faq\">", page.say("table.faq"), "</a></p>\n<h1>", page.say("pairs.title"), "</h1>\n<p class=\"lead\">", page.say("pairs.lead"), "</p>\n");
    put_upload_notes(main, page, upload.complaint, upload.was_windows);
    if (look)
        put_look(main, page, upload.text, *look);
    if (!look || !look->is_sound() || look->fresh.empty())
        put_upload_form(main, page, "/console/pairs", {staff::pair_columns.begin(), staff::pair_columns.end()});
    page.show(page.say("pairs.title"), main);
}

}  // namespace

void get_pairs(Page& page)
{
    show_pairs(page, {}, nullptr);
}

void post_pairs(Page& page)
{
    auto const upload = uploaded(page);
    if (!upload.complaint.empty()) {
        page.response.status = 422;
        return show_pairs(page, upload, nullptr);
    }
    if (page.form.text("do") == "make") {
        auto const made = page.desk.pairs.make(page.person(), upload.text);
        // Somebody may have written one of them meanwhile: then that is shown.
        if (made)
            return page.go("/console/drafts", "imported-pairs", {.act = *made});
        if (made.error().code != Errc::bad_request)
            return page.fail(made.error());
    }
    auto const look = page.desk.pairs.look(upload.text);
    if (!look)
        return page.fail(look.error());
    if (!look->is_sound() || look->fresh.empty())
        page.response.status = 422;
    show_pairs(page, upload, &*look);
}

}  // namespace immunobot::console
