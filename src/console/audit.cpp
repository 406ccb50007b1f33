#include "console/parts.hpp"
#include "console/routes.hpp"
#include "text/csv.hpp"
#include "text/form_fields.hpp"

namespace immunobot::console {
namespace {

constexpr std::int64_t a_page = 100;
constexpr std::int64_t most_rows = 1'000'000;

knowledge::AuditFilter filter_of(Page const& page)
{
    knowledge::AuditFilter filter;
    filter.who = page.query.text("who");
    filter.words = page.query.text("words");
    filter.before_id = page.query.number("before");
    filter.limit = a_page;
    return filter;
}

void put_filter(Html& html, Page const& page)
{
    html("<form method=\"get\" action=\"/console/audit\" class=\"line\"><label for=\"who\">", page.say("audit.who"), "</label><input id=\"who\" name=\"who\" value=\"", page.query.text("who"),
         "\"><label for=\"words\">", page.say("audit.words"), "</label><input id=\"words\" name=\"words\" value=\"", page.query.text("words"), "\"><button type=\"submit\" class=\"quiet\">", page.say("search.do"),
         "</button></form>\n<p><a href=\"/console/audit.csv\">", page.say("audit.csv"), "</a></p>\n");
}

void put_verdict(Html& html, Page const& page)
{
    auto const broken = page.desk.store.with([](auto& store) { return store.first_broken_audit_row(); });
    if (!broken)
        return;
    if (!*broken)
        html("<p class=\"verdict well\">", page.say("audit.sound"), "</p>\n");
    else
        html("<p class=\"verdict ill\" role=\"alert\">", page.say("audit.broken", {{"row", std::to_string(**broken)}}), "</p>\n");
}

// What is cut off at the end breaks no chain: whoever notes this elsewhere can tell.
void put_end(Html& html, Page const& page)
{
    auto const end = page.desk.store.with([](auto& store) { return store.audit_end(); });
    if (end && end->count > 0)
        html("<p class=\"meta\">", page.say("audit.end", {{"n", pages::spoken_number(static_cast<std::size_t>(end->count), page.language)}, {"digest", end->digest}}), "</p>\n");
}

// In words, with the name that searching and the file know it by.
void put_action(Html& html, Page const& page, std::string const& action)
{
    if (pages::has_text("console.act." + action))
        html(page.say("act." + action), "<br>");
    html("<code>", action, "</code>");
}

constexpr std::size_t shown_at_once = 60;   // bytes of a version; a longer one is opened

bool is_row(std::string_view text)
{
    return text.starts_with('{');
}

// The names of states, roles and choices, in the language of the page.
std::string spoken(Page const& page, knowledge::Act const& act, std::string const& text)
{
    if (auto const comma = text.find(", "); comma != std::string::npos && act.action == "account.change")
        return spoken(page, act, text.substr(0, comma)) + ", " + spoken(page, act, text.substr(comma + 2));
    for (auto const& kind : {std::string("state."), std::string("role."), "setting." + act.target + '.', act.action + '.'})
        if (pages::has_text("console." + kind + text))
            return page.say(kind + text);
    return text;
}

// What it was before and after: word by word where it was a row, else as it is.
void put_versions(Html& html, Page const& page, knowledge::Act const& act)
{
    if (act.before.empty() && act.after.empty())
        return;
    bool const of_row = is_row(act.before) || is_row(act.after);
    bool const is_long = of_row || act.before.size() + act.after.size() > shown_at_once;
    if (is_long)
        html("<details><summary>", page.say("audit.changed"), "</summary>");
    if (of_row)
        put_row_changes(html, page, act.before, act.after);
    else if (act.action == "setting.change")   // whole sentences, of which each is known as it stands
        html(spoken(page, act, act.before), " \xE2\x86\x92 ", spoken(page, act, act.after));
    else
        put_difference(html, page, spoken(page, act, act.before), spoken(page, act, act.after));
    if (is_long)
        html("</details>");
}

}  // namespace

void get_audit(Page& page)
{
    auto const rows = page.desk.store.with([&](auto& store) { return store.audit(filter_of(page)); });
    if (!rows)
        return page.fail(rows.error());
    Html main;
    main("<h1>", page.say("audit.title"), "</h1>\n");
    put_verdict(main, page);
    put_end(main, page);
    put_filter(main, page);
    begin_table(main, page, "audit.title", "audit.caption", {"audit.when", "audit.who", "audit.origin", "audit.action", "audit.target", "audit.changed"});
    for (auto const& row : *rows) {
        main("<tr><td>", page.time(row.made_at), "</td><td>", row.act.who, "</td><td>", row.act.origin, "</td><td>");
        put_action(main, page, row.act.action);
        main("</td><td>", row.act.target, "</td><td>");
        put_versions(main, page, row.act);
        main("</td></tr>\n");
    }
    main("</tbody></table></div>\n");
    if (rows->size() == static_cast<std::size_t>(a_page))
        main("<p><a href=\"/console/audit?before=", rows->back().id, "&amp;who=", text::percent_encoded(page.query.text("who")), "&amp;words=", text::percent_encoded(page.query.text("words")), "\">", page.say("audit.older"), "</a></p>\n");
    page.show(page.say("audit.title"), main);
}

void get_audit_csv(Page& page)
{
    knowledge::AuditFilter filter;
    filter.limit = most_rows;
    auto const rows = page.desk.store.with([&](auto& store) { return store.audit(filter); });
    if (!rows)
        return page.fail(rows.error());
    text::write_csv_row(page.response.body, {"id", "seconds", "who", "origin", "action", "target", "before", "after", "digest"});
    for (auto const& row : *rows) {
        std::vector<std::string> const fields = {std::to_string(row.id), std::to_string(row.made_at), text::guard_formula(row.act.who), text::guard_formula(row.act.origin), text::guard_formula(row.act.action),
                                                 text::guard_formula(row.act.target), text::guard_formula(row.act.before), text::guard_formula(row.act.after), row.digest};
        text::write_csv_row(page.response.body, {fields.begin(), fields.end()});
    }
    page.response.type = "text/csv; charset=utf-8";
    page.response.file_name = "audit.csv";
}

}  // namespace immunobot::console
