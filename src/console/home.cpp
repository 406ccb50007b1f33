#include "console/parts.hpp"
#include "console/routes.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

constexpr std::size_t most_rows = 20;
constexpr std::size_t few = 5;
constexpr std::size_t title_characters = 90;

// With `part`, the script asks for what changes while somebody types.
void put_results(Html& html, Page const& page, std::string_view words)
{
    auto const found = page.desk.search.find(words, most_rows);
    if (!found) {
        html("<p role=\"alert\">", page.say("fail.storage"), "</p>");
        return;
    }
    html("<p class=\"found\" role=\"status\">", found->empty() ? page.say("found.none") : pages::count("console.found", found->size(), page.language), "</p>\n");
    if (!found->empty())
        put_rows(html, page, *found);
    put_bot_says(html, page, words, false);
}

void put_search(Html& html, Page const& page, std::string_view words)
{
    html("<form method=\"get\" action=\"/console\" class=\"search\" role=\"search\"><label for=\"q\">", page.say("search.label"),
         "</label><div class=\"field\"><input id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\" maxlength=\"400\" autofocus value=\"", words,
         "\" aria-describedby=\"keys\"><button type=\"submit\">", page.say("search.do"), "</button></div><p id=\"keys\" class=\"meta needs-script\">", page.say("search.keys"), "</p><label class=\"check needs-script\"><input type=\"checkbox\" id=\"with-source\"> ", page.say("search.with-source"), "</label></form>\n");
}

void put_waiting(Html& html, Page const& page)
{
    auto const groups = page.desk.queue.groups();
    if (!groups)
        return;
    auto const open = std::ranges::count_if(*groups, [](auto const& group) { return group.state == "new" || group.state == "taken"; });
    html("<section><h2>", page.say("home.waiting"), "</h2>");
    if (open == 0)
        html("<p>", page.say("home.none-waiting"), "</p>");
    else {
        html("<ul class=\"links\">");
        std::size_t shown = 0;
        for (auto const& group : *groups)
            if ((group.state == "new" || group.state == "taken") && shown++ < few)
                html("<li><a href=\"", address("question", group.id), "\"><q lang=\"", group.language, "\">", group.question, "</q></a> (",
                     pages::count("console.times", static_cast<std::size_t>(group.count), page.language), ")</li>");
        html("</ul><p><a href=\"/console/questions\">", pages::count("console.home.all-waiting", static_cast<std::size_t>(open), page.language), "</a></p>");
    }
    html("</section>\n");
}

void put_in_review(Html& html, Page const& page)
{
    auto const drafts = page.desk.store.with([](auto& store) { return store.drafts(); });
    if (!drafts)
        return;
    html("<section><h2>", page.say("home.review"), "</h2>");
    auto const waits = [](auto const& draft) { return draft.state != "draft"; };
    if (std::ranges::none_of(*drafts, waits))
        html("<p>", page.say("home.no-review"), "</p>");
    html("<ul class=\"links\">");
    for (auto const& draft : *drafts)
        if (waits(draft))
            html("<li><a href=\"", address(draft.answer.table.empty() ? "publish" : "sheet", draft.answer.entry.id), "\">", title_of(draft.answer.entry, page.language), "</a> (", page.say("state." + draft.state), ", ", draft.author, ")</li>");
    html("</ul></section>\n");
}

// What one wrote or saved last, and somebody sent back; nothing if there is nothing.
void put_sent_back(Html& html, Page const& page)
{
    auto drafts = page.desk.store.with([](auto& store) { return store.drafts(); });
    if (!drafts)
        return;
    auto const& me = page.person().email;
    std::erase_if(*drafts, [&](auto const& draft) { return draft.remark.text.empty() || (draft.writer != me && draft.author != me); });
    if (drafts->empty())
        return;
    html("<section><h2>", page.say("home.back"), "</h2><ul class=\"links\">");
    for (auto const& draft : *drafts)
        html("<li><a href=\"", address(draft.answer.table.empty() ? "edit" : "sheet", draft.answer.entry.id), "\">", title_of(draft.answer.entry, page.language), "</a> (", page.say("back.by", {{"who", draft.remark.who}}), ")<br><q class=\"as-sent\">",
             draft.remark.text, "</q></li>");
    html("</ul></section>\n");
}

void put_due(Html& html, Page const& page)
{
    auto const due = page.desk.answers.due(few * 20);
    if (!due)
        return;
    html("<section><h2>", page.say("home.due"), "</h2>");
    if (due->empty())
        html("<p>", page.say("home.none-due"), "</p>");
    // One's own first.
    auto rows = *due;
    std::ranges::stable_partition(rows, [&](auto const& one) { return one.owner == page.person().email; });
    rows.resize(std::min(rows.size(), few * 2));
    html("<ul class=\"links\">");
    for (auto const& one : rows) {
        html("<li><a href=\"", address("answer", one.id), "\">", clipped(one.text.in(page.language), title_characters), "</a> \xC2\xB7 ",
             dated(page, one.ends ? "due.ends" : "due.review", one.day));
        if (one.owner == page.person().email)
            html(" <span class=\"tag\">", page.say("due.mine"), "</span>");
        html("</li>");
    }
    html("</ul><p><a href=\"/console/review\">", page.say("home.all-due"), "</a></p></section>\n");
}

}  // namespace

void get_home(Page& page)
{
    auto const words = page.query.text("q");
    if (page.query.has("part")) {
        Html part;
        if (!words.empty())
            put_results(part, page, words);
        page.response.body = std::move(part).take();
        return;
    }
    Html main;
    main("<h1>", page.say("home.title"), "</h1>\n");
    put_search(main, page, words);
    main("<div id=\"results\" class=\"results\">\n");
    if (!words.empty())
        put_results(main, page, words);
    main("</div>\n");
    if (words.empty()) {
        put_first_steps(main, page);
        put_at_hand(main, page);
        main("<div class=\"boards\" id=\"boards\">");
        if (page.may(staff::Role::answerer)) {
            put_sent_back(main, page);
            put_waiting(main, page);
            put_in_review(main, page);
        }
        put_due(main, page);
        main("</div>\n");
    }
    page.show(page.say("home.title"), main);
}

}  // namespace immunobot::console
