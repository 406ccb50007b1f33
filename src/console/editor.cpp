#include "console/parts.hpp"
#include "console/routes.hpp"
#include "base/date.hpp"
#include "staff/links.hpp"
#include "staff/merging.hpp"
#include "text/form_fields.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

using knowledge::Answer;
using knowledge::Draft;
using staff::Fault;

constexpr std::size_t shown_characters = 100;   // of an answer that has a wording already

std::string joined(std::vector<std::string> const& lines)
{
    std::string out;
    for (auto const& line : lines)
        out += line + '\n';
    return out;
}

class Editor {
public:
    Editor(Html& html, Page const& page, std::vector<Fault> const& faults) : html_(html), page_(page), faults_(faults) {}

    void put_texts(Draft const& draft)
    {
        auto const& entry = draft.answer.entry;
        bool const of_fact = staff::is_of_fact(entry.id);
        html_("<div class=\"sides\">");
        for (auto const language : {Language::fr, Language::en}) {
            std::string const code(immunobot::code(language));
            html_("<section><h2>", pages::say("console.language.name", language), "</h2>");
            area("questions_" + code, joined(language == Language::fr ? entry.questions_fr : entry.questions_en), "help.wordings", code, 5, 0);
            if (!of_fact)
                area("answer_" + code, entry.answer.in(language), "help.answer", code, 7, staff::longest_answer_text);
            html_("</section>");
        }
        html_("</div>\n");
    }

    // Of a fact, none: they stand in its row.
    void put_fields(Draft const& draft)
    {
        auto const& entry = draft.answer.entry;
        if (staff::is_of_fact(entry.id))
            return;
        html_("<div class=\"fields\">");
        choice("entity", entry.entity, entities());
        choice("source", entry.source, sources());
        day("valid_to", entry.valid_to);
        day("review_by", entry.review_by);
        audience(draft.answer.staff_only);
        html_("</div>\n");
    }

private:
    using Choices = std::vector<std::pair<std::string, std::string>>;

    std::string_view fault(std::string_view field) const
    {
        auto const found = std::ranges::find(faults_, field, &Fault::field);
        return found == faults_.end() ? std::string_view() : std::string_view(found->what);
    }

    void begin(std::string_view field, std::string_view help)
    {
        html_("<p class=\"entry\"><label for=\"", field, "\">", page_.say("field." + std::string(field)), "</label><span class=\"meta\" id=\"", field, "-help\">", page_.say(help), "</span>");
        if (auto const what = fault(field); !what.empty())
            html_("<strong class=\"fault\" id=\"", field, "-fault\">", page_.say(what), "</strong>");
    }

    void describe(std::string_view field)
    {
        html_(" aria-describedby=\"", field, "-help");
        if (!fault(field).empty())
            html_(" ", field, "-fault\" aria-invalid=\"true");
        html_("\"");
    }

    void area(std::string const& field, std::string const& text, std::string_view help, std::string_view language, int rows, std::size_t longest)
    {
        begin(field, help);
        html_("<textarea id=\"", field, "\" name=\"", field, "\" lang=\"", language, "\" rows=\"", rows, "\"");
        if (longest > 0)
            html_(" maxlength=\"", longest, "\" data-count");
        describe(field);
        html_(">\n", text, "</textarea></p>");
    }

    void choice(std::string const& field, std::string const& chosen, Choices const& choices)
    {
        begin(field, "help." + field);
        html_("<select id=\"", field, "\" name=\"", field, "\"");
        describe(field);
        html_("><option value=\"\">", page_.say("none." + field), "</option>");
        for (auto const& [id, name] : choices) {
            html_("<option value=\"", id, "\"");
            if (id == chosen)
                html_(" selected");
            html_(">", name, "</option>");
        }
        html_("</select></p>");
    }

    void day(std::string const& field, std::string const& value)
    {
        begin(field, "help." + field);
        html_("<input id=\"", field, "\" name=\"", field, "\" inputmode=\"numeric\" maxlength=\"10\" placeholder=\"2027-12-31\" value=\"", value, "\"");
        describe(field);
        html_("></p>");
    }

    void audience(bool staff_only)
    {
        html_("<fieldset class=\"entry\"><legend>", page_.say("field.audience"), "</legend>");
        for (bool const staff : {false, true}) {
            html_("<label class=\"check\"><input type=\"radio\" name=\"audience\" value=\"", staff ? std::string_view("staff") : std::string_view("public"), "\"");
            if (staff == staff_only)
                html_(" checked");
            html_("> ", page_.say(staff ? "audience.staff" : "audience.public"), "</label>");
        }
        html_("</fieldset>");
    }

    Choices entities()
    {
        Choices out;
        if (auto const all = page_.desk.answers.entities())
            for (auto const& one : *all)
                out.emplace_back(one.id, one.name.in(page_.language));
        return out;
    }

    Choices sources()
    {
        Choices out;
        if (auto const all = page_.desk.answers.sources())
            for (auto const& one : *all)
                out.emplace_back(one.id, one.title);
        return out;
    }

    Html& html_;
    Page const& page_;
    std::vector<Fault> const& faults_;
};

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
        html("<li><a href=\"#", fault.field, "\">", page.say("field." + fault.field), "</a> : ", page.say(fault.what), "</li>");
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

// The beginning of what is said by an answer.
std::string title_of(Page const& page, std::string const& id)
{
    auto const found = page.desk.search.one(id);
    if (!found || !*found)
        return id;
    auto const& text = (*found)->answer.in(page.language);
    auto const first = text::prefix(text, shown_characters);
    return std::string(first) + (first.size() < text.size() ? "\xE2\x80\xA6" : "");
}

// What is doubtful about the addresses in both texts; nothing where there are none.
void put_links(Html& html, Page const& page, Answer const& answer)
{
    auto const sources = page.desk.answers.sources();
    if (!sources)
        return;
    auto const links = staff::links_of(answer.entry.answer.fr + '\n' + answer.entry.answer.en, *sources);
    if (links.empty())
        return;
    if (std::ranges::all_of(links, &std::string::empty, &staff::Link::fault)) {
        html("<p>", page.say("link.well"), "</p>");
        return;
    }
    html("<p class=\"fault\">", page.say("link.doubtful"), "</p><ul>");
    for (auto const& link : links)
        if (!link.fault.empty())
            html("<li><code>", link.address, "</code> : ", page.say(link.fault), "</li>");
    html("</ul>");
}

// What is known of the wordings while they are written: the check before publishing knows it exactly, and takes longer.
void put_hints(Html& html, Page const& page, Answer const& answer)
{
    put_links(html, page, answer);
    auto wordings = answer.entry.questions_fr;
    wordings.insert(wordings.end(), answer.entry.questions_en.begin(), answer.entry.questions_en.end());
    if (wordings.empty())
        return;
    auto const taken = page.desk.answers.taken(answer);
    if (taken.empty()) {
        html("<p>", page.say("hints.free"), "</p>");
    } else {
        html("<p class=\"fault\">", page.say("hints.taken"), "</p><ul>");
        for (auto const& one : taken)
            html("<li><q>", one.wording, "</q> \xE2\x86\x92 <a href=\"", address("answer", one.answer), "\">", title_of(page, one.answer), "</a></li>");
        html("</ul>");
    }
    auto const waiting = page.desk.queue.alike(wordings);
    if (!waiting || waiting->empty()) {
        html("<p>", page.say("hints.none-waiting"), "</p>");
        return;
    }
    html("<p>", page.say("hints.waiting"), "</p><ul>");
    for (auto const& group : *waiting)
        html("<li><a href=\"", address("question", group.id), "\"><q lang=\"", group.language, "\">", group.question, "</q></a> (", pages::count("console.times", static_cast<std::size_t>(group.count), page.language), ")</li>");
    html("</ul>");
}

// What a colleague has saved meanwhile, and what became of both.
struct Conflict {
    Draft theirs;
    std::vector<staff::MergedField> fields;
};

// `with_hints`: what is known of the wordings, for who has no script that asks for it.
void show_editor(Page& page, Draft const& draft, std::vector<Fault> const& faults, Conflict const* conflict = nullptr, bool with_hints = false)
{
    auto const& id = draft.answer.entry.id;
    bool const fresh = id.empty();
    auto const& title = page.say(fresh ? "editor.new" : "editor.title");
    Html main;
    main("<h1>", title, "</h1>\n");
    if (!fresh)
        main("<p class=\"meta\">", id, " \xC2\xB7 ", page.say(draft.version > 0 ? "state." + draft.state : std::string("state.published")), "</p>\n");
    put_colleague(main, page, draft);
    put_summary(main, page, faults);
    if (conflict)
        put_conflict(main, page, conflict->fields, conflict->theirs.author, conflict->theirs.saved_at);
    page.begin_form(main, fresh ? "/console/new" : address("edit", id), "editor kept");
    main("<input type=\"hidden\" name=\"version\" value=\"", draft.version, "\"><input type=\"hidden\" name=\"base\" value=\"", draft.base,
         "\"><input type=\"hidden\" name=\"group\" value=\"", page.request.post ? page.form.text("group") : page.query.text("group"), "\">");
    // What the form began with, for when a colleague has saved meanwhile.
    if (!fresh)
        main("<input type=\"hidden\" name=\"was\" value=\"", conflict ? to_json(conflict->theirs.answer) : page.request.post ? std::string(page.form.text("was")) : to_json(draft.answer), "\">");
    Editor fields(main, page, faults);
    fields.put_texts(draft);
    main("<div id=\"hints\" class=\"hints\" role=\"status\">");
    if (with_hints)
        put_hints(main, page, draft.answer);
    main("</div>\n");
    fields.put_fields(draft);
    main("<div class=\"actions\"><button type=\"submit\" name=\"then\" value=\"publish\">", page.say("editor.check"), "</button><button type=\"submit\" class=\"quiet\" name=\"then\" value=\"stay\">",
         page.say("editor.save"), "</button><button type=\"submit\" class=\"quiet\" name=\"then\" value=\"hints\" formnovalidate>", page.say("editor.hints"), "</button><button type=\"submit\" class=\"quiet\" name=\"then\" value=\"preview\" formnovalidate>", page.say("editor.preview"), "</button><span id=\"saved\" class=\"meta\" role=\"status\"></span></div></form>\n");
    if (draft.version > 0) {
        main("<div class=\"actions\">");
        page.begin_form(main, address("discard", id), "inline");
        main("<input type=\"hidden\" name=\"version\" value=\"", draft.version, "\">");
        page.button(main, "editor.discard", "quiet");
        main("</form></div>\n");
    }
    if (page.request.post && page.form.text("then") == "preview")
        put_previews(main, page, draft.answer);
    page.show(title, main);
}

// Saved: back to the editor, or on to what publishing would change. The script gets the version, and in the next line what the form
// begins with from now on.
void go_on(Page& page, Answer const& answer, std::int64_t version)
{
    auto const& id = answer.entry.id;
    if (page.form.text("then") == "auto") {
        page.response.type = "text/plain; charset=utf-8";
        page.response.body = std::to_string(version) + '\n' + to_json(answer);
        return;
    }
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

void save(Page& page, Draft draft)
{
    if (auto const faults = staff::Answers::unstorable(draft.answer); !faults.empty()) {
        page.response.status = 422;
        return show_editor(page, draft, faults);
    }
    auto const version = page.desk.answers.save(page.person(), draft);
    if (version)
        return go_on(page, draft.answer, *version);
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
    auto const& entry = draft.answer.entry;
    auto const& first = !entry.questions_fr.empty() ? entry.questions_fr[0] : !entry.questions_en.empty() ? entry.questions_en[0] : std::string();
    if (first.empty()) {
        page.response.status = 422;
        return show_editor(page, draft, {{"questions_fr", "fault.empty"}});
    }
    auto const id = page.desk.answers.new_id(first);
    if (!id)
        return page.fail(id.error());
    draft.answer.entry.id = *id;
    save(page, std::move(draft));
}

void get_edit(Page& page)
{
    auto const draft = page.desk.answers.open(page.id);
    if (!draft)
        return page.fail(draft.error());
    page.desk.presence.note(page.id, page.person(), seconds_now());
    show_editor(page, *draft, {});
}

void post_edit(Page& page)
{
    auto const there = page.desk.answers.open(page.id);
    if (!there)
        return page.fail(there.error());
    page.desk.presence.note(page.id, page.person(), seconds_now());
    Draft draft;
    draft.answer = typed(page, page.id);
    draft.version = page.form.number("version");
    draft.base = page.form.number("base");
    if (hint(page, draft))
        return;
    save(page, std::move(draft));
}

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
        auto const& questions = entry.questions_fr.empty() ? entry.questions_en : entry.questions_fr;
        bool const of_rows = !draft.answer.table.empty();
        main("<li class=\"row\"><h2><a href=\"", address(of_rows ? "sheet" : "edit", entry.id), "\">", questions.empty() ? entry.id : questions[0], "</a></h2><p class=\"meta\"><span class=\"tag\">",
             page.say("state." + draft.state), "</span> ", draft.author, ", ", page.ago(draft.saved_at));
        if (draft.publish_at > 0)
            main(" \xC2\xB7 ", page.say("scheduled-for", {{"when", page.time(draft.publish_at)}}));
        main(" \xC2\xB7 <a href=\"", address(of_rows ? "sheet" : "publish", entry.id), "\">", page.say("drafts.check"), "</a></p></li>\n");
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
