// What was decided besides publishing, the last first: each is taken back at any time by whoever might have decided so.
#include "console/parts.hpp"
#include "console/routes.hpp"

#include <algorithm>
#include <map>

namespace immunobot::console {
namespace {

constexpr std::size_t decisions_a_page = 100;
constexpr std::size_t most_questions = 10'000;   // looked through for words that went

// The first question of each, and of those that were joined with others a question that went along, as far as they are kept.
struct Groups {
    std::map<std::int64_t, std::string> there;
    std::map<std::int64_t, std::string> gone;
};

Groups groups_of(Page const& page, std::vector<knowledge::Decided> const& decisions)
{
    Groups out;
    if (auto const all = page.desk.store.with([](auto& store) { return store.groups(); }))
        for (auto const& group : *all)
            out.there[group.id] = group.question;
    std::map<std::string, std::int64_t> moved;   // the first reply of a group that went
    for (auto const& one : decisions)
        for (auto const& group : one.groups)
            if (!group.moved.empty() && !out.there.contains(group.before.id))
                moved[group.moved.front()] = group.before.id;
    if (moved.empty())
        return out;
    if (auto const past = page.desk.store.with([](auto& store) { return store.past_questions(most_questions); }))
        for (auto const& question : *past)
            if (auto const found = moved.find(question.reply); found != moved.end())
                out.gone[found->second] = question.text;
    return out;
}

// The words of a question are those of the log: once they are gone from there, there is only its number.
void put_group(Html& html, Page const& page, Groups const& groups, std::int64_t id)
{
    auto const found = groups.there.find(id);
    if (auto const gone = groups.gone.find(id); gone != groups.gone.end())
        html("<q>", gone->second, "</q> (", page.say("decisions.joined"), ")");
    else if (found == groups.there.end())
        html(page.say("decisions.gone", {{"number", std::to_string(id)}}));
    else
        html("<a href=\"", address("question", id), "\"><q>", found->second, "</q></a>");
}

// What somebody may do.
std::string standing(Page const& page, std::string const& role, bool disabled)
{
    return page.say("role." + role) + (disabled ? ", " + page.say("accounts.disabled") : std::string());
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
    if (one.letter != 0)
        html(one.target);
    if (auto const& account = one.account)
        html(labelled(page, one.target, standing(page, account->role_after, account->disabled_after)), " (", page.say("decisions.was", {{"before", standing(page, account->role, account->disabled)}}), ")");
    if (auto const& setting = one.setting) {
        auto const key = "setting." + setting->name;
        html(page.say(key), " : ", page.say(key + '.' + setting->after), " (", page.say("decisions.was", {{"before", page.say(key + '.' + setting->before)}}), ")");
    }
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
    auto const groups = groups_of(page, *all);
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
