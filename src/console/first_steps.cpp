// What to do first, for whoever is new: on the first page while nobody has published anything, and always on a page of its own.
#include "staff/first_steps.hpp"

#include "console/parts.hpp"
#include "console/routes.hpp"

namespace immunobot::console {
namespace {

constexpr std::string_view away_cookie = "immunobot-first-steps";   // nothing but how somebody likes the first page

bool is_away(Page const& page)
{
    return cookie(page.request.cookies, away_cookie) == "away";
}

void put_step(Html& html, Page const& page, std::string const& key, std::string_view address, bool done)
{
    html("<li><a href=\"", address, "\">", page.say("first." + key), "</a> ");
    if (done)
        html("<strong class=\"tag\">", page.say("first.done"), "</strong> ");
    html("<span class=\"meta\">", page.say("first." + key + ".how"), "</span></li>\n");
}

void put_steps(Html& html, Page const& page)
{
    auto const steps = staff::first_steps(page.desk.store, page.person());
    if (!steps)
        return;
    html("<p>", page.say("first.lead"), "</p>\n<ol class=\"steps\">\n");
    put_step(html, page, "look-up", "/console#q", steps->looked_up);
    put_step(html, page, "try", "/console/test", steps->tried);
    if (page.may(staff::Role::answerer)) {
        put_step(html, page, "write", "/console/questions", steps->wrote);
        put_step(html, page, page.may(staff::Role::editor) ? "publish" : "review", "/console/drafts", steps->handed_on);
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
    if (is_away(page))
        return;
    auto const published = staff::anything_published(page.desk.store);
    if (!published || *published)
        return;
    html("<section class=\"first-steps\" aria-labelledby=\"first-steps\"><h2 id=\"first-steps\">", page.say("first.title"), "</h2>\n");
    put_steps(html, page);
    put_choice(html, page, false);
    html("</section>\n");
}

void get_first_steps(Page& page)
{
    Html main;
    main("<h1>", page.say("first.title"), "</h1>\n");
    put_steps(main, page);
    if (is_away(page))
        put_choice(main, page, true);
    page.show(page.say("first.title"), main);
}

void post_first_steps(Page& page)
{
    bool const away = page.form.text("away") == "1";
    page.response.cookies.push_back(std::string(away_cookie) + (away ? "=away; Max-Age=31536000" : "=; Max-Age=0") + "; Path=/console; HttpOnly; SameSite=Strict" + (page.request.https ? "; Secure" : ""));
    page.go("/console", away ? "first-away" : std::string_view());
}

}  // namespace immunobot::console
