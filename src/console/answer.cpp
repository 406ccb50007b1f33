#include "console/parts.hpp"
#include "console/routes.hpp"

#include "base/date.hpp"
#include "base/local_time.hpp"
#include "staff/first_steps.hpp"
#include "staff/links.hpp"
#include "text/form_fields.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

constexpr std::int64_t usual_months[] = {0, 1, 2, 3, 6, 12, 24, 36, 60};

std::string months_text(Page const& page, std::int64_t months)
{
    return months == 0 ? page.say("care.never") : pages::count("console.care.months", static_cast<std::size_t>(months), page.language);
}

void put_option(Html& html, std::string_view value, std::string_view text, bool chosen)
{
    html("<option value=\"", value, "\"");
    if (chosen)
        html(" selected");
    html(">", text, "</option>");
}

void put_care_form(Html& html, Page const& page, std::string_view id, knowledge::Care const& care)
{
    auto const accounts = page.desk.store.with([](auto& store) { return store.accounts(); });
    if (!accounts)
        return;
    page.begin_form(html, address("care", id), "line");
    html("<label for=\"owner\">", page.say("care.owner"), "</label><select id=\"owner\" name=\"owner\">");
    put_option(html, "", page.say("care.nobody"), care.owner.empty());
    bool known = care.owner.empty();
    for (auto const& account : *accounts)
        if (!account.disabled && account.role != "viewer") {
            known = known || account.email == care.owner;
            put_option(html, account.email, account.name, account.email == care.owner);
        }
    if (!known)
        put_option(html, care.owner, care.owner, true);
    html("</select><label for=\"months\">", page.say("care.every"), "</label><select id=\"months\" name=\"months\">");
    for (auto const months : usual_months)
        put_option(html, std::to_string(months), months_text(page, months), months == care.months);
    html("</select>");
    page.button(html, "care.save", "quiet small");
    html("</form>\n");
}

// Who looks after it, and when it is looked at again.
void put_care(Html& html, Page const& page, std::string_view id)
{
    auto const known = page.desk.store.with([&](auto& store) { return store.care(id); });
    if (!known)
        return;
    knowledge::Care const care = known->value_or(knowledge::Care{});
    html("<section class=\"care\"><h2>", page.say("care.title"), "</h2>");
    if (*known)
        html("<p>", care.owner.empty() ? page.say("care.nobody") : care.owner, " \xC2\xB7 ", months_text(page, care.months), " \xC2\xB7 ", page.say("care.looked-at", {{"day", pages::spoken_date(care.looked_at, page.language)}}), "</p>\n");
    else
        html("<p>", page.say("care.none"), "</p>\n");
    if (page.may(staff::Role::answerer))
        put_care_form(html, page, id, care);
    if (*known && page.may(staff::Role::answerer))
        page.action(html, address("look-at", id), "care.look-at", "quiet small");
    html("</section>\n");
}

// What the last check of the links found.
void put_dead_links(Html& html, Page const& page, staff::Found const& found)
{
    auto const all = page.desk.store.with([](auto& store) { return store.dead_links(); });
    if (!all)
        return;
    auto const dead = staff::dead_links_of(found.answer, found.source.url, *all);
    if (dead.empty())
        return;
    html("<div class=\"hints\"><p class=\"fault\">", page.say("link.dead"), "</p><ul>");
    for (auto const& link : dead) {
        auto const key = "link.why." + link.why;
        html("<li><code>", link.url, "</code> : ", pages::has_text("console." + key) ? page.say(key) : page.say("link.why.status", {{"status", link.why}}), ", ",
             page.say("link.since", {{"day", pages::spoken_date(to_string(local_time(link.found_at).day), page.language)}}), "</li>");
    }
    html("</ul></div>\n");
}

}  // namespace

void get_answer(Page& page)
{
    auto const found = page.desk.search.one(page.id);
    if (!found)
        return page.fail(found.error());
    if (!*found)
        return page.fail(404, "fail.not-found");
    auto const& one = **found;
    bool const is_fact = one.kind == staff::Found::Kind::fact;
    auto const title = one.question.in(page.language).empty() ? one.id : one.question.in(page.language);
    Html main;
    auto const searched = page.query.text("q");
    main("<p class=\"crumb\"><a href=\"/console", searched.empty() ? std::string() : "?q=" + text::percent_encoded(searched), "\">", page.say("nav.home"), "</a></p><h1>", title, "</h1>\n");
    put_rows(main, page, {one});
    main("<div class=\"sides\">");
    for (auto const language : {Language::fr, Language::en}) {
        main("<section lang=\"", code(language), "\"><h2>", pages::say("console.language.name", language), "</h2><p class=\"asked\">", one.question.in(language),
             "</p>");
        put_said(main, is_fact ? text::Marked{one.answer.in(language), {}} : text::marked(one.written.in(language)), language);
        main("</section>");
    }
    main("</div>\n<p class=\"meta\">", page.say("answer.source"), " ");
    if (!pages::safe_address(one.source.url).empty())
        main("<a href=\"", one.source.url, "\" rel=\"noopener noreferrer\">", one.source.title, "</a>");
    else
        main(one.source.title.empty() ? std::string_view(page.say("answer.no-source")) : std::string_view(one.source.title));
    main("</p>\n");
    put_dead_links(main, page, one);
    if (is_fact)
        main("<p><a href=\"", address("row", "facts:" + one.id), "\">", page.say("answer.fact"), "</a></p>\n");
    put_care(main, page, one.id);
    main("<div class=\"actions\">");
    if (page.may(staff::Role::answerer))
        main("<a class=\"button\" href=\"", is_fact ? address("row-edit", "facts:" + one.id) : address("edit", one.id), "\">", page.say("answer.edit"), "</a>");
    if (!is_fact) {
        main("<a class=\"button quiet\" href=\"", address("history", one.id), "\">", page.say("answer.history"), "</a>");
        auto const published = page.desk.store.with([&](auto& store) { return store.published(one.id); });
        if (page.may(staff::Role::editor) && published && *published)
            main("<a class=\"button quiet\" href=\"", address("archive", one.id), "\">", page.say("answer.archive"), "</a>");
    }
    main("</div>\n");
    page.show(title, main);
}

void get_test(Page& page)
{
    auto const question = page.query.text("q");
    Html main;
    main("<h1>", page.say("test.title"), "</h1>\n<form method=\"get\" action=\"/console/test\" class=\"search\"><label for=\"q\">", page.say("test.label"),
         "</label><div class=\"field\"><input id=\"q\" name=\"q\" type=\"search\" maxlength=\"1000\" value=\"", question, question.empty() ? std::string_view("\" autofocus>") : std::string_view("\">"), "<button type=\"submit\">", page.say("test.do"), "</button></div></form>\n");
    if (!question.empty()) {
        put_bot_says(main, page, question, true);
        if (auto const noted = staff::note_first_try(page.desk.store, page.person()); !noted)
            return page.fail(noted.error());
    }
    page.show(page.say("test.title"), main);
}

}  // namespace immunobot::console
