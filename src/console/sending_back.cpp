// A draft that waits for somebody's look goes back to whoever wrote it, with a remark.
#include "console/parts.hpp"
#include "console/routes.hpp"
#include "staff/tidy.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

// Whether anybody is left who is told on the first page that it came back.
bool is_read_by_author(Page const& page, knowledge::Draft const& draft)
{
    auto const is_active = [&](std::string const& email) {
        auto const account = page.desk.store.with([&](auto& store) { return store.account(email); });
        return !account || (*account && !(*account)->disabled);
    };
    return is_active(draft.writer) || is_active(draft.author);
}

// `fault`: key of what is wrong with `typed`; empty: nothing was typed yet.
void put_form(Html& html, Page const& page, knowledge::Draft const& draft, std::string_view typed, std::string_view fault)
{
    page.begin_form(html, address("send-back", draft.answer.entry.id), "card kept");
    html("<input type=\"hidden\" name=\"version\" value=\"", draft.version, "\"><p class=\"entry\"><label for=\"remark\">", page.say("back.remark"), "</label><span class=\"meta\" id=\"remark-help\">",
         is_read_by_author(page, draft) ? page.say("back.how") : page.say("back.how-left", {{"who", draft.writer}}), "</span>");
    if (!fault.empty())
        html("<strong class=\"fault\" id=\"remark-fault\" role=\"alert\">", page.say(fault), "</strong>");
    html("<textarea id=\"remark\" name=\"remark\" rows=\"3\" maxlength=\"", staff::longest_remark, "\" required aria-describedby=\"remark-help");
    if (!fault.empty())
        html(" remark-fault\" aria-invalid=\"true\" autofocus=\"");
    html("\">\n", typed, "</textarea></p>");
    page.button(html, "back.do", "quiet");
    html("</form>\n");
}

std::string check_of(knowledge::Draft const& draft)
{
    return address(draft.answer.table.empty() ? "publish" : "sheet", draft.answer.entry.id);
}

// What is wrong with the remark, on a page of its own: the check asks all questions again and takes its time.
void show_again(Page& page, knowledge::Draft const& draft)
{
    auto const typed = page.form.text("remark");
    Html main;
    main("<h1>", page.say("back.title"), "</h1>\n<p class=\"meta\">", title_of(draft.answer.entry, page.language), "</p>\n");
    put_form(main, page, draft, typed, staff::is_reason(staff::tidy_seen(typed)) ? "back.too-long" : "back.missing");
    main("<p><a href=\"", check_of(draft), "\">", page.say("back.to-check"), "</a></p>\n");
    page.response.status = 422;
    page.show(page.say("back.title"), main);
}

// What was done to it last, "draft sent back with a remark (ed@x.org, 2 minutes ago)"; empty where the log does not tell.
std::string last_done(Page const& page)
{
    constexpr std::int64_t looked_at = 50;   // an id stands in other entries as well
    auto const log = page.desk.store.with([&](auto& store) { return store.audit({{}, page.id, looked_at, 0}); });
    if (!log)
        return {};
    auto const last = std::ranges::find_if(*log, [&](auto const& row) { return row.act.target == page.id && pages::has_text("console.act." + row.act.action); });
    return last == log->end() ? std::string() : page.say("back.last", {{"what", page.say("act." + last->act.action)}, {"who", last->act.who}, {"when", page.ago(last->made_at)}});
}

// Somebody was faster: what became of the draft, and the remark, which would be lost otherwise.
void show_overtaken(Page& page, int status)
{
    auto const now = page.desk.answers.open(page.id);
    bool const is_draft = now && now->version > 0;
    Html main;
    main("<h1>", page.say("back.title"), "</h1>\n<div class=\"complaint\" role=\"alert\" tabindex=\"-1\" id=\"complaint\"><p>", page.say(is_draft ? "back.overtaken" : "back.gone"), "</p>");
    if (auto const last = last_done(page); !last.empty())
        main("<p>", last, "</p>");
    main("</div>\n");
    if (is_draft)
        put_remark(main, page, now->remark);
    main("<p class=\"entry\"><label for=\"remark\">", page.say("back.yours"), "</label><textarea id=\"remark\" name=\"remark\" rows=\"3\" readonly>\n", page.form.text("remark"), "</textarea></p>\n<p><a href=\"",
         is_draft ? check_of(*now) : std::string("/console/drafts"), "\">", page.say(is_draft ? "back.to-check" : "drafts.title"), "</a></p>\n");
    page.response.status = status;
    page.show(page.say("back.title"), main);
}

}  // namespace

std::string const& state_of(Page const& page, knowledge::Draft const& draft)
{
    return page.say(draft.remark.text.empty() ? "state." + draft.state : std::string("state.back"));
}

void put_remark(Html& html, Page const& page, knowledge::Remark const& remark)
{
    if (!remark.text.empty())
        html("<div class=\"hints\"><p><strong class=\"tag warn\">", page.say("back.by", {{"who", remark.who}}), "</strong></p><p class=\"as-sent\">", remark.text, "</p></div>\n");
}

void put_sending_back(Html& html, Page const& page, knowledge::Draft const& draft)
{
    bool const of_another = draft.state != "draft" && draft.writer != page.person().email;
    if (!of_another || !page.may(staff::Role::editor))
        return;
    html("<section><h2>", page.say("back.title"), "</h2>\n");
    put_form(html, page, draft, {}, {});
    html("</section>\n");
}

void post_send_back(Page& page)
{
    auto const before = page.desk.answers.open(page.id);
    if (!before)
        return before.error().code == Errc::not_found && !page.form.text("remark").empty() ? show_overtaken(page, 404) : page.fail(before.error());
    auto const sent = page.desk.answers.send_back(page.person(), page.id, page.form.number("version"), page.form.text("remark"));
    if (!sent) {
        switch (sent.error().code) {
            case Errc::bad_request: return show_again(page, *before);
            case Errc::conflict: return show_overtaken(page, 409);
            default: return page.fail(sent.error());
        }
    }
    page.go("/console/drafts", "sent-back", {.act = page.desk.undo.keep_draft(page.person(), "draft.back", page.id, *before, *sent)});
}

}  // namespace immunobot::console
