#include "console/editor.hpp"

#include "base/date.hpp"
#include "console/parts.hpp"
#include "console/routes.hpp"
#include "staff/merging.hpp"
#include "text/form_fields.hpp"

namespace immunobot::console {
namespace {

using knowledge::Answer;
using knowledge::Draft;
using staff::Fault;

Answer typed(Page const& page, std::string id)
{
    auto const& form = page.form;
    auto const text = [&](std::string_view name) { return std::string(form.text(name)); };
    Answer answer;
    answer.entry = {std::move(id), form.lines("questions_en"), form.lines("questions_fr"), {text("answer_en"), text("answer_fr")}, text("entity"), text("source"),
                    text("valid_to"), text("review_by")};
    answer.staff_only = text("audience") == "staff";
    return staff::Answers::tidied(std::move(answer));
}

void put_summary(Html& html, Page const& page, std::vector<Fault> const& faults)
{
    if (faults.empty())
        return;
    html("<div class=\"complaint\" role=\"alert\" tabindex=\"-1\" id=\"complaint\"><p>", page.say("editor.faults"), "</p><ul>");
    for (auto const& fault : faults)
        html("<li><a href=\"#", fault.field, "\">", page.say("field." + fault.field), "</a> : ", fault_text(page, fault), "</li>");
    html("</ul></div>\n");
}

// Who else is at this draft: has it open, or has saved it.
void put_colleague(Html& html, Page const& page, Draft const& draft)
{
    if (put_others(html, page, draft.answer.entry.id))
        return;
    if (draft.version > 0 && !draft.author.empty() && draft.author != page.person().email)
        html("<p><strong class=\"tag warn\">", page.say("editor.colleague", {{"who", draft.author}, {"when", page.ago(draft.saved_at)}}), "</strong></p>\n");
}

// What a colleague has saved meanwhile, and what became of both.
struct Conflict {
    Draft theirs;
    std::vector<staff::MergedField> fields;
};

// What can be done with the text; first what whoever writes it does in the end.
void put_buttons(Html& html, Page const& page)
{
    bool const publishes = page.may(staff::Role::editor);
    html("<div class=\"actions\"><button type=\"submit\" name=\"then\" value=\"", publishes ? std::string_view("publish") : std::string_view("review"), "\">", page.say(publishes ? "editor.check" : "publish.review"), "</button>");
    for (auto const* then : {"stay", "hints", "preview"}) {
        bool const saves = then == std::string_view("stay");
        html("<button type=\"submit\" class=\"quiet\" name=\"then\" value=\"", then, "\"", saves ? std::string_view() : std::string_view(" formnovalidate"), ">", page.say(saves ? "editor.save" : "editor." + std::string(then)), "</button>");
    }
    html("<span id=\"saved\" class=\"meta\" role=\"status\"></span></div>");
}

// What the form of a new answer has before that has an id: sent twice, because the reply to the first time was lost, it makes one draft.
void put_key(Html& html, Page const& page)
{
    auto const key = page.desk.answers.new_id(page.form.text("key"));
    if (key)   // without it, only that is not so
        html("<input type=\"hidden\" name=\"key\" value=\"", *key, "\">");
}

// Of what is shown once more, with what was typed, the draft that is kept knows it.
knowledge::Remark remark_of(Page const& page, Draft const& draft)
{
    if (!page.request.post || draft.answer.entry.id.empty())
        return draft.remark;
    auto kept = page.desk.answers.open(draft.answer.entry.id);
    return kept ? std::move(kept->remark) : knowledge::Remark{};
}

// `with_hints`: what is known of the wordings, for who has no script that asks for it.
void show_editor(Page& page, Draft const& draft, std::vector<Fault> const& faults, Conflict const* conflict = nullptr, bool with_hints = false)
{
    auto const& id = draft.answer.entry.id;
    bool const fresh = id.empty();
    auto const& title = page.say(fresh ? "editor.new" : "editor.title");
    Html main;
    main("<h1>", title, "</h1>\n");
    if (!fresh)
        main("<p class=\"meta\">", id, " \xC2\xB7 ", draft.version > 0 ? state_of(page, draft) : page.say("state.published"), "</p>\n");
    put_colleague(main, page, draft);
    put_remark(main, page, remark_of(page, draft));
    if (auto const group = page.request.post ? page.form.number("group") : page.query.number("group"); fresh && group > 0)
        put_begun(main, page, group);
    if (auto const on = staff::four_eyes(page.desk.store); on && *on)
        main("<p class=\"meta\">", page.say("editor.four-eyes"), "</p>\n");
    put_summary(main, page, faults);
    if (conflict)
        put_conflict(main, page, conflict->fields, conflict->theirs.author, conflict->theirs.saved_at);
    page.begin_form(main, fresh ? "/console/new" : address("edit", id), "editor kept");
    main("<input type=\"hidden\" name=\"version\" value=\"", draft.version, "\"><input type=\"hidden\" name=\"base\" value=\"", draft.base,
         "\"><input type=\"hidden\" name=\"group\" value=\"", page.request.post ? page.form.text("group") : page.query.text("group"), "\">");
    if (fresh)
        put_key(main, page);
    // What the form began with, for when a colleague has saved meanwhile. A new answer began with nothing; once it has saved itself the
    // script puts there what it saved.
    auto const was = fresh ? std::string() : conflict ? to_json(conflict->theirs.answer) : page.request.post ? std::string(page.form.text("was")) : to_json(draft.answer);
    main("<input type=\"hidden\" name=\"was\" value=\"", was, "\">");
    put_editor_texts(main, page, draft, faults);
    main("<div id=\"hints\" class=\"hints\" role=\"status\"");
    if (with_hints)
        main(" tabindex=\"-1\" autofocus");
    main(">");
    if (with_hints)
        put_hints(main, page, draft.answer);
    main("</div>\n");
    put_editor_fields(main, page, draft, faults);
    put_buttons(main, page);
    main("</form>\n");
    if (draft.version > 0) {
        main("<div class=\"actions\">");
        page.begin_form(main, address("discard", id), "inline");
        main("<input type=\"hidden\" name=\"version\" value=\"", draft.version, "\">");
        page.button(main, "editor.discard", "quiet");
        main("</form></div>\n");
    }
    if (page.request.post && page.form.text("then") == "preview")
        put_previews(main, page, draft);
    page.show(title, main);
}

// To whoever reviews it, unless it is there already: the reply that said so was lost. What stands in the way is shown in the form, under the
// address that it has by now.
void hand_on(Page& page, Answer const& answer, std::int64_t version)
{
    if (auto const there = page.desk.answers.open(answer.entry.id); there && there->version == version && there->state != "draft")
        return page.go("/console/drafts", there->state);
    auto const faults = page.desk.answers.faults(answer);
    if (!faults)
        return page.fail(faults.error());
    if (faults->empty())
        return send_for_review(page, answer.entry.id, version);
    auto const group = page.form.text("group");
    page.go(address("edit", answer.entry.id) + "?check=1" + (group.empty() ? std::string() : "&group=" + text::percent_encoded(group)), "saved");
}

// Saved: back to the editor, or on to what publishing would change. The script gets the version, in the next line what the form
// begins with from now on, and in the third where the draft is written, which a new one has not been told before.
void go_on(Page& page, Answer const& answer, std::int64_t version)
{
    auto const& id = answer.entry.id;
    if (page.form.text("then") == "auto") {
        page.response.type = "text/plain; charset=utf-8";
        page.response.body = std::to_string(version) + '\n' + to_json(answer) + '\n' + address("edit", id);
        return;
    }
    if (page.form.text("then") == "review")
        return hand_on(page, answer, version);
    bool const on = page.form.text("then") == "publish";
    auto const group = page.form.text("group");
    auto const to = address(on ? "publish" : "edit", id) + (group.empty() ? std::string() : "?group=" + text::percent_encoded(group));
    page.go(to, on ? std::string_view() : std::string_view("saved"));
}

void show_conflict(Page& page, Draft draft)
{
    auto theirs = page.desk.answers.open(draft.answer.entry.id);
    if (!theirs)
        return page.fail(theirs.error());
    auto const was = knowledge::answer_from_json(page.form.text("was"));
    auto merged = staff::merge(was ? *was : Answer{}, draft.answer, theirs->answer);
    page.response.status = 409;
    draft.answer = std::move(merged.answer);
    draft.version = theirs->version;  // what is sent next has seen it
    draft.base = theirs->base;
    Conflict const conflict{std::move(*theirs), std::move(merged.fields)};
    show_editor(page, draft, {}, &conflict);
}

// What cannot be saved comes back with what is wrong about it; the script, which has it still, gets that alone, a line each.
void complain(Page& page, Draft const& draft, std::vector<Fault> const& faults)
{
    page.response.status = 422;
    if (page.form.text("then") != "auto")
        return show_editor(page, draft, faults);
    page.response.type = "text/plain; charset=utf-8";
    page.response.body.clear();
    for (auto const& fault : faults)
        page.response.body += page.say("field." + fault.field) + " : " + fault_text(page, fault) + '\n';
}

// Whether the form has seen what is saved: it holds the same, or began with it.
bool knows(Page const& page, Draft const& there, Answer const& typed)
{
    if (there.answer == typed)
        return there.remark.text.empty();
    auto const was = knowledge::answer_from_json(page.form.text("was"));
    return was && there.state == "draft" && there.answer == *was;
}

// A new answer may have been saved already, and the reply been lost: then what was saved is the sender's, as it was sent. Another text
// under the same key comes from a second window: both are compared first, as with a colleague's.
Result<std::int64_t> save_once(Page const& page, Draft& draft)
{
    auto saved = page.desk.answers.save(page.person(), draft);
    if (saved || saved.error().code != Errc::conflict || !page.id.empty())
        return saved;
    auto const there = page.desk.answers.open(draft.answer.entry.id);
    if (!there || there->author != page.person().email || !knows(page, *there, draft.answer))
        return saved;
    if (there->answer == draft.answer)
        return there->version;
    draft.version = there->version;
    return page.desk.answers.save(page.person(), draft);
}

void save(Page& page, Draft draft)
{
    auto const version = save_once(page, draft);
    if (version) {
        if (auto const group = page.form.number("group"); *version == 1 && group > 0)
            note_begun(page, group, draft.answer.entry.id);
        return go_on(page, draft.answer, *version);
    }
    if (version.error().code != Errc::conflict)
        return page.fail(version.error());
    show_conflict(page, std::move(draft));
}

// Asked for by the button, which gets the whole page back with what was typed, or by the script while somebody types, which
// gets the hints alone. Nothing is saved. True: that was what was wanted.
bool hint(Page& page, Draft const& draft)
{
    auto const then = page.form.text("then");
    if (then == "preview") {
        show_editor(page, draft, staff::Answers::unstorable(draft.answer));
        return true;
    }
    if (then != "hints" && then != "hints-alone")
        return false;
    auto const faults = staff::Answers::unstorable(draft.answer);   // too many or too long: looked at no further
    if (then == "hints") {
        show_editor(page, draft, faults, nullptr, faults.empty());
        return true;
    }
    Html hints;
    put_others(hints, page, page.id);
    if (faults.empty())
        put_hints(hints, page, draft.answer);
    put_mixed_letters(hints, page, faults);
    page.response.body = std::move(hints).take();
    return true;
}

}  // namespace

void get_new(Page& page)
{
    Draft draft;
    auto& entry = draft.answer.entry;
    if (auto const group = page.query.number("group"); group > 0) {
        auto const view = page.desk.queue.view(group);
        if (!view)
            return page.fail(view.error());
        for (auto question = view->questions.rbegin(); question != view->questions.rend(); ++question)
            (question->language == "fr" ? entry.questions_fr : entry.questions_en).push_back(question->text);
    } else if (auto const question = page.query.text("question"); !question.empty()) {
        entry.questions_fr.emplace_back(question);
    }
    draft.answer = staff::Answers::tidied(std::move(draft.answer));
    show_editor(page, draft, {});
}

void post_new(Page& page)
{
    Draft draft;
    draft.answer = typed(page, {});
    if (hint(page, draft))
        return;
    if (draft.answer.entry.questions_fr.empty() && draft.answer.entry.questions_en.empty())
        return complain(page, draft, {{"questions_fr", "fault.empty"}});
    // Before it has an id: until something is saved under one, the form is that of a new answer.
    if (auto const faults = staff::Answers::unstorable(draft.answer); !faults.empty())
        return complain(page, draft, faults);
    auto const id = page.desk.answers.new_id(page.form.text("key"));
    if (!id)
        return page.fail(id.error());
    draft.answer.entry.id = *id;
    save(page, std::move(draft));
}

void get_edit(Page& page)
{
    auto const draft = page.desk.answers.open_answer(page.id);
    if (!draft)
        return page.fail(draft.error());
    page.desk.presence.note(page.id, page.person(), seconds_now());
    std::vector<Fault> shown;
    if (page.query.has("check"))
        if (auto faults = page.desk.answers.faults(draft->answer))
            shown = std::move(*faults);
    show_editor(page, *draft, shown);
}

void post_edit(Page& page)
{
    auto const there = page.desk.answers.open_answer(page.id);
    if (!there)
        return page.fail(there.error());
    page.desk.presence.note(page.id, page.person(), seconds_now());
    Draft draft;
    draft.answer = typed(page, page.id);
    draft.version = page.form.number("version");
    draft.base = page.form.number("base");
    if (hint(page, draft))
        return;
    if (auto const faults = staff::Answers::unstorable(draft.answer); !faults.empty())
        return complain(page, draft, faults);
    save(page, std::move(draft));
}

}  // namespace immunobot::console
