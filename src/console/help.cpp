#include "console/help.hpp"

#include "console/parts.hpp"
#include "console/routes.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

// What it is for is the text help.on.ID, what can go wrong is help.wrong.ID.
struct Screen {
    std::string_view id;
    std::string_view title;      // key of a text
    std::string_view path;       // with a '/' at the end: of all that begin so
    staff::Role role;            // who sees it
    std::string_view keys;       // names of keys, with blanks between
};

using staff::Role;
constexpr std::string_view of_rows = "search move open fr en both link pin add help";
constexpr std::string_view of_pages = "search undo help";

constexpr Screen screens[] = {
    {"search", "home.title", "/console", Role::viewer, of_rows},
    {"first-steps", "first.title", "/console/first-steps", Role::viewer, "search help"},
    {"answer", "help.answer.title", "/console/answer/", Role::viewer, of_rows},
    {"answer", "help.answer.title", "/console/archive/", Role::editor, of_pages},
    {"message", "nav.message", "/console/message", Role::viewer, "search help"},
    {"test", "help.test.title", "/console/test", Role::viewer, "search help"},
    {"questions", "questions.title", "/console/questions", Role::answerer, "search move open select undo help"},
    {"question", "help.question.title", "/console/question/", Role::answerer, "search move open undo help"},
    {"replay", "replay.title", "/console/replay/", Role::answerer, "search help"},
    {"erase", "erase.title", "/console/erase/", Role::answerer, "search help"},
    {"drafts", "drafts.title", "/console/drafts", Role::answerer, "search move open undo help"},
    {"editor", "editor.title", "/console/edit/", Role::answerer, "search help"},
    {"editor", "editor.title", "/console/new", Role::answerer, "search help"},
    {"publish", "publish.check", "/console/publish/", Role::answerer, of_pages},
    {"tables", "nav.tables", "/console/table/", Role::viewer, "search help"},
    {"row", "help.row.title", "/console/row/", Role::viewer, "search help"},
    {"row", "help.row.title", "/console/row-edit/", Role::answerer, "search help"},
    {"row", "help.row.title", "/console/row-archive/", Role::editor, "search undo help"},
    {"import", "help.import.title", "/console/import/", Role::editor, "search help"},
    {"pairs", "pairs.title", "/console/pairs", Role::editor, "search help"},
    {"import", "help.import.title", "/console/sheet/", Role::answerer, "search help"},
    {"review", "review.title", "/console/review", Role::viewer, "search move open undo help"},
    {"charts", "nav.charts", "/console/charts", Role::answerer, "search help"},
    {"changes", "changes.title", "/console/changes", Role::viewer, "search move undo help"},
    {"changes", "changes.title", "/console/history/", Role::viewer, "search move undo help"},
    {"changes", "changes.title", "/console/decisions", Role::answerer, "search move undo help"},
    {"changes", "changes.title", "/console/undo/", Role::editor, "search move help"},
    {"letters", "nav.letters", "/console/letters", Role::editor, "search help"},
    {"me", "help.me.title", "/console/me", Role::viewer, "search help"},
    {"accounts", "nav.accounts", "/console/accounts", Role::admin, "search help"},
    {"accounts", "nav.accounts", "/console/tokens", Role::admin, "search help"},
    {"settings", "settings.title", "/console/settings", Role::admin, of_pages},
    {"staff-sheet", "staff-sheet.title", "/console/staff-answers", Role::admin, "search help"},
    {"audit", "audit.title", "/console/audit", Role::admin, "search help"},
};

struct Key {
    std::string_view name;       // its text is key.NAME
    std::string_view shown;
};

constexpr Key keys[] = {
    {"search", "/"}, {"move", "\xE2\x86\x93 \xE2\x86\x91"}, {"open", "Enter"}, {"fr", "c"}, {"en", "e"}, {"both", "b"}, {"link", "l"}, {"pin", "p"}, {"add", "m"}, {"select", "x"}, {"undo", "u"},
    {"help", "?"},
};

bool is_named(std::string_view names, std::string_view name)
{
    for (std::size_t at = names.find(name); at != std::string_view::npos; at = names.find(name, at + 1))
        if ((at == 0 || names[at - 1] == ' ') && (at + name.size() == names.size() || names[at + name.size()] == ' '))
            return true;
    return false;
}

bool is_of(Screen const& screen, std::string_view path)
{
    return screen.path.ends_with('/') ? path.starts_with(screen.path) : path == screen.path;
}

// Nothing named: all of them.
void put_keys(Html& html, Page const& page, std::string_view names)
{
    html("<section><h2 id=\"shortcuts\">", page.say("help.keys.title"), "</h2><table><caption>", page.say("help.keys.caption"), "</caption><thead><tr><th scope=\"col\">", page.say("help.key"), "</th><th scope=\"col\">",
         page.say("help.does"), "</th></tr></thead><tbody>");
    for (auto const& key : keys)
        if (names.empty() || is_named(names, key.name))
            html("<tr><th scope=\"row\"><kbd>", key.shown, "</kbd></th><td>", page.say("key." + std::string(key.name)), "</td></tr>");
    html("</tbody></table><p class=\"needs-script\"><label><input type=\"checkbox\" id=\"shortcuts-on\" checked> ", page.say("help.keys.on"), "</label></p></section>\n");
}

void put_screens(Html& html, Page const& page)
{
    html("<section><h2>", page.say("help.screens"), "</h2><ul class=\"links\">");
    std::string_view last;
    for (auto const& screen : screens)
        if (screen.id != last && page.may(screen.role)) {
            html("<li><a href=\"", address("help", screen.id), "\">", page.say(screen.title), "</a></li>");
            last = screen.id;
        }
    html("</ul></section>\n");
}

}  // namespace

std::string help_address(std::string_view path)
{
    auto const found = std::ranges::find_if(screens, [&](Screen const& screen) { return is_of(screen, path); });
    return found == std::end(screens) ? std::string("/console/help") : address("help", found->id);
}

void get_help(Page& page)
{
    Html main;
    main("<h1>", page.say("help.title"), "</h1>\n<p class=\"lead\">", page.say("help.lead"), "</p>\n");
    for (std::string_view const part : {"find", "test", "questions", "write", "publish", "undo"})
        main("<section><h2>", page.say("help." + std::string(part) + ".title"), "</h2><p>", page.say("help." + std::string(part)), "</p></section>\n");
    main("<p><a href=\"/console/first-steps\">", page.say("first.title"), "</a> \xC2\xB7 <a href=\"/console/test\">", page.say("test.title"), "</a></p>\n");
    put_screens(main, page);
    put_keys(main, page, {});
    page.show(page.say("help.title"), main);
}

void get_help_on(Page& page)
{
    auto const screen = std::ranges::find(screens, page.id, &Screen::id);
    if (screen == std::end(screens))
        return page.fail(404, "fail.not-found");
    std::string const id(screen->id);
    auto const title = labelled(page, page.say("help.title"), page.say(screen->title));
    Html main;
    main("<p class=\"crumb\"><a href=\"/console/help\">", page.say("help.all"), "</a></p>\n<h1>", title, "</h1>\n<section><h2>", page.say("help.for"), "</h2><p>", page.say("help.on." + id), "</p></section>\n<section><h2>",
         page.say("help.goes-wrong"), "</h2><p>", page.say("help.wrong." + id), "</p></section>\n");
    put_keys(main, page, screen->keys);
    page.show(title, main);
}

}  // namespace immunobot::console
