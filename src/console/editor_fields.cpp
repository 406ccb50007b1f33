#include "console/editor.hpp"
#include "console/parts.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

using knowledge::Draft;
using staff::Fault;

std::string joined(std::vector<std::string> const& lines)
{
    std::string out;
    for (auto const& line : lines)
        out += line + '\n';
    return out;
}

class EditorFields {
public:
    EditorFields(Html& html, Page const& page, std::vector<Fault> const& faults) : html_(html), page_(page), faults_(faults) {}

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

    Fault const* fault(std::string_view field) const
    {
        auto const found = std::ranges::find(faults_, field, &Fault::field);
        return found == faults_.end() ? nullptr : &*found;
    }

    void begin(std::string_view field, std::string_view help)
    {
        html_("<p class=\"entry\"><label for=\"", field, "\">", page_.say("field." + std::string(field)), "</label><span class=\"meta\" id=\"", field, "-help\">", page_.say(help), "</span>");
        if (auto const* found = fault(field))
            html_("<strong class=\"fault\" id=\"", field, "-fault\">", fault_text(page_, *found), "</strong>");
    }

    void describe(std::string_view field)
    {
        html_(" aria-describedby=\"", field, "-help");
        if (fault(field))
            html_(" ", field, "-fault\" aria-invalid=\"true");
        html_("\"");
    }

    void area(std::string const& field, std::string const& text, std::string_view help, std::string_view language, int rows, std::size_t longest)
    {
        begin(field, help);
        html_("<textarea id=\"", field, "\" name=\"", field, "\" lang=\"", language, "\" rows=\"", rows, "\"");
        if (longest > 0)
            html_(" data-count=\"", longest, "\"");   // what is too long is let in, and said: a browser would cut it without a word
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
        html_("<input id=\"", field, "\" name=\"", field, "\" placeholder=\"", page_.say("day.example"), "\" value=\"", value, "\"");
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

}  // namespace

std::string fault_text(Page const& page, Fault const& fault)
{
    return page.say(fault.what) + (fault.where.empty() ? std::string() : ' ' + page.say(fault.what + ".where", {{"word", fault.where}}));
}

void put_editor_texts(Html& html, Page const& page, Draft const& draft, std::vector<Fault> const& faults)
{
    EditorFields(html, page, faults).put_texts(draft);
}

void put_editor_fields(Html& html, Page const& page, Draft const& draft, std::vector<Fault> const& faults)
{
    EditorFields(html, page, faults).put_fields(draft);
}

}  // namespace immunobot::console
