// What a chat platform would not take: why, and what to do about it.
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

void act(Page& page, std::string_view action, std::string_view done, Result<> (knowledge::Outbox::*what)(std::int64_t))
{
    if (!page.desk.outbox)
        return page.fail(404, "fail.not-found");
    if (auto const changed = (page.desk.outbox->*what)(page.number()); !changed)
        return page.fail(changed.error());
    auto const& by = page.person();
    auto const noted = page.desk.store.with([&](auto& store) { return store.note({by.email, by.origin, std::string(action), page.id}); });
    if (!noted)
        return page.fail(noted.error());
    page.go("/console/letters", done);
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
        main("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"", page.say("letters.title"), "\"><table><caption>", page.say("letters.caption"), "</caption><thead><tr>");
        for (std::string_view const key : {"letters.when", "letters.channel", "letters.to", "letters.tries", "letters.why", "letters.do"})
            main("<th scope=\"col\">", page.say(key), "</th>");
        main("</tr></thead><tbody>\n");
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
    act(page, "letter.retry", "letter-retry", &knowledge::Outbox::revive);
}

void post_drop(Page& page)
{
    act(page, "letter.drop", "letter-drop", &knowledge::Outbox::discard);
}

}  // namespace immunobot::console
