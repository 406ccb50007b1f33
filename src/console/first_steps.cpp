// What to do first, for whoever is new: on the first page until that is done or put away, and always on a page of its own.
#include "staff/first_steps.hpp"

#include "console/parts.hpp"
#include "console/routes.hpp"

namespace immunobot::console {
namespace {

void put_step(Html& html, Page const& page, std::string const& key, std::string_view address, bool done)
{
    html("<li><a href=\"", address, "\">", page.say("first." + key), "</a> ");
    if (done)
        html("<strong class=\"tag\">", page.say("first.done"), "</strong> ");
    html("<span class=\"meta\">", page.say("first." + key + ".how"), "</span></li>\n");
}

void put_steps(Html& html, Page const& page, staff::FirstSteps const& steps)
{
    html("<p>", page.say("first.lead"), "</p>\n<ol class=\"steps\">\n");
    put_step(html, page, "look-up", "/console#q", steps.looked_up);
    put_step(html, page, "try", "/console/test", steps.tried);
    if (page.may(staff::Role::answerer)) {
        put_step(html, page, "write", "/console/questions", steps.wrote);
        put_step(html, page, page.may(staff::Role::editor) ? "publish" : "review", "/console/drafts", steps.handed_on);
    }
    html("</ol>\n");
}

void put_choice(Html& html, Page const& page, bool away)
{
    page.begin_form(html, "/console/first-steps", "inline");
    html("<input type=\"hidden\" name=\"away\" value=\"", away ? 0 : 1, "\">");
    page.button(html, away ? "first.again" : "first.away", "quiet small");
    html("</form>\n");
}

}  // namespace

void put_first_steps(Html& html, Page const& page)
{
    auto const steps = staff::first_steps(page.desk.store, page.person());
    if (!steps || steps->away || all_done(*steps, page.person().role))
        return;
    html("<section class=\"first-steps\" aria-labelledby=\"first-steps\"><h2 id=\"first-steps\">", page.say("first.title"), "</h2>\n");
    put_steps(html, page, *steps);
    put_choice(html, page, false);
    html("</section>\n");
}

void get_first_steps(Page& page)
{
    auto const steps = staff::first_steps(page.desk.store, page.person());
    if (!steps)
        return page.fail(steps.error());
    Html main;
    main("<h1>", page.say("first.title"), "</h1>\n");
    put_steps(main, page, *steps);
    if (steps->away)
        put_choice(main, page, true);
    page.show(page.say("first.title"), main);
}

void post_first_steps(Page& page)
{
    bool const away = page.form.text("away") == "1";
    if (auto const put = staff::put_first_steps_away(page.desk.store, page.person(), away); !put)
        return page.fail(put.error());
    page.go("/console", away ? "first-away" : std::string_view());
}

}  // namespace immunobot::console
