#include "pages/layout.hpp"

#include "pages/open_data.hpp"
#include "pages/texts.hpp"
#include "pages/typography.hpp"

#include <algorithm>

namespace immunobot::pages {
namespace {

void put_alternates(Html& html, View const& view, Place const& here)
{
    auto const put = [&](std::string_view language, std::string const& address) {
        html("<link rel=\"alternate\" hreflang=\"", language, "\" href=\"", address, "\">\n");
    };
    html("<link rel=\"canonical\" href=\"", view.addresses.absolute(here), "\">\n");
    for (auto const language : view.addresses.languages())
        put(code(language), view.addresses.absolute({here.kind, language, here.id}));
    put("x-default", view.addresses.for_any_language(here));
}

void put_head(Html& html, View const& view, Head const& head)
{
    auto const asset = [&](std::string name) { return link(view, head.here, {Kind::asset, view.language, std::move(name)}); };
    html("<!doctype html>\n<html lang=\"", code(view.language), "\">\n<head>\n<meta charset=\"utf-8\">\n",
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>", typeset(head.title, view.language), "</title>\n",
         "<meta name=\"description\" content=\"", head.description, "\">\n");
    if (!head.indexed)
        html("<meta name=\"robots\" content=\"noindex\">\n");
    else if (view.addresses.have_base())   // search engines take full addresses only
        put_alternates(html, view, head.here);
    html("<link rel=\"icon\" type=\"image/svg+xml\" href=\"", asset("icon.svg"), "\">\n",
         "<link rel=\"stylesheet\" href=\"", asset("pages.css"), "\">\n",
         "<script src=\"", asset("pages.js"), "\" defer></script>\n");
    if (head.widget)
        html("<script src=\"widget.js\" defer></script>\n");
    if (!head.json_ld.empty())
        html("<script type=\"application/ld+json\">").json(head.json_ld)("</script>\n");
    html("</head>\n");
}

bool is_within(Kind section, Kind here)
{
    return section == here || (section == Kind::faq && here == Kind::topic) || (section == Kind::facts && here == Kind::entity) ||
           (section == Kind::ask && (here == Kind::feedback || here == Kind::forget));
}

void put_section(Html& html, View const& view, Head const& head, Kind section, std::string_view name)
{
    html("<li><a href=\"", link(view, head.here, {section, view.language, {}}), "\"");
    if (section == head.here.kind)
        html(" aria-current=\"page\"");
    else if (is_within(section, head.here.kind))
        html(" aria-current=\"true\"");
    html(">", say(name, view.language), "</a></li>");
}

// Where the page in the other language is. Pages that answer a form, and those that there are not, have none.
Place counterpart(Place const& here, Language language)
{
    switch (here.kind) {
        case Kind::feedback:
        case Kind::forget: return {Kind::ask, language, {}};
        case Kind::none: return {Kind::home, language, {}};
        default: return {here.kind, language, here.id};
    }
}

void put_language_switch(Html& html, View const& view, Head const& head)
{
    auto const language = other(view.language);
    html("<a class=\"language\" lang=\"", code(language), "\" hreflang=\"", code(language), "\" href=\"", link(view, head.here, counterpart(head.here, language)), "\">",
         say("language.name", language), "</a>");
}

void put_top(Html& html, View const& view, Head const& head)
{
    html("<a class=\"skip\" href=\"#main\">", say("skip", view.language), "</a>\n<header class=\"top\"><div class=\"bar\">",
         "<a class=\"brand\" href=\"", link(view, head.here, {Kind::home, view.language, {}}),
         "\"><span class=\"mark\" aria-hidden=\"true\"></span><span class=\"brand-name\">", house_name(view), "</span></a>",
         "<nav aria-label=\"", say("nav.label", view.language), "\"><ul>");
    if (!view.addresses.are_files())
        put_section(html, view, head, Kind::ask, "nav.ask");
    put_section(html, view, head, Kind::faq, "nav.faq");
    put_section(html, view, head, Kind::facts, "nav.facts");
    html("</ul></nav>");
    if (view.addresses.languages().size() > 1)
        put_language_switch(html, view, head);
    html("</div></header>\n");
}

void put_foot(Html& html, View const& view, Head const& head)
{
    html("<footer class=\"foot\"><div class=\"bar\"><p>", say("foot.robot", view.language), "</p><p>", health_notice(view),
         "</p><p>", say("foot.licence", view.language), " <a href=\"", licence_address, "\" rel=\"license noopener noreferrer\">", licence_name,
         "</a>. ", say("foot.data", view.language));
    for (auto const& form : data_forms())
        html(" <a href=\"", link(view, head.here, {Kind::data, view.language, std::string(form.name)}), "\">", form.label, "</a>");
    html("</p></div></footer>\n");
}

// ", checked on 3 May 2026", ", published in 2014".
void put_when(Html& html, std::string_view key, std::string const& date, Language language)
{
    auto const known = parse_date(date);
    html(", ", say(key, language), " ", say(known && known->day != 0 ? "date.on" : "date.in", language), " ");
    put_date(html, date, language);
}

}  // namespace

View in(View const& view, Language language)
{
    return {view.site, view.addresses, language};
}

std::string document(View const& view, Head const& head, Html const& main)
{
    Html html;
    put_head(html, view, head);
    html("<body>\n");
    put_top(html, view, head);
    html("<main id=\"main\" tabindex=\"-1\">\n", main, "</main>\n");
    put_foot(html, view, head);
    html("</body>\n</html>\n");
    return std::move(html).take();
}

std::string link(View const& view, Place const& here, Place to)
{
    return view.addresses.link(here, to);
}

std::string link(View const& view, Place const& here, Place to, std::string_view anchor)
{
    bool const same = to.kind == here.kind && to.id == here.id && to.language == here.language;
    return (same ? std::string() : view.addresses.link(here, to)).append("#").append(anchor);
}

std::string house_name(View const& view)
{
    auto const* house = view.site.house();
    return house ? name_of(*house, view.language) : say("house.none", view.language);
}

std::string health_notice(View const& view)
{
    auto const& notice = view.site.standing().notice.in(view.language);
    auto const& emergency = view.site.standing().emergency.in(view.language);
    auto const first = notice.empty() ? say("foot.medical", view.language) : typeset(notice, view.language);
    return first + (emergency.empty() ? "" : " ") + typeset(emergency, view.language);
}

std::string name_of(Entity const& entity, Language language)
{
    return typeset(entity.name.in(language), language);
}

void put_anchor(Html& html, View const& view, std::string_view id, std::string_view title)
{
    html("<a class=\"anchor\" href=\"#", id, "\" aria-label=\"", say("anchor", view.language, {{"title", std::string(title)}}), "\">#</a>");
}

void put_date(Html& html, std::string_view date, Language language)
{
    if (!parse_date(date)) {
        html(date);
        return;
    }
    html("<time datetime=\"", date, "\">", spoken_date(date, language), "</time>");
}

void put_source(Html& html, knowledge::Source const& source, Language language)
{
    html("<span class=\"label\">", say("source.label", language), "</span> ");
    auto const address = safe_address(source.url);
    if (address.empty())
        html("<cite>", typeset(source.title, language), "</cite>");
    else
        html("<cite><a href=\"", address, "\" rel=\"noopener noreferrer\">", typeset(source.title, language), "</a></cite>");
    if (!source.publisher.empty() && source.publisher != source.title)
        html(", ", typeset(source.publisher, language));
    if (!source.published.empty())
        put_when(html, "source.published", source.published, language);
    if (!source.seen.empty())
        put_when(html, "source.checked", source.seen, language);
}

}  // namespace immunobot::pages
