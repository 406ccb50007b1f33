// What the bot would say, and why, in the words of the reader.
#include "console/parts.hpp"
#include "pages/blocks.hpp"
#include "staff/reasons.hpp"
#include "text/form_fields.hpp"

namespace immunobot::console {
namespace {

// What an intent or a property is called.
std::string subject(Page const& page, std::string_view id)
{
    auto const key = "property." + std::string(id);
    if (pages::has_text(key))
        return pages::say(key, page.language);
    auto const title = page.desk.guesses.title(id).in(page.language);
    return title.empty() ? std::string(id) : title;
}

void put_reasons(Html& html, Page const& page, assistant::Explanation const& why, Language asked)
{
    staff::Reasons const reasons(page.language, [&](std::string_view id) { return subject(page, id); });
    html("<details><summary>", page.say("test.why"), "</summary><p>", page.say("test.read-as"), " <q>", why.normalised, "</q> \xC2\xB7 ", reasons.said(why.language_reason), "</p><ul>");
    for (auto const& step : why.steps)
        html("<li>", reasons.said(step), "</li>");
    html("</ul>");
    begin_table(html, page, "test.words", "test.words", {"test.word", "test.role", "test.note"});
    for (auto const& word : why.words)
        html("<tr><th scope=\"row\" lang=\"", code(asked), "\">", word.word, "</th><td>", reasons.said(word.role), "</td><td>", reasons.note(word.note), "</td></tr>");
    html("</tbody></table></div>");
    begin_table(html, page, "test.candidates", "test.candidates", {"test.answer", "test.score", "test.reason"});
    for (auto const& candidate : why.candidates) {
        auto const score = std::to_string(candidate.score);
        html("<tr><th scope=\"row\"><a href=\"", address("answer", candidate.id), "\">", candidate.id, "</a></th><td>", score.substr(0, score.find('.') + 3), "</td><td>", reasons.candidate(candidate.why), "</td></tr>");
    }
    html("</tbody></table></div></details>");
}

}  // namespace

void put_bot_says(Html& html, Page const& page, std::string_view question, bool whole)
{
    auto const reply = page.desk.search.ask(question, {});
    auto const percent = std::to_string(static_cast<int>(reply.confidence * 100 + 0.5));
    html("<section class=\"reply\" aria-labelledby=\"bot-says\"><h2 id=\"bot-says\">", page.say("test.title"), "</h2><div class=\"said\" lang=\"", code(reply.language), "\">");
    pages::put_blocks(html, assistant::blocks_of(reply), reply.language);
    html("</div><p class=\"meta\"><span class=\"tag\">", page.say("status." + std::string(assistant::name(reply.status))), "</span> ",
         page.say("test.sure", {{"percent", percent}}));
    for (auto const& fact : reply.facts)
        html(" \xC2\xB7 <a href=\"", address("answer", fact), "\">", fact, "</a>");
    html("</p>");
    for (auto const& correction : reply.corrections)
        html("<p class=\"meta\">", page.say("test.corrected", {{"from", correction.from}, {"to", correction.to}}), "</p>");
    bool const silent = reply.status == assistant::Status::unknown || reply.status == assistant::Status::unsure;
    if (silent && page.may(staff::Role::answerer) && !reply.private_text)
        html("<p><a class=\"button quiet\" href=\"/console/new?question=", text::percent_encoded(question), "\">", page.say("make-answer"), "</a></p>");
    if (whole && reply.explanation)
        put_reasons(html, page, *reply.explanation, reply.language);
    html("</section>\n");
}

}  // namespace immunobot::console
