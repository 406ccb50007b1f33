#include "console/page.hpp"

#include "assets/asset.hpp"
#include "base/date.hpp"
#include "base/local_time.hpp"
#include "console/failure.hpp"
#include "console/help.hpp"
#include "console/parts.hpp"
#include "console/routes.hpp"
#include "text/form_fields.hpp"

#include <charconv>
#include <cstdio>

namespace immunobot::console {
namespace {

std::string asset(std::string_view name)
{
    auto const* found = assets::find(name);
    return found ? "/assets/" + assets::hashed_name(*found) : "/assets/" + std::string(name);
}

void put_head(Html& html, Page const& page, std::string const& title)
{
    html("<!doctype html>\n<html lang=\"", code(page.language), "\">\n<head>\n<meta charset=\"utf-8\">\n",
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n",
         "<meta name=\"robots\" content=\"noindex\">\n",
         // Without it browsers would not say where a form comes from.
         "<meta name=\"referrer\" content=\"same-origin\">\n<title>", title, " \xC2\xB7 ", page.say("name"), "</title>\n",
         "<link rel=\"icon\" type=\"image/svg+xml\" href=\"", asset("icon.svg"), "\">\n<link rel=\"stylesheet\" href=\"", asset("pages.css"), "\">\n",
         "<link rel=\"stylesheet\" href=\"", asset("console.css"), "\">\n<script src=\"", asset("console.js"), "\" defer></script>\n");
    if (page.has_charts)
        html("<script src=\"", asset("chart.js"), "\" defer></script>\n<script src=\"", asset("console-charts.js"), "\" defer></script>\n");
    html("</head>\n");
}

void put_link(Html& html, Page const& page, std::string_view path, std::string_view key)
{
    html("<li><a href=\"", path, "\"");
    if (page.request.path == path)
        html(" aria-current=\"page\"");
    html(">", page.say(key), "</a></li>");
}

void put_account(Html& html, Page const& page)
{
    html("<div class=\"account\">");
    page.begin_form(html, "/console/language", "inline");
    auto const there = other(page.language);
    html("<input type=\"hidden\" name=\"lang\" value=\"", code(there), "\"><input type=\"hidden\" name=\"to\" value=\"", page.request.path,
         "\"><button class=\"bare\" type=\"submit\" lang=\"", code(there), "\">", pages::say("console.language.name", there), "</button></form>");
    if (page.visit) {
        html("<a class=\"help-here\" href=\"", help_address(page.request.path), "\" aria-label=\"", page.say("help.here"), "\" title=\"", page.say("help.here"), "\">?</a>");
        html("<a class=\"who\" data-who=\"", page.person().email, "\" href=\"/console/me\">", page.person().name, " (", page.say("role." + std::string(staff::name(page.person().role))), ")</a>");
        page.begin_form(html, "/console/sign-out", "inline");
        html("<button class=\"bare\" type=\"submit\">", page.say("sign-out"), "</button></form>");
    }
    html("</div>");
}

void put_top(Html& html, Page const& page)
{
    html("<body>\n<a class=\"skip\" href=\"#main\">", pages::say("skip", page.language), "</a>\n<header class=\"top\"><div class=\"bar\">",
         "<a class=\"brand\" href=\"/console\"><span class=\"mark\" aria-hidden=\"true\"></span><span class=\"brand-name\">", page.say("name"), "</span></a>");
    if (page.visit) {
        html("<nav aria-label=\"", pages::say("nav.label", page.language), "\"><ul>");
        put_link(html, page, "/console", "nav.home");
        put_link(html, page, "/console/test", "test.title");
        put_link(html, page, "/console/message", "nav.message");
        if (page.may(staff::Role::answerer)) {
            put_link(html, page, "/console/questions", "nav.questions");
            put_link(html, page, "/console/drafts", "nav.drafts");
        }
        put_link(html, page, "/console/table/facts", "nav.tables");
        put_link(html, page, "/console/review", "nav.review");
        if (page.may(staff::Role::answerer))
            put_link(html, page, "/console/charts", "nav.charts");
        put_link(html, page, "/console/changes", "nav.changes");
        if (page.may(staff::Role::editor))
            put_link(html, page, "/console/letters", "nav.letters");
        if (page.may(staff::Role::admin)) {
            put_link(html, page, "/console/accounts", "nav.accounts");
            put_link(html, page, "/console/settings", "nav.settings");
            put_link(html, page, "/console/audit", "nav.audit");
        }
        put_link(html, page, "/console/help", "nav.help");
        html("</ul></nav>");
    }
    put_account(html, page);
    html("</div></header>\n");
}

// Only keys that have a text: nothing that came with the address is shown.
void put_done(Html& html, Page const& page)
{
    auto const key = "done." + std::string(page.query.text("done"));
    bool const known = page.query.has("done") && pages::has_text("console." + key);
    html("<div class=\"notice\"><p id=\"done\" class=\"done\" role=\"status\">", known ? std::string_view(page.say(key)) : std::string_view(), "</p>");
    if (known && page.visit)
        put_undo_now(html, page);
    html("</div>\n");
}

}  // namespace

std::string const& Page::say(std::string_view key) const
{
    return pages::say("console." + std::string(key), language);
}

std::string Page::say(std::string_view key, pages::Holes holes) const
{
    return pages::say("console." + std::string(key), language, holes);
}

std::int64_t Page::number() const
{
    std::int64_t out = 0;
    auto const [end, failed] = std::from_chars(id.data(), id.data() + id.size(), out);
    return failed == std::errc() && end == id.data() + id.size() ? out : 0;
}

std::optional<Page::RowId> Page::row_id() const
{
    auto const colon = id.find(':');
    auto const table = knowledge::table_from_name(std::string_view(id).substr(0, colon));
    if (!table || colon == std::string::npos)
        return std::nullopt;
    return RowId{*table, id.substr(colon + 1)};
}

void Page::show(std::string const& title, Html const& main)
{
    Html html;
    put_head(html, *this, title);
    put_top(html, *this);
    // The scripts keep what was typed until a page comes that does not hold it once more.
    bool const holds_form = response.status >= 400 || request.post;
    html("<main id=\"main\" tabindex=\"-1\"", holds_form ? std::string_view(" data-holds-form") : std::string_view(), ">\n");
    put_done(html, *this);
    html(main, "</main>\n<footer class=\"foot\"><div class=\"bar\"><p>", say("foot", {{"zone", local_zone(seconds_now())}}), "</p></div></footer>\n</body>\n</html>\n");
    response.body = std::move(html).take();
}

void Page::fail(int status, std::string_view key)
{
    response.status = status;
    Html main;
    main("<h1>", say("fail.title"), "</h1>\n<p role=\"alert\">", say(key), "</p>\n<p><a href=\"/console\">", say("fail.back"), "</a></p>\n");
    show(say("fail.title"), main);
}

void Page::fail(Error const& error)
{
    switch (error.code) {
        case Errc::not_found: return fail(404, "fail.not-found");
        case Errc::conflict: return fail(409, "fail.conflict");
        case Errc::not_allowed: return fail(403, "publish.for-another");
        case Errc::bad_request: return fail(422, "fail.bad-request");
        case Errc::storage:
        case Errc::busy: log_failure(error); return fail(503, "fail.storage");
        default: log_failure(error); return fail(500, "fail.internal");
    }
}

void Page::go(std::string const& path, std::string_view done)
{
    response.status = 303;
    response.location = path;
    if (!done.empty())
        response.location += (path.find('?') == std::string::npos ? "?done=" : "&done=") + std::string(done);
    response.body.clear();
}

void Page::go(std::string const& path, std::string_view done, Undoable undoable)
{
    go(path, done);
    if (undoable.revision > 0)
        response.location += "&undo=" + std::to_string(undoable.revision);
    else if (undoable.act > 0)
        response.location += "&take-back=" + std::to_string(undoable.act);
}

void Page::begin_form(Html& html, std::string const& to, std::string_view classes) const
{
    html("<form method=\"post\" action=\"", to, "\" class=\"", classes, "\">");
    if (visit)
        html("<input type=\"hidden\" name=\"token\" value=\"", visit->form_token, "\">");
}

void Page::button(Html& html, std::string_view key, std::string_view classes) const
{
    html("<button type=\"submit\" class=\"", classes, "\">", say(key), "</button>");
}

void Page::action(Html& html, std::string const& to, std::string_view key, std::string_view classes) const
{
    begin_form(html, to, "inline");
    button(html, key, classes);
    html("</form>");
}

std::string Page::time(std::int64_t seconds) const
{
    auto const there = local_time(seconds);
    char clock[16];
    std::snprintf(clock, sizeof clock, "%02d:%02d", there.hour, there.minute);
    return pages::spoken_date(to_string(there.day), language) + ", " + clock;
}

std::string Page::ago(std::int64_t seconds) const
{
    auto const past = std::max<std::int64_t>(seconds_now() - seconds, 0);
    auto const spoken = [&](std::string_view unit, std::int64_t n) {
        return pages::count("console.ago." + std::string(unit), static_cast<std::size_t>(n), language);
    };
    if (past < 60)
        return say("ago.now");
    if (past < 3'600)
        return spoken("minutes", past / 60);
    if (past < seconds_a_day)
        return spoken("hours", past / 3'600);
    return spoken("days", past / seconds_a_day);
}

std::string safe_target(std::string_view to)
{
    bool const ours = is_console_path(to.substr(0, to.find('?'))) && to.find("//") == std::string_view::npos && to.find('\\') == std::string_view::npos;
    return ours && to.find_first_of("\r\n") == std::string_view::npos ? std::string(to) : "/console";
}

std::string address(std::string_view kind, std::string_view id)
{
    return "/console/" + std::string(kind) + '/' + text::percent_encoded(id);
}

std::string address(std::string_view kind, std::int64_t id)
{
    return address(kind, std::to_string(id));
}

std::string_view cookie(std::string_view cookies, std::string_view name)
{
    while (!cookies.empty()) {
        auto const end = std::min(cookies.find(';'), cookies.size());
        auto one = cookies.substr(0, end);
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
        while (!one.empty() && one.front() == ' ')
            one.remove_prefix(1);
        if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
            return one.substr(name.size() + 1);
    }
    return {};
}

}  // namespace immunobot::console
