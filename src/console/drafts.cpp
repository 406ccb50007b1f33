// Drafts: which there are, throwing one away.
#include "console/parts.hpp"
#include "console/routes.hpp"

namespace immunobot::console {

void get_drafts(Page& page)
{
    auto const drafts = page.desk.store.with([](auto& store) { return store.drafts(); });
    if (!drafts)
        return page.fail(drafts.error());
    Html main;
    main("<h1>", page.say("drafts.title"), "</h1>\n<div class=\"actions\"><a class=\"button\" href=\"/console/new\">", page.say("editor.new"), "</a></div>\n");
    if (drafts->empty())
        main("<p>", page.say("drafts.none"), "</p>\n");
    main("<ol class=\"rows\">\n");
    for (auto const& draft : *drafts) {
        auto const& entry = draft.answer.entry;
        bool const of_rows = !draft.answer.table.empty();
        main("<li class=\"row\"><h2><a href=\"", address(of_rows ? "sheet" : "edit", entry.id), "\">", title_of(entry, page.language), "</a></h2><p class=\"meta\"><span class=\"tag\">",
             state_of(page, draft), "</span> ", draft.author, ", ", page.ago(draft.saved_at));
        if (draft.publish_at > 0)
            main(" \xC2\xB7 ", page.say("scheduled-for", {{"when", page.time(draft.publish_at)}}));
        if (waits_for_another(page, draft))
            main(" \xC2\xB7 ", page.say("drafts.for-another"));
        main(" \xC2\xB7 <a href=\"", address(of_rows ? "sheet" : "publish", entry.id), "\">", page.say(page.may(staff::Role::editor) ? "drafts.check" : "drafts.look"), "</a></p>");
        put_remark(main, page, draft.remark);
        main("</li>\n");
    }
    main("</ol>\n");
    page.show(page.say("drafts.title"), main);
}

void post_discard(Page& page)
{
    auto const draft = page.desk.answers.open(page.id);
    if (!draft)
        return page.fail(draft.error());
    auto const done = page.desk.answers.discard(page.person(), page.id, page.form.number("version"));
    if (!done)
        return page.fail(done.error());
    page.desk.presence.leave(page.id, page.person());
    page.go("/console/drafts", "discarded", {.act = page.desk.undo.keep_draft(page.person(), "draft.discard", page.id, *draft, 0)});
}

}  // namespace immunobot::console
