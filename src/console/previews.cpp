// How visitors see a text: by the same code that writes it for the platforms.
#include "channels/answer_text.hpp"
#include "channels/texts.hpp"
#include "console/as_read.hpp"
#include "console/parts.hpp"
#include "knowledge/fragments.hpp"
#include "pages/blocks.hpp"

#include <algorithm>
#include <utility>

namespace immunobot::console {
namespace {

void cite(assistant::Reply& reply, knowledge::Source const& source)
{
    if (std::ranges::find(reply.sources, source.id, &assistant::CitedSource::id) == reply.sources.end())
        reply.sources.push_back({source.id, source.title, source.url, source.published, source.seen});
}

assistant::Reply reply_of(Page const& page, knowledge::Answer const& answer, Language language)
{
    assistant::Reply reply;
    reply.status = assistant::Status::answered;
    reply.language = language;
    auto const& written = answer.entry.answer.in(language);
    auto read = text::marked(with_facts(page, written, language));
    reply.answer = std::move(read.text);
    reply.marks = std::move(read.marks);
    if (auto const sources = page.desk.answers.sources()) {
        auto const found = std::ranges::find(*sources, answer.entry.source, &knowledge::Source::id);
        if (found != sources->end())
            cite(reply, *found);
    }
    for (auto const id : knowledge::facts_named_in(written))
        if (auto const fact = page.desk.search.one(id); fact && *fact)
            cite(reply, (*fact)->source);
    return reply;
}

// On pages and in the widget: by the tree of blocks that both show, and a link to its source.
void put_page(Html& html, assistant::Reply const& reply)
{
    html("<div class=\"said\">");
    pages::put_blocks(html, assistant::blocks_of(reply), reply.language);
    html("</div>");
    for (auto const& source : reply.sources) {
        html("<p class=\"meta\">", pages::say("console.preview.source", reply.language), " ");
        if (auto const there = pages::safe_address(source.url); !there.empty())
            html("<a href=\"", there, "\" rel=\"noopener noreferrer\">", source.title, "</a>");
        else
            html(source.title);
        if (!source.as_of.empty())
            html(", ", pages::say("console.read-on", reply.language, {{"day", pages::spoken_date(source.as_of, reply.language)}}));
        html("</p>");
    }
}

void put_slack(Html& html, assistant::Reply const& reply)
{
    html("<p class=\"said as-sent\">");
    put_as_slack_reads(html, channels::answer_text(reply, channels::Markup::mrkdwn, channels::Suggestions::elsewhere));
    html("</p>");
}

void put_matrix(Html& html, assistant::Reply const& reply)
{
    html("<p class=\"said as-sent\">");
    put_as_matrix_reads(html, channels::answer_text(reply, channels::Markup::html, channels::Suggestions::elsewhere));
    html("</p>");
}

void put_plain(Html& html, assistant::Reply const& reply)
{
    html("<p class=\"said as-sent\">", channels::answer_text(reply, channels::Markup::plain, channels::Suggestions::elsewhere), "</p>");
}

}  // namespace

void put_previews(Html& html, Page const& page, knowledge::Draft const& draft)
{
    // The page begins far above: whoever has asked for it is led here, without a script, too.
    html("<section id=\"preview\" tabindex=\"-1\" autofocus><h2>", page.say("preview.title"), "</h2><p>", page.say(draft.version > 0 ? "preview.lead.draft" : "preview.lead"), "</p>\n<div class=\"sides\">");
    for (auto const language : {Language::fr, Language::en}) {
        auto const reply = reply_of(page, draft.answer, language);
        html("<section lang=\"", code(language), "\"><h3>", pages::say("console.language.name", language), "</h3>");
        if (reply.answer.empty()) {
            html("<p class=\"fault\">", page.say("preview.missing"), "</p></section>");
            continue;
        }
        html("<div class=\"preview\"><h4>", page.say("preview.page"), "</h4>");
        put_page(html, reply);
        html("</div><div class=\"preview\"><h4>", page.say("preview.slack"), "</h4>");
        put_slack(html, reply);
        html("</div><div class=\"preview\"><h4>", page.say("preview.matrix"), "</h4>");
        put_matrix(html, reply);
        html("</div><div class=\"preview\"><h4>", page.say("preview.plain"), "</h4>");
        put_plain(html, reply);
        html("</div></section>");
    }
    html("</div></section>\n");
}

}  // namespace immunobot::console
