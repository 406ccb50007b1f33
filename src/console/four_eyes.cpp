// What whoever wrote a draft last sees in place of publishing it, where four eyes have to see it.
#include "console/parts.hpp"

namespace immunobot::console {
namespace {

void put_alone(Html& html, Page const& page, knowledge::Draft const& draft, std::string_view kind, bool blocked)
{
    auto const& id = draft.answer.entry.id;
    page.begin_form(html, address(kind, id), "card");
    html("<input type=\"hidden\" name=\"version\" value=\"", draft.version, "\"><input type=\"hidden\" name=\"alone\" value=\"yes\">");
    if (auto const group = page.request.post ? page.form.text("group") : page.query.text("group"); !group.empty())
        html("<input type=\"hidden\" name=\"group\" value=\"", group, "\">");
    if (blocked)
        html("<input type=\"hidden\" name=\"despite\" value=\"yes\">");
    html("<p><label for=\"why\">", page.say(blocked ? "publish.alone-why-despite" : "publish.alone-why"), "</label><input id=\"why\" name=\"why\" maxlength=\"300\" required></p>");
    page.button(html, blocked ? "publish.alone-despite" : "publish.alone", "quiet");
    html("</form>\n");
}

}  // namespace

staff::Alone alone_in(Form const& form)
{
    return form.text("alone") == "yes" ? staff::Alone::with_reason : staff::Alone::no;
}

bool waits_for_another(Page const& page, knowledge::Draft const& draft)
{
    auto const needed = staff::needs_another(page.desk.store, page.person(), draft);
    return needed && *needed;
}

void put_for_another(Html& html, Page const& page, knowledge::Draft const& draft, bool blocked)
{
    bool const of_rows = !draft.answer.table.empty();
    html("<p class=\"verdict\">", page.say("publish.for-another"), "</p>\n");
    if (draft.state != "review") {
        html("<div class=\"actions\">");
        page.begin_form(html, address(of_rows ? "sheet-review" : "review", draft.answer.entry.id), "inline");
        html("<input type=\"hidden\" name=\"version\" value=\"", draft.version, "\">");
        page.button(html, "publish.review");
        html("</form></div>\n");
    }
    if (page.may(staff::Role::admin))
        put_alone(html, page, draft, of_rows ? "sheet" : "publish", blocked);
}

}  // namespace immunobot::console
