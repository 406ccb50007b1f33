#include "console/editor.hpp"
#include "console/parts.hpp"

namespace immunobot::console {
namespace {

using knowledge::Answer;

constexpr std::size_t shown_characters = 100;   // of an answer that has a wording already

// The beginning of what is said by an answer.
std::string title_of(Page const& page, std::string const& id)
{
    auto const found = page.desk.search.one(id);
    if (!found || !*found)
        return id;
    return clipped((*found)->answer.in(page.language), shown_characters);
}

}  // namespace

void put_hints(Html& html, Page const& page, Answer const& answer)
{
    put_text_hints(html, page, answer);
    auto wordings = answer.entry.questions_fr;
    wordings.insert(wordings.end(), answer.entry.questions_en.begin(), answer.entry.questions_en.end());
    if (wordings.empty())
        return;
    auto const taken = page.desk.answers.taken(answer);
    if (taken.empty()) {
        html("<p>", page.say("hints.free"), "</p>");
    } else {
        html("<p class=\"fault\">", page.say("hints.taken"), "</p><ul>");
        for (auto const& one : taken)
            html("<li><q>", one.wording, "</q> \xE2\x86\x92 <a href=\"", address("answer", one.answer), "\">", title_of(page, one.answer), "</a></li>");
        html("</ul>");
    }
    auto const waiting = page.desk.queue.alike(wordings);
    if (!waiting || waiting->empty()) {
        html("<p>", page.say("hints.none-waiting"), "</p>");
        return;
    }
    html("<p>", page.say("hints.waiting"), "</p><ul>");
    for (auto const& group : *waiting)
        html("<li><a href=\"", address("question", group.id), "\"><q lang=\"", group.language, "\">", group.question, "</q></a> (", pages::count("console.times", static_cast<std::size_t>(group.count), page.language), ")</li>");
    html("</ul>");
}

}  // namespace immunobot::console
