#include "pages/home.hpp"

#include "assets/asset.hpp"
#include "assistant/question.hpp"
#include "pages/texts.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>

namespace immunobot::pages {
namespace {

struct Choice {
    std::string_view value;
    std::string_view label;  // key of a text
};

constexpr std::array<Choice, 3> languages = {{{"auto", "config.language.auto"}, {"fr", "config.language.fr"}, {"en", "config.language.en"}}};
constexpr std::array<Choice, 3> modes = {{{"bubble", "config.mode.bubble"}, {"inline", "config.mode.inline"}, {"link", "config.mode.link"}}};
constexpr std::array<Choice, 2> positions = {{{"right", "config.position.right"}, {"left", "config.position.left"}}};

Place home_of(View const& view)
{
    return {Kind::home, view.language, {}};
}

// What stands in the place of the assistant where no script runs.
void put_plain_form(Html& html, View const& view)
{
    html("<form class=\"ask plain\" method=\"post\" action=\"", link(view, home_of(view), {Kind::ask, view.language, {}}), "\"><input type=\"hidden\" name=\"lang\" value=\"",
         code(view.language), "\"><label for=\"question\">", say("ask.label", view.language), "</label><textarea id=\"question\" name=\"question\" rows=\"3\" required maxlength=\"",
         assistant::longest_question, "\"></textarea><button type=\"submit\">", say("ask.send", view.language), "</button></form>");
}

void put_try(Html& html, View const& view)
{
    html("<section class=\"hero\"><div class=\"words\"><h1>", say("home.title", view.language, {{"house", house_name(view)}}), "</h1>\n<p class=\"lead\">", say("home.lead", view.language), "</p><ul class=\"points\">");
    for (std::string_view const key : {"home.point.facts", "home.point.silence", "home.point.privacy"})
        html("<li>", say(key, view.language), "</li>");
    html("</ul><p class=\"ways\"><a href=\"", link(view, home_of(view), {Kind::ask, view.language, {}}), "\">", say("home.no_script", view.language), "</a></p></div>\n",
         "<div class=\"try\"><immunobot-chat mode=\"inline\" lang=\"", code(view.language), "\">");
    put_plain_form(html, view);
    html("</immunobot-chat></div></section>\n");
}

template <std::size_t N>
void put_choices(Html& html, View const& view, std::string_view name, std::array<Choice, N> const& choices)
{
    html("<fieldset class=\"choices\"><legend>", say("config." + std::string(name), view.language), "</legend>");
    for (auto const& choice : choices) {
        html("<label><input type=\"radio\" name=\"", name, "\" value=\"", choice.value, "\"");
        if (&choice == choices.data())
            html(" checked");
        html("> ", say(choice.label, view.language), "</label>");
    }
    html("</fieldset>\n");
}

// The contact is part of the line, so that it is known even when the server is down.
std::string embed_line(View const& view, Welcome const& welcome)
{
    std::string const language(code(view.language));
    std::string const origin(welcome.origin);
    Html contact;
    if (!welcome.contact.empty())
        contact(" contact-url=\"", welcome.contact, "\"");
    return "<script src=\"" + origin + "/widget.js\" defer></script>\n<immunobot-chat lang=\"" + language + "\"" + std::move(contact).take() + "><a href=\"" + origin + "/ask?lang=" + language +
           "\">" + say("nav.ask", view.language) + "</a></immunobot-chat>";
}

// The script under the name that never stands for other bytes, with their digest.
std::string pinned_line(std::string_view origin)
{
    auto const* widget = assets::find("widget.js");
    return widget ? "<script src=\"" + std::string(origin) + "/" + assets::hashed_name(*widget) + "\" integrity=\"" + std::string(widget->integrity) + "\" crossorigin=\"anonymous\" defer></script>"
                  : std::string();
}

// Filled by the configurator: colours as a rule for the style sheet of the page, for a style attribute would be stopped by a strict policy.
void put_rule(Html& html, View const& view)
{
    html("<div class=\"rule\" hidden><p>", say("embed.rule.text", view.language), "</p><div class=\"code\"><pre tabindex=\"0\" aria-label=\"", say("embed.rule", view.language),
         "\"><code id=\"rule\"></code></pre><button type=\"button\" class=\"copy\" data-copy=\"rule\" data-done=\"", say("copied", view.language), "\" hidden>", say("copy", view.language),
         "</button></div></div>\n");
}

void put_embed(Html& html, View const& view, Welcome const& welcome)
{
    html("<section class=\"embed\" aria-labelledby=\"embed\"><h2 id=\"embed\">", say("embed.title", view.language), "</h2>\n<p>", say("embed.text", view.language),
         "</p>\n<noscript><p>", say("embed.no_script", view.language), "</p></noscript>\n<div class=\"workbench\"><form class=\"configurator\" hidden>\n");
    put_choices(html, view, "language", languages);
    put_choices(html, view, "mode", modes);
    put_choices(html, view, "position", positions);
    html("<div class=\"row\"><label for=\"accent\">", say("config.accent", view.language), "</label><input type=\"color\" id=\"accent\" name=\"accent\" value=\"#0b5577\"></div>\n",
         "<div class=\"row\"><label for=\"radius\">", say("config.radius", view.language), "</label><input type=\"range\" id=\"radius\" name=\"radius\" min=\"0\" max=\"24\" value=\"14\"></div>\n",
         "<div class=\"row\"><label for=\"title\">", say("config.title", view.language), "</label><input id=\"title\" name=\"title\" maxlength=\"60\" autocomplete=\"off\"></div>\n",
         "<button type=\"reset\" class=\"quiet\">", say("config.reset", view.language), "</button></form>\n<div class=\"stage\" data-page=\"",
         link(view, home_of(view), {Kind::preview, view.language, {}}), "\" data-title=\"", say("config.preview", view.language), "\" hidden></div></div>\n");
    html("<div class=\"code\"><pre tabindex=\"0\" aria-label=\"", say("embed.code", view.language), "\"><code id=\"line\" data-link=\"", say("nav.ask", view.language), "\" data-contact=\"", welcome.contact, "\">", embed_line(view, welcome), "</code></pre><button type=\"button\" class=\"copy\" data-copy=\"line\" data-done=\"",
         say("copied", view.language), "\" hidden>", say("copy", view.language), "</button><p class=\"said-copied\" role=\"status\"></p></div>\n");
    put_rule(html, view);
    html("<p class=\"meta\">", say("embed.origin", view.language), "</p>\n<details><summary>", say("embed.pinned", view.language), "</summary><p>", say("embed.pinned.text", view.language),
         "</p><pre tabindex=\"0\" aria-label=\"", say("embed.pinned", view.language), "\"><code>", pinned_line(welcome.origin), "</code></pre></details></section>\n");
}

void put_figure(Html& html, View const& view, std::string_view key, std::size_t n)
{
    html("<div><dt>", say(key, view.language), "</dt><dd>", spoken_number(n, view.language), "</dd></div>");
}

void put_status(Html& html, View const& view, Welcome const& welcome)
{
    auto const& all = view.site.knowledge();
    html("<section aria-labelledby=\"status\"><h2 id=\"status\">", say("status.title", view.language), "</h2>\n<p class=\"state ", welcome.healthy ? std::string_view("well") : std::string_view("ill"), "\">",
         say(welcome.healthy ? "status.well" : "status.ill", view.language), "</p>\n<dl class=\"figures\">");
    put_figure(html, view, "status.facts", all.facts.size());
    put_figure(html, view, "status.entities", all.entities.size());
    put_figure(html, view, "status.sources", all.sources.size());
    html("</dl></section>\n");
}

void put_way(Html& html, std::string const& address, std::string const& name, std::string const& text)
{
    html("<li><a href=\"", address, "\">", name, "</a> <span>", text, "</span></li>\n");
}

void put_ways(Html& html, View const& view, Welcome const& welcome)
{
    auto const here = home_of(view);
    auto const to = [&](Kind kind) { return link(view, here, {kind, view.language, {}}); };
    html("<section aria-labelledby=\"ways\"><h2 id=\"ways\">", say("ways.title", view.language), "</h2>\n<ul class=\"cards\">\n");
    put_way(html, to(Kind::faq), say("faq.title", view.language), say("ways.faq", view.language));
    put_way(html, to(Kind::facts), say("facts.title", view.language), say("ways.facts", view.language));
    put_way(html, to(Kind::ask), say("nav.ask", view.language), say("ways.ask", view.language));
    put_way(html, link(view, here, {Kind::facts, view.language, {}}, "open"), say("open.title", view.language), say("ways.open", view.language));
    if (auto const guides = safe_address(welcome.docs); !guides.empty())
        put_way(html, std::string(guides), say("ways.docs.name", view.language), say("ways.docs", view.language));
    put_way(html, "openapi.json", say("ways.api.name", view.language), say("ways.api", view.language));
    put_way(html, "readyz", say("ways.ready.name", view.language), say("ways.ready", view.language));
    html("</ul></section>\n");
}

std::string site_json_ld(View const& view)
{
    if (!view.addresses.have_base())
        return {};
    auto const faq = view.addresses.for_any_language({Kind::faq, view.language, {}});
    boost::json::object const search{{"@type", "SearchAction"}, {"target", faq + "?q={words}"}, {"query-input", "required name=words"}};
    return boost::json::serialize(boost::json::object{{"@context", "https://schema.org"},
                                                      {"@type", "WebSite"},
                                                      {"name", house_name(view)},
                                                      {"url", view.addresses.absolute(home_of(view))},
                                                      {"inLanguage", code(view.language)},
                                                      {"potentialAction", search}});
}

}  // namespace

std::string home_page(View const& view, Welcome const& welcome)
{
    Html html;
    put_try(html, view);
    put_embed(html, view, welcome);
    put_ways(html, view, welcome);
    put_status(html, view, welcome);
    Head head{home_of(view), say("home.title", view.language, {{"house", house_name(view)}}), say("home.lead", view.language), site_json_ld(view)};
    head.widget = true;
    return document(view, head, html);
}

std::string preview_page(View const& view)
{
    auto const asset = [&](std::string name) { return link(view, {Kind::preview, view.language, {}}, {Kind::asset, view.language, std::move(name)}); };
    Html html;
    html("<!doctype html>\n<html lang=\"", code(view.language), "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
         "<meta name=\"robots\" content=\"noindex\">\n<title>", say("config.preview", view.language), "</title>\n<link rel=\"icon\" type=\"image/svg+xml\" href=\"", asset("icon.svg"), "\">\n<link rel=\"stylesheet\" href=\"", asset("pages.css"),
         "\">\n<script src=\"widget.js\" defer></script>\n</head>\n<body class=\"mock\">\n<main>\n<h1>", say("preview.title", view.language), "</h1>\n<p>", say("preview.text", view.language),
         "</p>\n<immunobot-chat lang=\"", code(view.language), "\" persist=\"none\"></immunobot-chat>\n</main>\n</body>\n</html>\n");
    return std::move(html).take();
}

std::string files_home_page(View const& view)
{
    Html html;
    html("<h1>", house_name(view), "</h1>\n<ul class=\"cards\">\n");
    for (auto const language : view.addresses.languages()) {
        auto const there = in(view, language);
        for (auto const kind : {Kind::faq, Kind::facts})
            html("<li lang=\"", code(language), "\"><a hreflang=\"", code(language), "\" href=\"", link(there, home_of(view), {kind, language, {}}), "\">", say(kind == Kind::faq ? "faq.title" : "facts.title", language),
                 "</a> <span>", say(kind == Kind::faq ? "ways.faq" : "ways.facts", language), "</span></li>\n");
    }
    html("</ul>\n");
    return document(view, {home_of(view), house_name(view), say("files.description", view.language, {{"house", house_name(view)}})}, html);
}

}  // namespace immunobot::pages
