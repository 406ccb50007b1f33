// What was decided besides publishing, the last first: each is taken back at any time by whoever might have decided so.
#include "console/parts.hpp"
#include "console/routes.hpp"

#include <algorithm>
#include <map>

namespace immunobot::console {
namespace {

constexpr std::size_t decisions_a_page = 100;

using Groups = std::map<std::int64_t, std::string>;   // the first question of each

Groups groups_of(Page const& page)
{
    Groups out;
    if (auto const all = page.desk.store.with([](auto& store) { return store.groups(); }))
        for (auto const& group : *all)
            out[group.id] = group.question;
    return out;
}

// The words of a question are those of the log: once they are gone from there, there is only its number.
void put_group(Html& html, Page const& page, Groups const& groups, std::int64_t id)
{
    auto const found = groups.find(id);
    if (found == groups.end())
        html(page.say("decisions.gone", {{"number", std::to_string(id)}}));
    else
        html("<a href=\"", address("question", id), "\"><q>", found->second, "</q></a>");
}

void put_target(Html& html, Page const& page, knowledge::Decided const& one, Groups const& groups)
{
    if (one.split)
        put_group(html, page, groups, one.split->from);
    for (auto const& group : one.groups) {
        if (&group != &one.groups.front())
            html(", ");
        put_group(html, page, groups, group.before.id);
    }
    bool const of_rows = one.target.find(':') != std::string::npos;
    if (one.draft || one.care)
        html("<a href=\"", address(of_rows ? "sheet" : one.draft ? "edit" : "answer", one.target), "\">", one.target, "</a>");
    if (!one.imported.empty())
        html("<a href=\"/console/drafts\">", pages::count("console.decisions.drafts", one.imported.size(), page.language), "</a>");
    if (one.account || one.letter != 0)
        html(one.target);
}

void put_decision(Html& html, Page const& page, knowledge::Decided const& one, Groups const& groups)
{
    html("<li class=\"row\"><h2 class=\"small\">", page.say("act." + one.what), "</h2><p>");
    put_target(html, page, one, groups);
    html("</p><p class=\"meta\">", page.time(one.made_at), " \xC2\xB7 ", one.who);
    if (one.undone_at > 0)
        html(" \xC2\xB7 ", page.say("decisions.undone", {{"who", one.undone_by}, {"when", page.time(one.undone_at)}}));
    html("</p>");
    if (one.undone_at == 0 && page.may(staff::role_for(one))) {
        page.begin_form(html, address("take-back", one.id), "inline");
        html("<input type=\"hidden\" name=\"to\" value=\"/console/decisions\">");
        page.button(html, "undo.now", "quiet small");
        html("</form>");
    }
    html("</li>\n");
}

}  // namespace

void put_history_tabs(Html& html, Page const& page)
{
    if (!page.may(staff::Role::answerer))
        return;
    html("<nav class=\"tabs\" aria-label=\"", page.say("changes.which"), "\"><ul>");
    for (auto const& [path, key] : {std::pair<std::string_view, std::string_view>{"/console/changes", "changes.published"}, {"/console/decisions", "decisions.title"}}) {
        html("<li><a href=\"", path, "\"");
        if (page.request.path == path)
            html(" aria-current=\"page\"");
        html(">", page.say(key), "</a></li>");
    }
    html("</ul></nav>\n");
}

void get_decisions(Page& page)
{
    auto const all = page.desk.undo.list(page.query.number("before"), decisions_a_page);
    if (!all)
        return page.fail(all.error());
    auto const groups = groups_of(page);
    Html main;
    main("<h1>", page.say("decisions.title"), "</h1>\n<p class=\"lead\">", page.say("decisions.lead"), "</p>\n");
    put_history_tabs(main, page);
    if (all->empty())
        main("<p>", page.say("decisions.none"), "</p>\n");
    main("<ol class=\"rows\">\n");
    for (auto const& one : *all)
        put_decision(main, page, one, groups);
    main("</ol>\n");
    if (all->size() == decisions_a_page)
        main("<p><a href=\"/console/decisions?before=", all->back().id, "\">", page.say("audit.older"), "</a></p>\n");
    page.show(page.say("decisions.title"), main);
}

}  // namespace immunobot::console
