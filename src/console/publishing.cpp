#include "console/parts.hpp"
#include "console/routes.hpp"

#include "base/date.hpp"
#include "base/local_time.hpp"
#include "staff/tidy.hpp"

namespace immunobot::console {
namespace {

using staff::Regression;
using staff::Turned;

constexpr std::size_t told_characters = 300;   // of an answer

// The answer as it is told, and below it which it is.
void put_said(Html& html, Page const& page, assistant::Rehearsal::Outcome const& outcome, std::string const& said)
{
    if (outcome.facts.empty()) {
        html("<td>", page.say("status." + std::string(assistant::name(outcome.status))), "</td>");
        return;
    }
    std::string ids;
    for (auto const& fact : outcome.facts)
        ids += (ids.empty() ? "" : ", ") + fact;
    html("<td><span lang=\"", code(outcome.language), "\">", clipped(said, told_characters), "</span> <span class=\"meta\">", ids, "</span></td>");
}

// `unlisted`: how many more there are.
void put_turned(Html& html, Page const& page, std::string_view key, std::vector<Turned> const& list, std::size_t unlisted = 0)
{
    if (list.empty())
        return;
    auto const title = "publish." + std::string(key);
    html("<section><h2>", page.say(title), "</h2>");
    begin_table(html, page, title, {}, {"publish.question", "publish.before", "publish.after"});
    for (auto const& turned : list) {
        html("<tr><th scope=\"row\">", turned.asked.text, "</th>");
        put_said(html, page, turned.before, turned.said_before);
        put_said(html, page, turned.after, turned.said_after);
        html("</tr>\n");
    }
    html("</tbody></table></div>");
    if (unlisted > 0)
        html("<p>", page.say("publish.more", {{"n", pages::spoken_number(unlisted, page.language)}}), "</p>");
    html("</section>\n");
}

void put_gained(Html& html, Page const& page, Regression const& regression)
{
    if (regression.gained.empty())
        return;
    html("<section><h2>", page.say("publish.gained"), "</h2><ul>");
    for (auto const& question : regression.gained)
        html("<li><q>", question, "</q></li>");
    html("</ul></section>\n");
}

void hide(Html& html, Page const& page, knowledge::Draft const& draft)
{
    html("<input type=\"hidden\" name=\"version\" value=\"", draft.version, "\"><input type=\"hidden\" name=\"group\" value=\"",
         page.request.post ? page.form.text("group") : page.query.text("group"), "\">");
}

// A day that goes out by itself, with what is wrong about the one that was typed.
void put_scheduling(Html& html, Page const& page, knowledge::Draft const& draft)
{
    auto const typed = page.request.post ? page.form.text("day") : std::string_view();
    page.begin_form(html, address("schedule", draft.answer.entry.id), "card");
    hide(html, page, draft);
    html("<p><label for=\"day\">", page.say("publish.day"), "</label>");
    if (!typed.empty())
        html("<strong class=\"fault\" id=\"day-fault\" role=\"alert\">", page.say("fault.date"), "</strong>");
    html("<input id=\"day\" name=\"day\" placeholder=\"", page.say("day.example"), "\" value=\"", typed, "\" required");
    if (!typed.empty())
        html(" aria-invalid=\"true\" aria-describedby=\"day-fault\" autofocus");
    html("></p>");
    page.button(html, "publish.schedule", "quiet");
    html("</form>\n");
}

void put_publishing(Html& html, Page const& page, knowledge::Draft const& draft, bool blocked)
{
    auto const& id = draft.answer.entry.id;
    html("<section><h2>", page.say("publish.title"), "</h2>\n");
    if (page.may(staff::Role::editor) && waits_for_another(page, draft)) {
        put_for_another(html, page, draft, blocked);
    } else if (page.may(staff::Role::editor)) {
        page.begin_form(html, address("publish", id), "card");
        hide(html, page, draft);
        html("<p><label for=\"why\">", page.say(blocked ? "publish.why-despite" : "publish.why"), "</label><input id=\"why\" name=\"why\" maxlength=\"300\"", blocked ? std::string_view(" required") : std::string_view(), "></p>");
        if (blocked)
            html("<input type=\"hidden\" name=\"despite\" value=\"yes\">");
        page.button(html, blocked ? "publish.despite" : "publish.do", blocked ? "quiet" : "");
        html("</form>\n");
        put_scheduling(html, page, draft);
    } else if (draft.state != "review") {
        page.begin_form(html, address("review", id), "inline");
        hide(html, page, draft);
        page.button(html, "publish.review");
        html("</form>\n");
    }
    html("<p><a href=\"", address("edit", id), "\">", page.say("publish.back"), "</a></p></section>\n");
}

void put_faults(Html& html, Page const& page, std::vector<staff::Fault> const& faults, std::string const& id)
{
    html("<div class=\"complaint\" role=\"alert\"><p>", page.say("publish.faults"), "</p><ul>");
    for (auto const& fault : faults)
        html("<li>", page.say("field." + fault.field), " : ", fault_text(page, fault), "</li>");
    html("</ul><p><a href=\"", address("edit", id), "\">", page.say("publish.back"), "</a></p></div>\n");
}

void show(Page& page, knowledge::Draft const& draft, Regression const& regression, std::string_view complaint = {})
{
    Html main;
    main("<h1>", page.say("publish.check"), "</h1>\n");
    if (!complaint.empty())
        main("<p class=\"complaint\" role=\"alert\" tabindex=\"-1\" id=\"complaint\">", page.say(complaint), "</p>\n");
    put_regression(main, page, regression);
    put_remark(main, page, draft.remark);
    put_cautions(main, page, draft.answer);
    put_texts(main, page, draft.answer);
    put_publishing(main, page, draft, !regression.worse.empty());
    put_sending_back(main, page, draft);
    page.show(page.say("publish.check"), main);
}

void show_faults(Page& page, knowledge::Draft const& draft, std::vector<staff::Fault> const& faults)
{
    Html main;
    main("<h1>", page.say("publish.check"), "</h1>\n");
    put_faults(main, page, faults, draft.answer.entry.id);
    put_remark(main, page, draft.remark);
    put_cautions(main, page, draft.answer);
    put_texts(main, page, draft.answer);
    put_sending_back(main, page, draft);
    page.response.status = 422;
    page.show(page.say("publish.check"), main);
}

// Version `version` of a draft, if it is still that and nothing is wrong with it; otherwise the page says what stands in the way.
std::optional<knowledge::Draft> sound_draft(Page& page, std::string const& id, std::int64_t version)
{
    auto draft = page.desk.answers.open_answer(id);
    if (!draft) {
        page.fail(draft.error());
        return std::nullopt;
    }
    if (draft->version == 0 || draft->version != version) {
        page.fail(409, "fail.conflict");
        return std::nullopt;
    }
    auto const faults = page.desk.answers.faults(draft->answer);
    if (faults && faults->empty())
        return std::move(*draft);
    if (faults)
        show_faults(page, *draft, *faults);
    else
        page.fail(faults.error());
    return std::nullopt;
}

// Saves version `version` of the draft in another state.
void put_in_state(Page& page, std::string const& id, std::int64_t version, std::string_view state, std::int64_t publish_at, std::string_view done)
{
    auto draft = sound_draft(page, id, version);
    if (!draft)
        return;
    auto const before = *draft;
    draft->state = state;
    draft->publish_at = publish_at;
    auto const action = "draft." + std::string(state);
    auto const saved = page.desk.answers.save(page.person(), *draft, action);
    if (!saved)
        return page.fail(saved.error());
    page.go("/console/drafts", done, {.act = page.desk.undo.keep_draft(page.person(), action, id, before, *saved)});
}

// The check once more, for what was typed into it and cannot be taken.
void show_again(Page& page, std::string_view complaint)
{
    auto const draft = sound_draft(page, page.id, page.form.number("version"));
    if (!draft)
        return;
    auto const regression = page.desk.answers.rehearse(draft->answer, staff::Answers::Look::kept);
    if (!regression)
        return page.fail(regression.error());
    page.response.status = 422;
    show(page, *draft, *regression, complaint);
}

}  // namespace

void put_regression(Html& html, Page const& page, Regression const& regression)
{
    auto const number = [&](std::size_t n) { return pages::spoken_number(n, page.language); };
    auto const lost = regression.newly_wrong - regression.moved.size();
    html("<p class=\"", regression.worse.empty() ? std::string_view("verdict well") : std::string_view("verdict ill"), "\">",
         page.say(regression.worse.empty() ? "publish.well" : "publish.ill",
                  {{"asked", number(regression.asked)}, {"worse", number(lost)}}),
         "</p>\n<p>", page.say("publish.counts", {{"right", number(regression.newly_right)}, {"wrong", number(lost)}, {"same", number(regression.unchanged)}, {"moved", number(regression.moved.size())}}), "</p>\n");
    put_turned(html, page, "worse", regression.worse, lost - regression.worse.size());
    put_turned(html, page, "own", regression.own);
    put_turned(html, page, "moved", regression.moved);
    put_turned(html, page, "missed", regression.missed);
    put_turned(html, page, "named", regression.named);
    put_gained(html, page, regression);
    put_turned(html, page, "better", regression.better, regression.newly_right - regression.better.size());
    put_turned(html, page, "past", regression.past);
}

std::string_view mendable(Page const& page, Error const& refused)
{
    bool const lacks_reason = refused.code == Errc::not_allowed && page.may(staff::Role::admin) && alone_in(page.form) == staff::Alone::with_reason;
    return lacks_reason ? "publish.why-missing" : refused.code == Errc::bad_request ? "fail.bad-request" : "";
}

void get_publish(Page& page)
{
    auto const draft = page.desk.answers.open_answer(page.id);
    if (!draft)
        return page.fail(draft.error());
    if (draft->version == 0)
        return page.go(address("edit", page.id));
    auto const faults = page.desk.answers.faults(draft->answer);
    if (!faults)
        return page.fail(faults.error());
    if (!faults->empty())
        return show_faults(page, *draft, *faults);
    auto const regression = page.desk.answers.rehearse(draft->answer);
    if (!regression)
        return page.fail(regression.error());
    show(page, *draft, *regression);
}

void post_publish(Page& page)
{
    auto const published =
        page.desk.answers.publish(page.person(), page.id, page.form.number("version"), page.form.text("why"), page.form.text("despite") == "yes", alone_in(page.form));
    if (!published)
        return mendable(page, published.error()).empty() ? page.fail(published.error()) : show_again(page, mendable(page, published.error()));
    if (published->revision == 0) {
        auto const draft = page.desk.answers.open_answer(page.id);
        if (!draft)
            return page.fail(draft.error());
        page.response.status = 409;
        return show(page, *draft, published->regression, page.form.has("despite") ? "publish.why-missing" : "");
    }
    static_cast<void>(page.desk.queue.settle(page.person(), page.id, page.form.number("group")));   // it is published, whatever becomes of the groups
    page.go(address("answer", page.id), "published", {.revision = published->revision});
}

void send_for_review(Page& page, std::string const& id, std::int64_t version)
{
    put_in_state(page, id, version, "review", 0, "review");
}

void post_review(Page& page)
{
    send_for_review(page, page.id, page.form.number("version"));
}

void post_schedule(Page& page)
{
    auto const day = parse_date(staff::tidy_day(page.form.text("day")));
    if (!day || day->day == 0)
        return show_again(page, "fault.date");
    put_in_state(page, page.id, page.form.number("version"), "scheduled", seconds_at(*day), "scheduled");
}

}  // namespace immunobot::console
