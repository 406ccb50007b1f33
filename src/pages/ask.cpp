#include "pages/ask.hpp"

#include "assistant/question.hpp"
#include "knowledge/journal.hpp"
#include "pages/blocks.hpp"
#include "pages/texts.hpp"
#include "pages/typography.hpp"
#include "pages/vocabulary.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::pages {
namespace {

using assistant::Reply;
using assistant::Status;

Place ask_of(View const& view)
{
    return {Kind::ask, view.language, {}};
}

// A form that asks: what it sends beside the question.
void open_form(Html& html, View const& view, std::string_view conversation, std::string_view style)
{
    html("<form class=\"", style, "\" method=\"post\" action=\"", link(view, ask_of(view), ask_of(view)), "\">");
    html("<input type=\"hidden\" name=\"lang\" value=\"", code(view.language), "\"><input type=\"hidden\" name=\"conversation\" value=\"", conversation, "\">");
}

void put_form(Html& html, View const& view, Asked const& asked)
{
    bool const again = asked.reply != nullptr;
    open_form(html, view, asked.conversation, "ask");
    html("<label for=\"question\">", say(again ? "ask.next" : "ask.label", view.language), "</label>\n");
    if (!asked.complaint.empty())
        html("<p class=\"complaint\" id=\"complaint\" role=\"alert\">", say(asked.complaint, view.language), "</p>\n");
    html("<textarea id=\"question\" name=\"question\" rows=\"3\" required maxlength=\"", assistant::longest_question, "\" aria-describedby=\"kept",
         asked.complaint.empty() ? std::string_view() : std::string_view(" complaint"), "\" enterkeyhint=\"send\">", asked.complaint.empty() ? std::string_view() : asked.question,
         "</textarea>\n<button type=\"submit\">", say("ask.send", view.language), "</button>\n<p class=\"meta\" id=\"kept\">",
         asked.keep_days == 0 ? say("ask.kept.none", view.language) : count("ask.kept", static_cast<std::size_t>(asked.keep_days), view.language), "</p></form>\n");
}

void put_buttons(Html& html, View const& view, Asked const& asked, std::string_view title, std::vector<assistant::Suggestion> const& questions)
{
    if (questions.empty())
        return;
    open_form(html, view, asked.conversation, "chips");
    html("<h2>", say(title, view.language), "</h2><ul>\n");
    for (auto const& one : questions)
        html("<li><button type=\"submit\" name=\"question\" value=\"", one.question, "\">", typeset(one.label, view.language), "</button></li>\n");
    html("</ul></form>\n");
}

// After its first line, an answer that is none lists the suggestions, which stand below as buttons.
void put_answer(Html& html, View const& view, Reply const& reply)
{
    bool const listed = (reply.status == Status::unsure || reply.status == Status::unknown) && !reply.suggestions.empty();
    auto blocks = assistant::blocks_of(reply);
    if (listed)
        blocks.resize(std::min<std::size_t>(blocks.size(), 1));
    put_blocks(html, blocks, reply.language, [&](assistant::Run const& run) {
        auto const* entity = view.site.entity(run.entity);
        return entity ? link(view, ask_of(view), {Kind::entity, view.language, entity->id}) : own_address(run);
    });
}

// Words that were read as others, and the way back: the same question, taken as it was typed.
void put_corrections(Html& html, View const& view, Asked const& asked)
{
    auto const& corrections = asked.reply->corrections;
    for (auto const& one : corrections)
        html("<p class=\"meta\">", say("ask.read_as", view.language, {{"from", one.from}, {"to", one.to}}), "</p>\n");
    if (corrections.empty())
        return;
    open_form(html, view, asked.conversation, "undo");
    html("<input type=\"hidden\" name=\"question\" value=\"", asked.question, "\"><button type=\"submit\" class=\"quiet\" name=\"as_typed\" value=\"1\">",
         say("ask.as_typed", view.language, {{"from", corrections.front().from}}), "</button></form>\n");
}

void put_sources(Html& html, View const& view, Reply const& reply)
{
    for (auto const& cited : reply.sources) {
        auto const* known = view.site.source(cited.id);
        html("<p class=\"meta\">");
        put_source(html, {cited.id, cited.title, known ? known->publisher : std::string(), cited.url, cited.published, cited.as_of}, view.language);
        html("</p>\n");
    }
}

void put_fact_links(Html& html, View const& view, Reply const& reply)
{
    for (auto const& id : reply.facts) {
        auto const fact = std::ranges::find(view.site.knowledge().facts, id, &Fact::id);
        if (fact == view.site.knowledge().facts.end())
            continue;
        auto const* entity = view.site.entity(fact->entity);
        if (!entity)
            continue;
        html("<li><a href=\"", link(view, ask_of(view), {Kind::entity, view.language, entity->id}, fact->id), "\">", name_of(*entity, view.language), ", ",
             property_name(fact->property, view.language), "</a></li>\n");
    }
}

void put_why(Html& html, View const& view, Reply const& reply)
{
    html("<details class=\"why\"><summary>", say("why.title", view.language), "</summary>\n<div lang=\"", code(reply.language), "\">");
    if (reply.explanation)
        for (auto const& sentence : reply.explanation->plain)
            html("<p>", typeset(sentence, reply.language), "</p>");
    html("</div><ul>\n");
    put_fact_links(html, view, reply);
    html("</ul></details>\n");
}

// Where a person can be reached.
void put_contact(Html& html, View const& view, Asked const& asked)
{
    auto const address = safe_address(asked.contact);
    if (!address.empty())
        html("<p><a class=\"button quiet\" href=\"", address, "\" rel=\"noopener noreferrer\">", say("ask.contact", view.language), "</a></p>\n");
}

void put_thumbs(Html& html, View const& view, Reply const& reply)
{
    Place const here = ask_of(view);
    html("<form class=\"thumbs\" method=\"post\" action=\"", link(view, here, {Kind::feedback, view.language, {}}), "\"><fieldset><legend>", say("thumbs.title", view.language),
         "</legend><input type=\"hidden\" name=\"lang\" value=\"", code(view.language), "\"><input type=\"hidden\" name=\"reply\" value=\"", reply.id, "\">",
         "<details><summary>", say("thumbs.add_reason", view.language), "</summary><label for=\"reason\">", say("thumbs.reason", view.language), "</label><input id=\"reason\" name=\"reason\" maxlength=\"",
         knowledge::longest_reason, "\"></details><div class=\"field\"><button type=\"submit\" name=\"helpful\" value=\"yes\">", say("thumbs.up", view.language),
         "</button><button type=\"submit\" name=\"helpful\" value=\"no\">", say("thumbs.down", view.language), "</button></div></fieldset></form>\n");
}

void put_forget(Html& html, View const& view, Asked const& asked)
{
    html("<form class=\"forget\" method=\"post\" action=\"", link(view, ask_of(view), {Kind::forget, view.language, {}}), "\"><input type=\"hidden\" name=\"lang\" value=\"", code(view.language),
         "\"><input type=\"hidden\" name=\"conversation\" value=\"", asked.conversation, "\"><button type=\"submit\" class=\"quiet\">", say("forget.do", view.language), "</button></form>\n");
}

void put_reply(Html& html, View const& view, Asked const& asked)
{
    auto const& reply = *asked.reply;
    html("<section class=\"reply ", assistant::name(reply.status), "\" aria-labelledby=\"title\">\n<p class=\"asked\"><span class=\"label\">", say("ask.asked", view.language), "</span> <q>", typeset(asked.question, view.language), "</q></p>\n<div class=\"said\" lang=\"", code(reply.language), "\">");
    put_answer(html, view, reply);
    html("</div>\n");
    put_corrections(html, view, asked);
    put_sources(html, view, reply);
    put_why(html, view, reply);
    if (reply.status == Status::unknown && asked.keep_days > 0)
        html("<p class=\"meta\">", say("ask.passed", view.language), "</p>\n");
    if (reply.status == Status::unknown || reply.status == Status::unsure)
        put_contact(html, view, asked);
    html("</section>\n");
}

void put_promise(Html& html, View const& view, Asked const& asked)
{
    html("<aside class=\"promise\" aria-labelledby=\"promise\"><h2 id=\"promise\">", say("promise.title", view.language), "</h2><ul><li>", say("promise.robot", view.language), "</li><li>",
         say("promise.sources", view.language), "</li><li>", health_notice(view), "</li><li>", say("promise.privacy", view.language));
    if (auto const address = safe_address(asked.privacy); !address.empty())
        html(" <a href=\"", address, "\" rel=\"noopener noreferrer\">", say("promise.privacy.more", view.language), "</a>");
    html("</li>");
    if (auto const address = safe_address(asked.contact); !address.empty())
        html("<li><a href=\"", address, "\" rel=\"noopener noreferrer\">", say("ask.contact", view.language), "</a></li>");
    html("</ul></aside>\n");
}

Head head_of(View const& view, std::string_view title)
{
    return {ask_of(view), say(title, view.language) + " - " + house_name(view), say("ask.lead", view.language, {{"house", house_name(view)}})};
}

// What a form did, and the way back.
std::string done_page(View const& view, Kind kind, std::string_view title, std::string_view text)
{
    Html html;
    html("<h1>", say(title, view.language), "</h1>\n<p class=\"lead\">", say(text, view.language), "</p>\n<p><a class=\"button\" href=\"", link(view, {kind, view.language, {}}, ask_of(view)),
         "\">", say("thanks.back", view.language), "</a></p>\n");
    auto head = head_of(view, title);
    head.here.kind = kind;
    head.indexed = false;
    return document(view, head, html);
}

}  // namespace

std::string ask_page(View const& view, Asked const& asked)
{
    Html html;
    html("<h1 id=\"title\">", say(asked.reply ? "ask.reply" : "ask.title", view.language), "</h1>\n");
    if (!asked.reply)
        html("<p class=\"lead\">", say("ask.lead", view.language, {{"house", house_name(view)}}), "</p>\n");
    else
        put_reply(html, view, asked);
    if (asked.reply) {
        put_buttons(html, view, asked, asked.reply->status == Status::unsure ? "ask.did_you_mean" : "ask.suggestions", asked.reply->suggestions);
        put_form(html, view, asked);
        put_thumbs(html, view, *asked.reply);
        put_forget(html, view, asked);
    } else {
        put_form(html, view, asked);
        put_buttons(html, view, asked, "ask.starters", asked.starters);
    }
    put_promise(html, view, asked);
    auto head = head_of(view, asked.reply ? "ask.reply" : "ask.title");
    head.indexed = asked.reply == nullptr && asked.complaint.empty();
    return document(view, head, html);
}

std::string thanks_page(View const& view, bool kept)
{
    return kept ? done_page(view, Kind::feedback, "thanks.title", "thanks.text") : done_page(view, Kind::feedback, "thanks.gone", "thanks.gone_text");
}

std::string forgotten_page(View const& view)
{
    return done_page(view, Kind::forget, "forget.done", "forget.text");
}

}  // namespace immunobot::pages
