#include "console/narrowing.hpp"
#include "console/parts.hpp"
#include "console/routes.hpp"

#include "base/date.hpp"

#include <algorithm>
#include <charconv>

namespace immunobot::console {
namespace {

constexpr std::size_t most_rows = 200;
constexpr std::size_t most_solved = 10;
constexpr std::int64_t a_week = 7 * seconds_a_day;

struct Shown {
    knowledge::Group const* group;
    std::string guess;   // id of the intent that it is taken for; may be empty
};

// It had an answer, and was asked in vain again.
bool came_back(knowledge::Group const& group)
{
    return group.state == "new" && !group.answer.empty();
}

void put_reasons(Html& html, Page const& page, knowledge::Group const& group)
{
    for (std::string_view const reason : {"unsure", "disliked"})
        if (has_reason(group, reason))
            html(" <span class=\"tag\">", page.say("questions.reason." + std::string(reason)), "</span>");
}

void put_group(Html& html, Page const& page, Shown const& shown)
{
    auto const& group = *shown.group;
    html("<li class=\"row\"><label class=\"select\"><input type=\"checkbox\" name=\"group\" value=\"", group.id, ":", group.version, "\"><span class=\"unseen\">", page.say("questions.select"), " ", group.question, "</span></label><h2><a href=\"", address("question", group.id), "\"><q lang=\"", group.language, "\">", group.question,
         "</q></a></h2><p class=\"meta\"><span class=\"tag\">", page.say("group." + group.state), "</span>");
    put_reasons(html, page, group);
    if (came_back(group))
        html(" <span class=\"tag warn\">", page.say("group.came-back"), "</span>");
    html(" ", pages::count("console.times", static_cast<std::size_t>(group.count), page.language), " \xC2\xB7 ",
         pages::count("console.people", static_cast<std::size_t>(group.people), page.language), " \xC2\xB7 ", page.say("last-asked", {{"when", page.ago(group.seen_at)}}));
    if (!shown.guess.empty())
        html(" \xC2\xB7 ", page.say("questions.guessed", {{"intent", page.desk.guesses.title(shown.guess).in(page.language)}}));
    if (!group.assigned.empty())
        html(" \xC2\xB7 ", page.say("assigned", {{"who", group.assigned}}));
    if (!group.note.empty())
        html(" \xC2\xB7 ", group.note);
    html("</p></li>\n");
}

// The rows, and what can be done to those that are marked.
void put_groups(Html& html, Page const& page, std::vector<Shown> const& shown, Narrowing const& chosen)
{
    page.begin_form(html, "/console/questions?" + chosen.query(), "plain bulk");
    html("<ol class=\"rows\">\n");
    for (auto const& one : shown)
        put_group(html, page, one);
    html("</ol>\n<fieldset class=\"bulk-bar\"><legend>", page.say("questions.bulk"), "</legend>");
    auto const offer = [&](std::string_view what, std::string_view key) { html("<button type=\"submit\" class=\"quiet small\" name=\"do\" value=\"", what, "\">", page.say(key), "</button>"); };
    if (chosen.state == "open") {
        offer("take", "question.take");
        offer("ignore", "question.ignore");
    } else {
        offer("reopen", "question.reopen");
    }
    offer("merge", "question.merge.do");
    html("<span class=\"meta needs-script\" id=\"marked\" role=\"status\" data-none=\"", page.say("questions.marked.none"), "\" data-some=\"", page.say("questions.marked"), "\">", page.say("questions.marked.none"), "</span></fieldset></form>\n");
}

// Nothing waits: what was solved of late, whenever it was asked, so that it is not an empty page.
void put_solved(Html& html, Page const& page, std::vector<knowledge::Group> const& groups, std::int64_t now)
{
    auto const lately = [&](auto const& group) { return group.state == "answered" && group.decided_at >= now - a_week; };
    auto const count = static_cast<std::size_t>(std::ranges::count_if(groups, lately));
    if (count == 0)
        return;
    html("<section><h2>", pages::count("console.questions.solved", count, page.language), "</h2><ul class=\"links\">");
    std::size_t shown = 0;
    for (auto const& group : groups)
        if (lately(group) && shown++ < most_solved)
            html("<li><a href=\"", address("question", group.id), "\"><q lang=\"", group.language, "\">", group.question, "</q></a> \xE2\x86\x92 <a href=\"", address("answer", group.answer), "\">", group.answer, "</a></li>");
    html("</ul></section>\n");
}
std::int64_t number(std::string_view text)
{
    std::int64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

// A group that was marked in the list, "ID:VERSION".
struct Marked {
    std::int64_t group = 0;
    std::int64_t version = 0;

    static Marked of(std::string_view text)
    {
        auto const colon = std::min(text.find(':'), text.size());
        return {number(text.substr(0, colon)), number(text.substr(std::min(colon + 1, text.size())))};
    }
};
}  // namespace

void get_questions(Page& page)
{
    auto const groups = page.desk.queue.groups();
    if (!groups)
        return page.fail(groups.error());
    auto const chosen = Narrowing::of(page.query);
    auto const now = seconds_now();
    std::vector<std::string> guesses;
    std::vector<Shown> shown;
    std::size_t fitting = 0;
    for (auto const& group : *groups) {
        guesses.push_back(page.desk.guesses.of(group));
        if (chosen.admits(group, guesses.back(), page.person().email, now) && fitting++ < most_rows)
            shown.push_back({&group, guesses.back()});
    }
    Html main;
    main("<h1>", page.say("questions.title"), "</h1>\n<p class=\"lead\">", page.say("questions.lead"), "</p>\n");
    put_states(main, page, chosen);
    put_narrowing(main, page, *groups, guesses, chosen);
    if (shown.empty())
        main("<p>", page.say(chosen.is_narrow() ? "questions.none.narrow" : "questions.none." + chosen.state), "</p>\n");
    else
        put_groups(main, page, shown, chosen);
    if (fitting > shown.size())
        main("<p>", page.say("questions.more", {{"count", pages::spoken_number(fitting - shown.size(), page.language)}}), "</p>\n");
    if (shown.empty() && chosen.state == "open")
        put_solved(main, page, *groups, now);
    page.show(page.say("questions.title"), main);
}

// What was marked, each as it was shown; those that somebody else has dealt with meanwhile stay as they are.
void post_questions(Page& page)
{
    auto const back = "/console/questions?" + Narrowing::of(page.query).query();
    auto const marked = page.form.all("group");
    auto const wish = page.form.text("do");
    if (marked.empty())
        return page.go(back, "none-marked");
    std::optional<staff::Decision> const decision = wish == "take"     ? std::optional(staff::Decision::take)
                                                    : wish == "ignore" ? std::optional(staff::Decision::ignore)
                                                    : wish == "reopen" ? std::optional(staff::Decision::reopen)
                                                                       : std::nullopt;
    if (!decision && wish != "merge")
        return page.fail(422, "fail.bad-request");
    bool all_done = true;
    std::vector<staff::Queue::Done> acts;
    auto const first = Marked::of(marked.front());
    for (auto const& text : marked) {
        auto const one = Marked::of(text);
        if (!decision && one.group == first.group)
            continue;   // what the others are joined with
        auto const done = decision ? page.desk.queue.decide(page.person(), one.group, one.version, *decision, {}) : page.desk.queue.merge(page.person(), one.group, first.group);
        if (!done && done.error().code != Errc::conflict && done.error().code != Errc::not_found)
            return page.fail(done.error());
        all_done = all_done && done;
        if (done)
            acts.push_back(*done);
    }
    auto const number = page.desk.undo.keep(page.person(), "question." + std::string(wish), acts);
    page.go(back, all_done ? "bulk" : acts.empty() ? "bulk-none" : "bulk-some", {.act = number});
}
}  // namespace immunobot::console
