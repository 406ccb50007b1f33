#include "pages/facts.hpp"

#include "pages/open_data.hpp"
#include "pages/structured.hpp"
#include "pages/texts.hpp"
#include "pages/typography.hpp"
#include "pages/vocabulary.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace immunobot::pages {
namespace {

std::size_t fact_count(View const& view, Entity const& entity)
{
    return view.site.facts_of(entity).size();
}

// Whether the name leaves the acronym unsaid.
bool adds_acronym(Entity const& entity, Language language)
{
    return !entity.acronym.empty() && entity.name.in(language).find(entity.acronym) == std::string::npos;
}

void put_entities(Html& html, View const& view, Place const& here, std::vector<Entity const*> const& entities)
{
    html("<ul class=\"entities\">\n");
    for (auto const* entity : entities) {
        html("<li><span><a href=\"", link(view, here, {Kind::entity, view.language, entity->id}), "\">", name_of(*entity, view.language), "</a>");
        if (adds_acronym(*entity, view.language))
            html(" <span class=\"acronym\">", entity->acronym, "</span>");
        html("</span> <span class=\"count\">", count("facts.count", fact_count(view, *entity), view.language), "</span></li>\n");
    }
    html("</ul>\n");
}

void put_downloads(Html& html, View const& view, Place const& here)
{
    html("<section class=\"open\" aria-labelledby=\"open\"><h2 id=\"open\">", say("open.title", view.language), "</h2>\n<p>", say("open.text", view.language),
         " <a href=\"", licence_address, "\" rel=\"license noopener noreferrer\">", licence_name, "</a>.</p>\n<ul class=\"downloads\">\n");
    for (auto const& form : data_forms())
        html("<li><a class=\"button\" href=\"", link(view, here, {Kind::data, view.language, std::string(form.name)}), "\">", form.label, "</a> <span>",
             say("open." + std::string(form.name), view.language), "</span></li>\n");
    html("</ul></section>\n");
}

// "valid from 2015", "no longer holds since 3 May 2026".
void put_validity(Html& html, View const& view, Fact const& fact)
{
    auto const put = [&](std::string_view key, std::string const& date) {
        html(" <span class=\"when\">", say(key, view.language), " ");
        put_date(html, date, view.language);
        html("</span>");
    };
    if (!fact.valid_from.empty())
        put("fact.from", fact.valid_from);
    if (!fact.valid_to.empty())
        put(view.site.is_past(fact.valid_to) ? "fact.ended" : "fact.until", fact.valid_to);
    if (!fact.review_by.empty())
        put("fact.review", fact.review_by);
}

void put_fact(Html& html, View const& view, Fact const& fact)
{
    bool const past = view.site.is_past(fact.valid_to);
    html("<li class=\"fact\" id=\"", fact.id, "\"><p class=\"property\">", property_name(fact.property, view.language), " ");
    put_anchor(html, view, fact.id, property_name(fact.property, view.language));
    html("</p>\n<div><p>");
    if (past)
        html("<strong class=\"past\">", say("fact.past", view.language), "</strong> ");
    html.linked(typeset(fact.text.in(view.language), view.language))("</p><p class=\"meta\">");
    if (auto const* source = view.site.source(fact.source))
        put_source(html, *source, view.language);
    put_validity(html, view, fact);
    html("</p></div></li>\n");
}

void put_relation(Html& html, View const& view, Place const& here, std::string_view name, std::vector<Entity const*> const& entities)
{
    if (entities.empty())
        return;
    html("<div><dt>", say(name, view.language), "</dt><dd><ul class=\"links\">");
    for (auto const* entity : entities)
        html("<li><a href=\"", link(view, here, {Kind::entity, view.language, entity->id}), "\">", name_of(*entity, view.language), "</a></li>");
    html("</ul></dd></div>\n");
}

void put_relations(Html& html, View const& view, Place const& here, Entity const& entity)
{
    auto const found = view.site.relations_of(entity);
    if (!found.parent && found.children.empty() && found.others.empty())
        return;
    html("<section aria-labelledby=\"related\"><h2 id=\"related\">", say("related.title", view.language), "</h2>\n<dl class=\"related\">\n");
    if (found.parent)
        put_relation(html, view, here, "related.parent", {found.parent});
    put_relation(html, view, here, "related.children", found.children);
    put_relation(html, view, here, "related.others", found.others);
    html("</dl></section>\n");
}

std::string description_of(View const& view, Entity const& entity)
{
    for (auto const* fact : view.site.facts_of(entity))
        if (fact->property == "definition" && !view.site.is_past(fact->valid_to))
            return fact->text.in(view.language);
    return say("entity.description", view.language, {{"entity", name_of(entity, view.language)}});
}

std::string dataset_json_ld(View const& view, Place const& here)
{
    boost::json::object out{{"@context", "https://schema.org"}, {"@type", "Dataset"}};
    out["name"] = say("facts.title", view.language) + " - " + house_name(view);
    out["description"] = say("open.text", view.language) + " " + std::string(licence_name) + ".";
    out["license"] = licence_address;
    out["inLanguage"] = boost::json::array{"en", "fr"};
    boost::json::array downloads;
    for (auto const& form : data_forms()) {
        boost::json::object one{{"@type", "DataDownload"}, {"encodingFormat", form.type.substr(0, form.type.find(';'))}};
        Place const there{Kind::data, view.language, std::string(form.name)};
        one["contentUrl"] = view.addresses.have_base() ? view.addresses.absolute(there) : link(view, here, there);
        downloads.push_back(std::move(one));
    }
    out["distribution"] = std::move(downloads);
    return boost::json::serialize(out);
}

}  // namespace

std::string facts_page(View const& view)
{
    Place const here{Kind::facts, view.language, {}};
    auto const& all = view.site.knowledge();
    auto const lead = say("facts.lead", view.language,
                          {{"facts", count("facts.count", all.facts.size(), view.language)}, {"entities", spoken_number(all.entities.size(), view.language)},
                           {"sources", spoken_number(all.sources.size(), view.language)}});
    Html html;
    html("<h1>", say("facts.title", view.language), "</h1>\n<p class=\"lead\">", lead, "</p>\n");
    for (auto const& topic : view.site.topics()) {
        html("<section aria-labelledby=\"", topic.id, "\"><h2 id=\"", topic.id, "\">", say("topic." + std::string(topic.id), view.language), "</h2>\n");
        put_entities(html, view, here, topic.entities);
        html("</section>\n");
    }
    put_downloads(html, view, here);
    return document(view, {here, say("facts.title", view.language) + " - " + house_name(view), lead, dataset_json_ld(view, here)}, html);
}

std::string entity_page(View const& view, Entity const& entity)
{
    Place const here{Kind::entity, view.language, entity.id};
    auto const name = name_of(entity, view.language);
    Html html;
    html("<p class=\"crumb\"><a href=\"", link(view, here, {Kind::facts, view.language, {}}), "\">", say("facts.title", view.language), "</a></p>\n<h1>", name, "</h1>\n<p class=\"lead\">",
         kind_name(entity.kind, view.language));
    if (adds_acronym(entity, view.language))
        html(", ", say("entity.acronym", view.language), " <strong>", entity.acronym, "</strong>");
    html(". ", count("facts.count", fact_count(view, entity), view.language), ".");
    if (auto const* topic = view.site.topic_of(entity))
        html(" <a href=\"", link(view, here, {Kind::topic, view.language, std::string(topic->id)}, entity.id), "\">", say("entity.as_questions", view.language), "</a>");
    html("</p>\n");
    for (auto const& theme : view.site.themes_of(entity)) {
        html("<section aria-labelledby=\"", theme.id, "\"><h2 id=\"", theme.id, "\">", say("theme." + std::string(theme.id), view.language), "</h2>\n<ul class=\"facts\">\n");
        for (auto const* fact : theme.facts)
            put_fact(html, view, *fact);
        html("</ul></section>\n");
    }
    put_relations(html, view, here, entity);
    return document(view, {here, name + " - " + say("facts.title", view.language), description_of(view, entity), entity_json_ld(view, here, entity)}, html);
}

}  // namespace immunobot::pages
