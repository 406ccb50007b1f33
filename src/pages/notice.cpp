#include "pages/notice.hpp"

#include "pages/texts.hpp"

namespace immunobot::pages {
namespace {

std::string_view family(int status)
{
    switch (status) {
        case 404:
        case 405: return "notice.404";
        case 429: return "notice.429";
        case 413: return "notice.413";
        default: return status >= 500 ? "notice.5xx" : "notice.4xx";
    }
}

}  // namespace

std::string notice_page(View const& view, Place const& here, int status, unsigned wait)
{
    std::string const key(family(status));
    Html html;
    html("<h1>", say(key, view.language), "</h1>\n<p class=\"lead\">", say(key + ".text", view.language), "</p>\n");
    if (wait > 0)
        html("<p>", count("notice.wait", wait, view.language), "</p>\n");
    html("<ul class=\"links\"><li><a href=\"", link(view, here, {Kind::ask, view.language, {}}), "\">", say("nav.ask", view.language), "</a></li><li><a href=\"", link(view, here, {Kind::faq, view.language, {}}), "\">", say("faq.title", view.language), "</a></li><li><a href=\"",
         link(view, here, {Kind::facts, view.language, {}}), "\">", say("facts.title", view.language), "</a></li></ul>\n");
    Head head{here, say(key, view.language) + " - " + house_name(view), say(key + ".text", view.language)};
    head.indexed = false;
    return document(view, head, html);
}

}  // namespace immunobot::pages
