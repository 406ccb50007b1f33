#include "pages/faq.hpp"

#include "pages/blocks.hpp"
#include "pages/structured.hpp"
#include "pages/texts.hpp"
#include "pages/typography.hpp"
#include "pages/vocabulary.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace immunobot::pages {
namespace {

constexpr std::size_t most_found = 50;

Place faq_of(View const& view)
{
    return {Kind::faq, view.language, {}};
}

std::string topic_name(Topic const& topic, Language language)
{
    return say("topic." + std::string(topic.id), language);
}

std::size_t questions_in(View const& view, Topic const& topic)
{
    std::size_t n = 0;
    for (auto const* entity : topic.entities)
        n += view.site.questions_on(*entity, view.language).size();
    return n;
}

// Where an entry stands: its page and anchor.
std::string address_of(View const& view, Place const& here, Entry const& entry)
{
    auto const* topic = entry.entry || !entry.entity ? nullptr : view.site.topic_of(*entry.entity);
    auto const there = topic ? Place{Kind::topic, view.language, std::string(topic->id)} : faq_of(view);
    return link(view, here, there, entry.anchor);
}

void put_search(Html& html, View const& view, Place const& here, std::string_view words)
{
    bool const files = view.addresses.are_files();
    // Files have nobody to answer a form: the script shows the box when it can search by itself.
    html("<form class=\"search\" role=\"search\" method=\"get\" data-index=\"", link(view, here, {Kind::faq_index, view.language, {}}), "\" data-root=\"",
         link(view, here, faq_of(view)), "\"");
    if (!files)
        html(" action=\"", link(view, here, faq_of(view)), "\"");
    else
        html(" hidden");
    html("><label for=\"q\">", say("faq.search", view.language), "</label><div class=\"field\"><input id=\"q\" name=\"q\" type=\"search\" maxlength=\"",
         longest_search, "\" autocomplete=\"off\" spellcheck=\"false\" value=\"", words, "\">");
    if (!files)
        html("<input type=\"hidden\" name=\"lang\" value=\"", code(view.language), "\">");
    html("<button type=\"submit\">", say("faq.search.go", view.language), "</button></div><p class=\"found\" role=\"status\" data-none=\"",
         say("faq.none", view.language), "\" data-one=\"", say("faq.found.one", view.language), "\" data-many=\"", say("faq.found.many", view.language),
         "\"></p><ol class=\"hits\" hidden></ol></form>\n");
}

void put_fact_answer(Html& html, View const& view, Fact const& fact, bool anchored)
{
    html("<div class=\"answer\"");
    if (anchored)
        html(" id=\"", fact.id, "\"");
    html("><p>").linked(typeset(fact.text.in(view.language), view.language))("</p>");
    if (auto const* source = view.site.source(fact.source)) {
        html("<p class=\"meta\">");
        put_source(html, *source, view.language);
        html("</p>");
    }
    html("</div>\n");
}

void put_entry_answer(Html& html, View const& view, FaqEntry const& entry)
{
    html("<div class=\"answer\">");
    put_written(html, entry.answer.in(view.language), view.language);
    for (auto const* source : view.site.sources_of(entry, view.language)) {
        html("<p class=\"meta\">");
        put_source(html, *source, view.language);
        html("</p>");
    }
    html("</div>\n");
}

void put_answers(Html& html, View const& view, Entry const& entry)
{
    if (entry.entry)
        return put_entry_answer(html, view, *entry.entry);
    for (auto const* fact : entry.facts)
        put_fact_answer(html, view, *fact, fact->id != entry.anchor);
}

void put_question(Html& html, View const& view, Entry const& entry)
{
    html("<article class=\"qa\" id=\"", entry.anchor, "\"><h3>", typeset(entry.title, view.language), "</h3> ");
    put_anchor(html, view, entry.anchor, typeset(entry.title, view.language));
    html("\n");
    put_answers(html, view, entry);
    html("</article>\n");
}

void put_topics(Html& html, View const& view, Place const& here)
{
    html("<nav class=\"topics\" aria-labelledby=\"topics\"><h2 id=\"topics\">", say("faq.topics", view.language), "</h2><ul>\n");
    for (auto const& topic : view.site.topics()) {
        html("<li><a href=\"", link(view, here, {Kind::topic, view.language, std::string(topic.id)}), "\"><span class=\"name\">",
             topic_name(topic, view.language), "</span> <span class=\"count\">", count("faq.count", questions_in(view, topic), view.language), "</span></a></li>\n");
    }
    html("</ul></nav>\n");
}

void put_section(Html& html, View const& view, Place const& here, Entity const& entity)
{
    html("<section class=\"entity\" aria-labelledby=\"", entity.id, "\"><h2 id=\"", entity.id, "\">", name_of(entity, view.language), "</h2>\n<p class=\"more\"><a href=\"",
         link(view, here, {Kind::entity, view.language, entity.id}), "\">",
         say("faq.all_facts", view.language, {{"entity", Site::short_name(entity, view.language)}}), "</a></p>\n");
    for (auto const& entry : view.site.questions_on(entity, view.language))
        put_question(html, view, entry);
    html("</section>\n");
}

void put_contents(Html& html, View const& view, Topic const& topic)
{
    html("<nav class=\"contents\" aria-labelledby=\"contents\"><h2 id=\"contents\">", say("contents", view.language), "</h2><ul>\n");
    for (auto const* entity : topic.entities)
        html("<li><a href=\"#", entity->id, "\">", name_of(*entity, view.language), "</a></li>\n");
    html("</ul></nav>\n");
}

// `name` of the section: "frequent". What it shows is added to `shown`.
void put_entries(Html& html, View const& view, std::string const& name, std::vector<Entry> const& entries, std::vector<Entry const*>& shown)
{
    if (entries.empty())
        return;
    html("<section class=\"frequent\" aria-labelledby=\"", name, "\"><h2 id=\"", name, "\">", say("faq." + name, view.language), "</h2>\n");
    for (auto const& entry : entries) {
        put_question(html, view, entry);
        shown.push_back(&entry);
    }
    html("</section>\n");
}

}  // namespace

std::string faq_page(View const& view)
{
    auto const here = faq_of(view);
    Html html;
    html("<h1>", say("faq.title", view.language), "</h1>\n<p class=\"lead\">", say("faq.lead", view.language, {{"house", house_name(view)}}), "</p>\n");
    put_search(html, view, here, {});
    put_topics(html, view, here);
    std::vector<Entry const*> entries;
    put_entries(html, view, "frequent", view.site.frequent(view.language), entries);
    put_entries(html, view, "about", view.site.about(view.language), entries);
    return document(view, {here, say("faq.title", view.language) + " - " + house_name(view), say("faq.lead", view.language, {{"house", house_name(view)}}),
                           faq_json_ld(view, here, entries)}, html);
}

std::string topic_page(View const& view, Topic const& topic)
{
    Place const here{Kind::topic, view.language, std::string(topic.id)};
    auto const name = topic_name(topic, view.language);
    Html html;
    html("<p class=\"crumb\"><a href=\"", link(view, here, faq_of(view)), "\">", say("faq.title", view.language), "</a></p>\n<h1>", name, "</h1>\n<p class=\"lead\">",
         count("faq.count", questions_in(view, topic), view.language), "</p>\n");
    put_search(html, view, here, {});
    put_contents(html, view, topic);
    std::vector<Entry const*> entries;
    for (auto const* entity : topic.entities) {
        put_section(html, view, here, *entity);
        for (auto const& entry : view.site.questions_on(*entity, view.language))
            entries.push_back(&entry);
    }
    return document(view, {here, say("topic.title", view.language, {{"topic", name}}) + " - " + house_name(view),
                           say("topic.description", view.language, {{"topic", name}, {"house", house_name(view)}}), faq_json_ld(view, here, entries)}, html);
}

std::string faq_results(View const& view, std::string_view words)
{
    auto const here = faq_of(view);
    auto const found = view.site.search(words, view.language, most_found);
    Html html;
    html("<p class=\"crumb\"><a href=\"", link(view, here, here), "\">", say("faq.title", view.language), "</a></p>\n<h1>",
         say("faq.results", view.language), "</h1>\n");
    put_search(html, view, here, words);
    html("<p class=\"meta\">", found.empty() ? say("faq.none", view.language) : count("faq.found", found.size(), view.language), "</p>\n");
    for (auto const* entry : found) {
        html("<article class=\"qa\"><h2 class=\"hit\"><a href=\"", address_of(view, here, *entry), "\">", typeset(entry->title, view.language), "</a></h2>\n");
        if (entry->entry)
            put_entry_answer(html, view, *entry->entry);
        for (auto const* fact : entry->facts)
            put_fact_answer(html, view, *fact, false);
        html("</article>\n");
    }
    if (found.size() < 3)
        html("<p><a class=\"button\" href=\"", link(view, here, {Kind::ask, view.language, {}}), "\">", say("faq.ask_instead", view.language), "</a></p>\n");
    return document(view, {here, say("faq.results", view.language) + " - " + house_name(view), say("faq.results", view.language), {}, false}, html);
}

std::string faq_index(View const& view)
{
    // Addresses as seen from the first page of the FAQ; the search box knows the way from its page to there.
    auto const here = faq_of(view);
    boost::json::array all;
    auto const add = [&](Entry const& entry) {
        auto const* topic = entry.entry || !entry.entity ? nullptr : view.site.topic_of(*entry.entity);
        auto words = answer_text(entry, view.language);
        if (entry.entity)
            words += ' ' + entry.entity->name.in(view.language) + ' ' + entry.entity->acronym;
        all.push_back(boost::json::array{typeset(entry.title, view.language), topic ? topic->id : std::string_view(), entry.anchor, words});
    };
    for (auto const* entries : {&view.site.frequent(view.language), &view.site.about(view.language)})
        std::ranges::for_each(*entries, add);
    for (auto const& topic : view.site.topics())
        for (auto const* entity : topic.entities)
            for (auto const& entry : view.site.questions_on(*entity, view.language))
                add(entry);
    Html out;
    out("window.immunobotFaq=").json(boost::json::serialize(all))(";\n");
    return std::move(out).take();
}

}  // namespace immunobot::pages
