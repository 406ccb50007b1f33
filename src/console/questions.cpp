#include "console/parts.hpp"
#include "console/routes.hpp"

#include "base/date.hpp"
#include "text/fold.hpp"
#include "text/form_fields.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <span>

namespace immunobot::console {
namespace {

constexpr std::size_t most_rows = 200;
constexpr std::size_t most_solved = 10;
constexpr std::size_t longest_words = 100;     // bytes
constexpr std::size_t longest_channel = 40;
constexpr std::int64_t seconds_a_day = 86'400;
constexpr std::int64_t a_week = 7 * seconds_a_day;
constexpr std::string_view states[] = {"open", "answered", "ignored"};
// The first of each: whatever it is.
constexpr std::string_view languages[] = {"", "fr", "en"};
constexpr std::string_view reasons[] = {"", "unknown", "unsure", "disliked"};
constexpr std::string_view periods[] = {"", "1", "7", "30"};
constexpr std::string_view owners[] = {"", "mine", "nobody"};

// It had an answer, and was asked in vain again.
bool came_back(knowledge::Group const& group)
{
    return group.state == "new" && !group.answer.empty();
}

std::int64_t number(std::string_view text)
{
    std::int64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

bool is_shown(knowledge::Group const& group, std::string_view state)
{
    return state == "open" ? group.state == "new" || group.state == "taken" : group.state == state;
}

std::string one_of(std::string_view asked, std::span<std::string_view const> known)
{
    return std::ranges::find(known, asked) == known.end() ? std::string(known.front()) : std::string(asked);
}

// What the list is narrowed to; what is not known is no narrowing.
struct Narrowing {
    std::string state;
    std::string language;
    std::string reason;
    std::string channel;
    std::string days;
    std::string whose;
    std::string words;

    static Narrowing of(Form const& form)
    {
        return {one_of(form.text("state"), states), one_of(form.text("lang"), languages), one_of(form.text("reason"), reasons), std::string(text::prefix(form.text("channel"), longest_channel)),
                one_of(form.text("days"), periods), one_of(form.text("whose"), owners), std::string(text::prefix(form.text("words"), longest_words))};
    }

    bool admits(knowledge::Group const& group, std::string const& me, std::int64_t now) const
    {
        auto const among = [](std::string const& list, std::string const& one) { return one.empty() || list.find(',' + one + ',') != std::string::npos; };
        return is_shown(group, state) && (language.empty() || group.language == language) && among(group.reasons, reason) && among(group.channels, channel) &&
               (days.empty() || group.seen_at >= now - number(days) * seconds_a_day) &&
               (whose.empty() || (whose == "mine" ? group.assigned == me : group.assigned.empty())) && text::fold(group.question).find(text::fold(words)) != std::string::npos;
    }

    // As the part of an address behind the '?'.
    std::string query() const
    {
        std::string out = "state=" + state;
        for (auto const& [name, value] : {std::pair("lang", &language), std::pair("reason", &reason), std::pair("channel", &channel), std::pair("days", &days), std::pair("whose", &whose), std::pair("words", &words)})
            if (!value->empty())
                out.append("&").append(name).append("=").append(text::percent_encoded(*value));
        return out;
    }

    bool is_narrow() const { return !(language + reason + channel + days + whose + words).empty(); }
};

void put_states(Html& html, Page const& page, Narrowing const& chosen)
{
    html("<nav class=\"tabs\" aria-label=\"", page.say("questions.filter"), "\"><ul>");
    for (auto const state : states) {
        auto other = chosen;
        other.state = state;
        html("<li><a href=\"/console/questions?", other.query(), "\"");
        if (state == chosen.state)
            html(" aria-current=\"page\"");
        html(">", page.say("questions." + std::string(state)), "</a></li>");
    }
    html("</ul></nav>\n");
}

void put_choice(Html& html, Page const& page, std::string_view name, std::span<std::string_view const> values, std::string_view chosen)
{
    std::string const key = "questions." + std::string(name);
    html("<p><label for=\"", name, "\">", page.say(key), "</label><select id=\"", name, "\" name=\"", name, "\">");
    for (auto const value : values) {
        html("<option value=\"", value, "\"");
        if (value == chosen)
            html(" selected");
        html(">", page.say(key + '.' + (value.empty() ? std::string("all") : std::string(value))), "</option>");
    }
    html("</select></p>");
}

// The channels that questions came by, as they are called in the log.
void put_channels(Html& html, Page const& page, std::vector<knowledge::Group> const& groups, std::string_view chosen)
{
    std::set<std::string> names;
    if (!chosen.empty())
        names.emplace(chosen);
    for (auto const& group : groups)
        for (std::string_view rest = group.channels; !rest.empty();) {
            auto const end = std::min(rest.find(','), rest.size());
            if (end > 0)
                names.emplace(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    html("<p><label for=\"channel\">", page.say("questions.channel"), "</label><select id=\"channel\" name=\"channel\"><option value=\"\">", page.say("questions.channel.all"), "</option>");
    for (auto const& name : names) {
        html("<option value=\"", name, "\"");
        if (name == chosen)
            html(" selected");
        html(">", name, "</option>");
    }
    html("</select></p>");
}

void put_narrowing(Html& html, Page const& page, std::vector<knowledge::Group> const& groups, Narrowing const& chosen)
{
    html("<details class=\"narrowing\"", chosen.is_narrow() ? std::string_view(" open") : std::string_view(), "><summary>", page.say("questions.narrow"), "</summary><form method=\"get\" action=\"/console/questions\" class=\"narrow\"><input type=\"hidden\" name=\"state\" value=\"", chosen.state,
         "\"><p><label for=\"words\">", page.say("questions.words"), "</label><input id=\"words\" name=\"words\" maxlength=\"", longest_words, "\" value=\"", chosen.words, "\"></p>");
    put_choice(html, page, "reason", reasons, chosen.reason);
    put_choice(html, page, "whose", owners, chosen.whose);
    put_choice(html, page, "days", periods, chosen.days);
    put_choice(html, page, "lang", languages, chosen.language);
    put_channels(html, page, groups, chosen.channel);
    html("<p class=\"line\">");
    page.button(html, "questions.narrow.do", "quiet");
    if (chosen.is_narrow())
        html("<a href=\"/console/questions?state=", chosen.state, "\">", page.say("questions.narrow.none"), "</a>");
    html("</p></form></details>\n");
}

void put_reasons(Html& html, Page const& page, knowledge::Group const& group)
{
    for (auto const reason : reasons)
        if (!reason.empty() && reason != "unknown" && group.reasons.find(',' + std::string(reason) + ',') != std::string::npos)
            html(" <span class=\"tag\">", page.say("questions.reason." + std::string(reason)), "</span>");
}

void put_group(Html& html, Page const& page, knowledge::Group const& group)
{
    html("<li class=\"row\"><label class=\"select\"><input type=\"checkbox\" name=\"group\" value=\"", group.id, ":", group.version, "\"><span class=\"unseen\">", page.say("questions.select"), " ", group.question, "</span></label><h2><a href=\"", address("question", group.id), "\"><q lang=\"", group.language, "\">", group.question,
         "</q></a></h2><p class=\"meta\"><span class=\"tag\">", page.say("group." + group.state), "</span>");
    put_reasons(html, page, group);
    if (came_back(group))
        html(" <span class=\"tag warn\">", page.say("group.came-back"), "</span>");
    html(" ", pages::count("console.times", static_cast<std::size_t>(group.count), page.language), " \xC2\xB7 ",
         pages::count("console.people", static_cast<std::size_t>(group.people), page.language), " \xC2\xB7 ", page.say("last-asked", {{"when", page.ago(group.seen_at)}}));
    if (!group.assigned.empty())
        html(" \xC2\xB7 ", page.say("assigned", {{"who", group.assigned}}));
    if (!group.note.empty())
        html(" \xC2\xB7 ", group.note);
    html("</p></li>\n");
}

// The rows, and what can be done to those that are marked.
void put_groups(Html& html, Page const& page, std::vector<knowledge::Group const*> const& shown, Narrowing const& chosen)
{
    page.begin_form(html, "/console/questions?" + chosen.query(), "plain bulk");
    html("<ol class=\"rows\">\n");
    for (auto const* group : shown)
        put_group(html, page, *group);
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

// Nothing waits: what was solved of late, so that it is not an empty page.
void put_solved(Html& html, Page const& page, std::vector<knowledge::Group> const& groups, std::int64_t now)
{
    auto const lately = [&](auto const& group) { return group.state == "answered" && group.seen_at >= now - a_week; };
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

void put_nearest(Html& html, Page const& page, staff::Queue::View const& view)
{
    auto const found = page.desk.search.read(view.nearest);
    if (!found || found->empty())
        return;
    html("<section><h2>", page.say("question.nearest"), "</h2><p class=\"meta\">", page.say("question.nearest.lead"), "</p><ol class=\"rows\">");
    for (auto const& one : *found) {
        html("<li class=\"row\"><h3><a href=\"", address("answer", one.id), "\">", one.question.in(page.language).empty() ? one.id : one.question.in(page.language), "</a></h3><p class=\"text\">",
             one.answer.in(page.language), "</p>");
        page.begin_form(html, address("match", view.group.id), "inline");
        html("<input type=\"hidden\" name=\"answer\" value=\"", one.id, "\">");
        hide_version(html, view.group);
        page.button(html, "question.match", "quiet");
        html("</form></li>\n");
    }
    html("</ol></section>\n");
}

void put_wordings(Html& html, Page const& page, staff::Queue::View const& view)
{
    html("<section><h2>", page.say("question.wordings"), "</h2>");
    page.begin_form(html, address("split", view.group.id));
    html("<fieldset><legend>", page.say("question.split.legend"), "</legend><ul class=\"checks\">");
    for (auto const& question : view.questions)
        html("<li><label><input type=\"checkbox\" name=\"reply\" value=\"", question.reply, "\"> <q lang=\"", question.language, "\">", question.text, "</q></label> <span class=\"meta\">",
             page.ago(question.asked_at), " \xC2\xB7 ", page.say("status." + question.status), "</span></li>");
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
        if (group.id != here.id && is_shown(group, "open"))
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
    page.begin_form(html, address("assign", group.id), "card");
    hide_version(html, group);
    html("<p><label for=\"who\">", page.say("question.who"), "</label><select id=\"who\" name=\"who\">");
    for (auto const& account : *accounts)
        if (!account.disabled && account.role != "viewer")
            html("<option value=\"", account.email, "\">", account.name, "</option>");
    html("</select></p><p><label for=\"note\">", page.say("question.note"), "</label><input id=\"note\" name=\"note\" maxlength=\"500\" value=\"", group.note, "\"></p>");
    page.button(html, "question.assign.do", "quiet");
    html("</form></section>\n");
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

void after(Page& page, Result<> const& done, std::string_view key, std::string const& to = "/console/questions")
{
    if (!done)
        return page.fail(done.error());
    page.go(to, key);
}

}  // namespace

void get_questions(Page& page)
{
    auto const groups = page.desk.queue.groups();
    if (!groups)
        return page.fail(groups.error());
    auto const chosen = Narrowing::of(page.query);
    auto const now = seconds_now();
    std::vector<knowledge::Group const*> shown;
    for (auto const& group : *groups)
        if (chosen.admits(group, page.person().email, now) && shown.size() < most_rows)
            shown.push_back(&group);
    Html main;
    main("<h1>", page.say("questions.title"), "</h1>\n<p class=\"lead\">", page.say("questions.lead"), "</p>\n");
    put_states(main, page, chosen);
    put_narrowing(main, page, *groups, chosen);
    if (shown.empty())
        main("<p>", page.say(chosen.is_narrow() ? "questions.none.narrow" : "questions.none." + chosen.state), "</p>\n");
    else
        put_groups(main, page, shown, chosen);
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
    auto const first = Marked::of(marked.front());
    for (auto const& text : marked) {
        auto const one = Marked::of(text);
        if (!decision && one.group == first.group)
            continue;   // what the others are joined with
        auto const done = decision ? page.desk.queue.decide(page.person(), one.group, one.version, *decision, {}) : page.desk.queue.merge(page.person(), one.group, first.group);
        if (!done && done.error().code != Errc::conflict && done.error().code != Errc::not_found)
            return page.fail(done.error());
        all_done = all_done && done;
    }
    page.go(back, all_done ? "bulk" : "bulk-some");
}

void get_question(Page& page)
{
    auto const view = page.desk.queue.view(number(page.id));
    if (!view)
        return page.fail(view.error());
    auto const& group = view->group;
    Html main;
    main("<p class=\"crumb\"><a href=\"/console/questions\">", page.say("questions.title"), "</a></p>\n<h1><q lang=\"", group.language, "\">", group.question, "</q></h1>\n<p class=\"meta\"><span class=\"tag\">",
         page.say("group." + group.state), "</span> ", pages::count("console.times", static_cast<std::size_t>(group.count), page.language), " \xC2\xB7 ",
         pages::count("console.people", static_cast<std::size_t>(group.people), page.language), " \xC2\xB7 ", page.say("first-asked", {{"when", page.ago(group.first_at)}}), " \xC2\xB7 ",
         page.say("last-asked", {{"when", page.ago(group.seen_at)}}), "</p>\n<div class=\"actions\"><a class=\"button\" href=\"/console/new?group=", group.id, "\">", page.say("make-answer"), "</a>");
    if (group.state == "new")
        put_simple(main, page, group, "take", "question.take");
    if (group.state == "ignored" || group.state == "answered")
        put_simple(main, page, group, "reopen", "question.reopen");
    else
        put_simple(main, page, group, "ignore", "question.ignore");
    main("</div>\n");
    put_nearest(main, page, *view);
    put_wordings(main, page, *view);
    put_assign(main, page, group);
    put_merge(main, page, group);
    page.show(group.question, main);
}

void post_take(Page& page)
{
    after(page, page.desk.queue.decide(page.person(), number(page.id), page.form.number("version"), staff::Decision::take, {}), "taken", address("question", page.id));
}

void post_ignore(Page& page)
{
    after(page, page.desk.queue.decide(page.person(), number(page.id), page.form.number("version"), staff::Decision::ignore, page.form.text("note")), "ignored");
}

void post_reopen(Page& page)
{
    after(page, page.desk.queue.decide(page.person(), number(page.id), page.form.number("version"), staff::Decision::reopen, {}), "reopened", address("question", page.id));
}

void post_assign(Page& page)
{
    after(page, page.desk.queue.assign(page.person(), number(page.id), page.form.number("version"), page.form.text("who"), page.form.text("note")), "assigned",
          address("question", page.id));
}

void post_merge(Page& page)
{
    after(page, page.desk.queue.merge(page.person(), number(page.id), page.form.number("into")), "merged", address("question", page.form.number("into")));
}

void post_split(Page& page)
{
    auto const made = page.desk.queue.split(page.person(), page.form.all("reply"));
    if (!made)
        return page.fail(made.error());
    page.go(address("question", *made), "split");
}

// The words of the group become ways of asking for an answer that is there. An entry of the FAQ is published like any
// change of it; for a fact they go into its list of questions.
void post_match(Page& page)
{
    auto const view = page.desk.queue.view(number(page.id));
    if (!view)
        return page.fail(view.error());
    std::vector<std::string> fr;
    std::vector<std::string> en;
    for (auto const& question : view->questions)
        (question.language == "fr" ? fr : en).push_back(question.text);
    auto const answer = page.form.text("answer");
    auto const added = page.desk.answers.add_questions(page.person(), answer, en, fr);
    if (!added)
        return page.fail(added.error());
    page.go(address("publish", answer) + "?group=" + page.id);
}

}  // namespace immunobot::console
