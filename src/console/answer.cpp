#include "console/parts.hpp"
#include "console/routes.hpp"

namespace immunobot::console {

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
    main("<p class=\"crumb\"><a href=\"/console\">", page.say("nav.home"), "</a></p><h1>", title, "</h1>\n");
    put_rows(main, page, {one});
    main("<div class=\"sides\">");
    for (auto const language : {Language::fr, Language::en})
        main("<section lang=\"", code(language), "\"><h2>", pages::say("console.language.name", language), "</h2><p class=\"asked\">", one.question.in(language),
             "</p><p class=\"said\">", one.answer.in(language), "</p></section>");
    main("</div>\n<p class=\"meta\">", page.say("answer.source"), " ");
    if (!pages::safe_address(one.source.url).empty())
        main("<a href=\"", one.source.url, "\" rel=\"noopener noreferrer\">", one.source.title, "</a>");
    else
        main(one.source.title.empty() ? std::string_view(page.say("answer.no-source")) : std::string_view(one.source.title));
    main("</p>\n");
    if (is_fact)
        main("<p><a href=\"", address("row", "facts:" + one.id), "\">", page.say("answer.fact"), "</a></p>\n");
    main("<div class=\"actions\">");
    if (page.may(staff::Role::answerer))
        main("<a class=\"button\" href=\"", is_fact ? address("row-edit", "facts:" + one.id) : address("edit", one.id), "\">", page.say("answer.edit"), "</a>");
    if (!is_fact) {
        main("<a class=\"button quiet\" href=\"", address("history", one.id), "\">", page.say("answer.history"), "</a>");
        auto const published = page.desk.store.with([&](auto& store) { return store.published(one.id); });
        if (page.may(staff::Role::editor) && published && *published) {
            page.begin_form(main, address("archive", one.id), "inline");
            main("<input type=\"hidden\" name=\"revision\" value=\"", (*published)->revision, "\">");
            page.button(main, "answer.archive", "quiet");
            main("</form>");
        }
    }
    main("</div>\n");
    page.show(title, main);
}

void get_test(Page& page)
{
    auto const question = page.query.text("q");
    Html main;
    main("<h1>", page.say("test.title"), "</h1>\n<form method=\"get\" action=\"/console/test\" class=\"search\"><label for=\"q\">", page.say("test.label"),
         "</label><div class=\"field\"><input id=\"q\" name=\"q\" type=\"search\" maxlength=\"1000\" value=\"", question, "\"><button type=\"submit\">", page.say("test.do"), "</button></div></form>\n");
    if (!question.empty())
        put_bot_says(main, page, question, true);
    page.show(page.say("test.title"), main);
}

}  // namespace immunobot::console
