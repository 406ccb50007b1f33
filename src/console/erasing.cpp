// Erases a conversation, from any one of its questions: first what that would take, then, with a press, for good.
#include "console/routes.hpp"

namespace immunobot::console {
namespace {

void put_questions(Html& html, Page const& page, knowledge::KeptConversation const& kept)
{
    html("<section><h2>", pages::count("console.erase.questions", kept.questions.size(), page.language), "</h2><ul>");
    for (auto const& question : kept.questions) {
        html("<li>");
        if (question.text.empty())
            html(page.say("erase.no-text"));
        else
            html("<q lang=\"", question.language, "\">", question.text, "</q>");
        html(" <span class=\"meta\">", page.time(question.asked_at), "</span></li>");
    }
    html("</ul></section>\n");
}

void put_ids(Html& html, Page const& page, std::string_view key, std::string_view kind, std::vector<std::string> const& ids)
{
    if (ids.empty())
        return;
    html("<section><h2>", page.say(key), "</h2><ul>");
    for (auto const& id : ids)
        html("<li><a href=\"", address(kind, id), "\">", id, "</a></li>");
    html("</ul></section>\n");
}

}  // namespace

void get_erase(Page& page)
{
    auto const kept = page.desk.erasure.look(page.id);
    if (!kept)
        return page.fail(kept.error());
    Html main;
    main("<p class=\"crumb\"><a href=\"/console/questions\">", page.say("questions.title"), "</a></p>\n<h1>", page.say("erase.title"), "</h1>\n<p class=\"lead\">", page.say("erase.lead"), "</p>\n");
    put_questions(main, page, *kept);
    put_ids(main, page, "erase.drafts", "edit", kept->drafts);
    put_ids(main, page, "erase.published", "answer", kept->published);
    page.action(main, address("erase", page.id), "erase.do", "");
    page.show(page.say("erase.title"), main);
}

void post_erase(Page& page)
{
    auto const erased = page.desk.erasure.erase(page.person(), page.id);
    if (!erased)
        return page.fail(erased.error());
    page.go("/console/questions", "erased");
}

}  // namespace immunobot::console
