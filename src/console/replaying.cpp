// What a visitor was told, given again: with the facts of that day.
#include "console/parts.hpp"
#include "console/routes.hpp"

#include "text/form_fields.hpp"

namespace immunobot::console {
namespace {

// Whether it is what was said, to the letter; and if not, why not.
std::string_view verdict_on(staff::Replay const& again)
{
    return again.same_bytes ? "replay.same" : again.same_files ? "replay.other" : "replay.other-files";
}

void begin_page(Html& html, Page const& page)
{
    auto const group = page.query.number("group");
    html("<p class=\"crumb\"><a href=\"", group > 0 ? address("question", group) : std::string("/console/questions"), "\">", page.say(group > 0 ? "help.question.title" : "questions.title"), "</a></p>\n<h1>",
         page.say("replay.title"), "</h1>\n");
}

void put_answer(Html& html, Page const& page, staff::Replay const& again)
{
    auto const& reply = again.reply;
    html("<section class=\"reply\" aria-labelledby=\"said-then\"><h2 id=\"said-then\">", page.say("replay.answer"), "</h2><p class=\"said\" lang=\"", code(reply.language), "\">", reply.answer,
         "</p><p class=\"meta\"><span class=\"tag\">", page.say("status." + std::string(assistant::name(reply.status))), "</span>");
    for (auto const& fact : reply.facts)
        html(" \xC2\xB7 <a href=\"", address("history", fact), "\">", fact, "</a>");
    html("</p></section>\n");
}

// It says so on a page of its own, not in place of an answer.
void show_why_not(Page& page, Errc code)
{
    bool const gone = code == Errc::not_found;
    Html main;
    begin_page(main, page);
    main("<p class=\"verdict ill\" role=\"alert\">", page.say(gone ? "replay.gone" : "replay.failed"), "</p>\n");
    page.response.status = gone ? 404 : 503;
    page.show(page.say("replay.title"), main);
}

}  // namespace

void get_replay(Page& page)
{
    auto const again = staff::replay(page.desk.replay_from, page.id);
    if (!again)
        return show_why_not(page, again.error().code);
    Html main;
    begin_page(main, page);
    main("<p class=\"asked\"><q lang=\"", code(again->reply.language), "\">", again->question, "</q></p>\n<p class=\"meta\">", page.time(again->asked_at), " \xC2\xB7 ",
         page.say("replay.revision", {{"number", std::to_string(again->revision)}}), "</p>\n<p class=\"verdict ", again->same_bytes ? std::string_view("well") : std::string_view("ill"), "\">", page.say(verdict_on(*again)), "</p>\n");
    put_answer(main, page, *again);
    main("<p><a class=\"button quiet\" href=\"/console/test?q=", text::percent_encoded(again->question), "\">", page.say("replay.today"), "</a></p>\n");
    page.show(page.say("replay.title"), main);
}

}  // namespace immunobot::console
