// What a chat platform would not take: why, and what to do about it.
#include "console/parts.hpp"
#include "console/routes.hpp"
#include "knowledge/outbox.hpp"

namespace immunobot::console {
namespace {

constexpr std::size_t most_letters_shown = 200;

// What the address of a call says beyond its host may hold a name or a secret.
std::string host_of(std::string_view target)
{
    auto const begin = target.find("://");
    auto const rest = begin == std::string_view::npos ? target : target.substr(begin + 3);
    return std::string(rest.substr(0, rest.find_first_of("/?#")));
}

// False: it went wrong, and the page says so.
bool act(Page& page, std::string_view action, Result<> (knowledge::Outbox::*what)(std::int64_t))
{
    auto const changed = page.desk.outbox ? (page.desk.outbox->*what)(page.number()) : Result<>(Error{Errc::not_found, "there are no letters"});
    if (!changed) {
        page.fail(changed.error());
        return false;
    }
    auto const& by = page.person();
    auto const noted = page.desk.store.with([&](auto& store) { return store.note({by.email, by.origin, std::string(action), page.id}); });
    if (!noted)
        page.fail(noted.error());
    return noted.has_value();
}

}  // namespace

void get_letters(Page& page)
{
    Result<std::vector<knowledge::DeadLetter>> letters = std::vector<knowledge::DeadLetter>();
    std::size_t waiting = 0;
    if (page.desk.outbox) {
        letters = page.desk.outbox->dead_letters(most_letters_shown);
        waiting = page.desk.outbox->waiting();
    }
    if (!letters)
        return page.fail(letters.error());
    Html main;
    main("<h1>", page.say("letters.title"), "</h1>\n<p class=\"lead\">", page.say(letters->empty() ? "letters.none" : "letters.lead"), "</p>\n<p class=\"meta\">", pages::count("console.letters.waiting", waiting, page.language), "</p>\n");
    if (!letters->empty()) {
        begin_table(main, page, "letters.title", "letters.caption", {"letters.when", "letters.channel", "letters.to", "letters.tries", "letters.why", "letters.do"});
        for (auto const& letter : *letters) {
            main("<tr><td>", page.time(letter.made_at), "</td><td>", letter.channel, "</td><td>", host_of(letter.target), "</td><td>", letter.attempts, "</td><td>", letter.why, "</td><td>");
            page.action(main, address("letter-retry", letter.id), "letters.retry", "quiet small");
            page.action(main, address("letter-drop", letter.id), "letters.drop", "quiet small");
            main("</td></tr>\n");
        }
        main("</tbody></table></div>\n");
    }
    page.show(page.say("letters.title"), main);
}

void post_retry(Page& page)
{
    if (act(page, "letter.retry", &knowledge::Outbox::revive))
        page.go("/console/letters", "letter-retry");
}

void post_drop(Page& page)
{
    if (!act(page, "letter.drop", &knowledge::Outbox::discard))
        return;
    knowledge::Decided decision;
    decision.what = "letter.drop";
    decision.target = page.id;
    decision.letter = page.number();
    page.go("/console/letters", "letter-drop", {.act = page.desk.undo.keep(page.person(), std::move(decision))});
}

}  // namespace immunobot::console
