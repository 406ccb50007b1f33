#include "console/parts.hpp"
#include "console/routes.hpp"

#include "staff/queue.hpp"

#include <string>
#include <vector>

namespace immunobot::console {
namespace {

constexpr std::size_t most_candidates = 10;

void hide_version(Html& html, knowledge::Group const& group)
{
    html("<input type=\"hidden\" name=\"version\" value=\"", group.version, "\">");
}

void put_simple(Html& html, Page const& page, knowledge::Group const& group, std::string_view kind, std::string_view key)
{
    page.begin_form(html, address(kind, group.id), "inline");
    hide_version(html, group);
    page.button(html, key, "quiet");
    html("</form>");
}

// Answers, each with the button that says that it is the one.
void put_candidates(Html& html, Page const& page, knowledge::Group const& group, std::vector<staff::Found> const& found)
{
    html("<ol class=\"rows\">");
    for (auto const& one : found) {
        html("<li class=\"row\"><h3><a href=\"", address("answer", one.id), "\">", one.question.in(page.language).empty() ? one.id : one.question.in(page.language), "</a></h3><p class=\"text\">",
             one.answer.in(page.language), "</p>");
        page.begin_form(html, address("match", group.id), "inline");
        html("<input type=\"hidden\" name=\"answer\" value=\"", one.id, "\">");
        hide_version(html, group);
        page.button(html, "question.match", "quiet");
        html("</form></li>\n");
    }
    html("</ol>");
}

// What is nearest to the words of the group, and whatever else somebody looks for.
void put_answers(Html& html, Page const& page, staff::Queue::View const& view)
{
    html("<section><h2 id=\"answers\">", page.say("question.nearest"), "</h2><p class=\"meta\">", page.say("question.nearest.lead"), "</p>");
    if (auto const found = page.desk.search.read(view.nearest); found && !found->empty())
        put_candidates(html, page, view.group, *found);
    auto const words = page.query.text("words");
    html("<form method=\"get\" action=\"", address("question", view.group.id), "#answers\" class=\"line\"><label for=\"words\">", page.say("question.other"), "</label><input id=\"words\" name=\"words\" type=\"search\" value=\"", words,
         "\"><button type=\"submit\" class=\"quiet\">", page.say("search.do"), "</button></form>\n");
    if (!words.empty()) {
        auto const found = page.desk.search.find(words, most_candidates);
        if (found && !found->empty())
            put_candidates(html, page, view.group, *found);
        else
            html("<p role=\"status\">", page.say("question.other.none"), "</p>");
    }
    html("</section>\n");
}

void put_wordings(Html& html, Page const& page, staff::Queue::View const& view)
{
    html("<section><h2>", page.say("question.wordings"), "</h2>");
    page.begin_form(html, address("split", view.group.id));
    html("<fieldset><legend>", page.say("question.split.legend"), "</legend><ul class=\"checks\">");
    for (auto const& question : view.questions)
        html("<li><label><input type=\"checkbox\" name=\"reply\" value=\"", question.reply, "\"> <q lang=\"", question.language, "\">", question.text, "</q></label> <span class=\"meta\">",
             page.ago(question.asked_at), " \xC2\xB7 ", page.say("status." + question.status), " \xC2\xB7 <a href=\"", address("replay", question.reply), "?group=", view.group.id, "\" aria-label=\"", labelled(page, page.say("question.replay"), question.text), "\">", page.say("question.replay"), "</a> \xC2\xB7 <a href=\"", address("erase", question.reply), "\" aria-label=\"", labelled(page, page.say("question.erase"), question.text), "\">", page.say("question.erase"), "</a></span></li>");
    html("</ul></fieldset>");
    page.button(html, "question.split", "quiet");
    html("</form></section>\n");
}

void put_merge(Html& html, Page const& page, knowledge::Group const& here)
{
    auto const groups = page.desk.queue.groups();
    if (!groups || groups->size() < 2)
        return;
    html("<section><h2>", page.say("question.merge"), "</h2>");
    page.begin_form(html, address("merge", here.id), "line");
    html("<label for=\"into\">", page.say("question.into"), "</label><select id=\"into\" name=\"into\">");
    for (auto const& group : *groups)
        if (group.id != here.id && staff::waits(group))
            html("<option value=\"", group.id, "\">", group.question, "</option>");
    html("</select>");
    page.button(html, "question.merge.do", "quiet");
    html("</form></section>\n");
}

void put_assign(Html& html, Page const& page, knowledge::Group const& group)
{
    auto const accounts = page.desk.store.with([](auto& store) { return store.accounts(); });
    if (!accounts)
        return;
    html("<section><h2>", page.say("question.assign"), "</h2>");
    page.begin_form(html, address("assign", group.id), "card kept");
    hide_version(html, group);
    html("<p><label for=\"who\">", page.say("question.who"), "</label><select id=\"who\" name=\"who\">");
    for (auto const& account : *accounts)
        if (!account.disabled && account.role != "viewer")
            html("<option value=\"", account.email, "\">", account.name, "</option>");
    html("</select></p><p><label for=\"note\">", page.say("question.note"), "</label><input id=\"note\" name=\"note\" maxlength=\"500\" value=\"", group.note, "\"></p>");
    page.button(html, "question.assign.do", "quiet");
    html("</form></section>\n");
}
void after(Page& page, Result<staff::Queue::Done> const& done, std::string_view what, std::string_view key, std::string const& to = "/console/questions")
{
    if (!done)
        return page.fail(done.error());
    page.go(to, key, {.act = page.desk.undo.keep(page.person(), what, {*done})});
}

}  // namespace

void get_question(Page& page)
{
    auto const view = page.desk.queue.view(page.number());
    if (!view)
        return page.fail(view.error());
    auto const& group = view->group;
    Html main;
    main("<p class=\"crumb\"><a href=\"/console/questions\">", page.say("questions.title"), "</a></p>\n<h1><q lang=\"", group.language, "\">", group.question, "</q></h1>\n<p class=\"meta\"><span class=\"tag\">",
         page.say("group." + group.state), "</span> ", pages::count("console.times", static_cast<std::size_t>(group.count), page.language), " \xC2\xB7 ",
         pages::count("console.people", static_cast<std::size_t>(group.people), page.language), " \xC2\xB7 ", page.say("first-asked", {{"when", page.ago(group.first_at)}}), " \xC2\xB7 ",
         page.say("last-asked", {{"when", page.ago(group.seen_at)}}));
    if (auto const guess = page.desk.guesses.of(group); !guess.empty())
        main(" \xC2\xB7 ", page.say("questions.guessed", {{"intent", page.desk.guesses.title(guess).in(page.language)}}));
    main("</p>\n");
    if (staff::waits(group))
        put_begun(main, page, group.id);
    main("<div class=\"actions\"><a class=\"button\" href=\"/console/new?group=", group.id, "\">", page.say("make-answer"), "</a>");
    if (group.state == "new")
        put_simple(main, page, group, "take", "question.take");
    if (group.state == "ignored" || group.state == "answered")
        put_simple(main, page, group, "reopen", "question.reopen");
    else
        put_simple(main, page, group, "ignore", "question.ignore");
    main("</div>\n");
    put_answers(main, page, *view);
    put_wordings(main, page, *view);
    put_assign(main, page, group);
    put_merge(main, page, group);
    page.show(group.question, main);
}

void post_take(Page& page)
{
    after(page, page.desk.queue.decide(page.person(), page.number(), page.form.number("version"), staff::Decision::take, {}), "question.take", "taken", address("question", page.id));
}

void post_ignore(Page& page)
{
    after(page, page.desk.queue.decide(page.person(), page.number(), page.form.number("version"), staff::Decision::ignore, page.form.text("note")), "question.ignore", "ignored");
}

void post_reopen(Page& page)
{
    after(page, page.desk.queue.decide(page.person(), page.number(), page.form.number("version"), staff::Decision::reopen, {}), "question.reopen", "reopened", address("question", page.id));
}

void post_assign(Page& page)
{
    after(page, page.desk.queue.assign(page.person(), page.number(), page.form.number("version"), page.form.text("who"), page.form.text("note")), "question.assign", "assigned",
          address("question", page.id));
}

void post_merge(Page& page)
{
    after(page, page.desk.queue.merge(page.person(), page.number(), page.form.number("into")), "question.merge", "merged", address("question", page.form.number("into")));
}

void post_split(Page& page)
{
    auto const made = page.desk.queue.split(page.person(), page.form.all("reply"));
    if (!made)
        return page.fail(made.error());
    knowledge::Decided decision;
    decision.what = "question.split";
    decision.target = page.id;
    decision.split = knowledge::Decided::OfSplit{*made, page.number()};
    page.go(address("question", *made), "split", {.act = page.desk.undo.keep(page.person(), std::move(decision))});
}

// The words of the group become ways of asking for an answer that is there. An entry of the FAQ is published like any
// change of it; for a fact they go into its list of questions.
void post_match(Page& page)
{
    auto const view = page.desk.queue.view(page.number());
    if (!view)
        return page.fail(view.error());
    std::vector<std::string> fr;
    std::vector<std::string> en;
    for (auto const& question : view->questions)
        (question.language == "fr" ? fr : en).push_back(question.text);
    auto const answer = page.form.text("answer");
    auto const before = page.desk.answers.open(answer);
    if (!before)
        return page.fail(before.error());
    auto const added = page.desk.answers.add_questions(page.person(), answer, en, fr);
    if (!added)
        return page.fail(added.error());
    page.go(address("publish", answer) + "?group=" + page.id, "matched", {.act = page.desk.undo.keep_draft(page.person(), "draft.add-questions", answer, *before, *added)});
}
}  // namespace immunobot::console
