#include "pages/open_data.hpp"

#include "pages/structured.hpp"
#include "text/csv.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <array>

namespace immunobot::pages {
namespace {

namespace json = boost::json;

constexpr std::array<DataForm, 3> forms = {{
    {"facts.csv", "CSV", "text/csv; charset=utf-8; header=present", facts_csv},
    {"facts.json", "JSON", "application/json; charset=utf-8", facts_json},
    {"facts.jsonld", "JSON-LD", "application/ld+json; charset=utf-8", facts_json_ld},
}};

json::value text_or_null(std::string const& text)
{
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object local(LocalText const& text)
{
    return {{"en", text.en}, {"fr", text.fr}};
}

std::string credit(Site const& site)
{
    auto const* house = site.house();
    return "immunobot knowledge base" + (house ? " on " + house->name.en : std::string()) + ", " + std::string(licence_name);
}

json::array tagged(LocalText const& text)
{
    return {json::object{{"@language", "en"}, {"@value", text.en}}, json::object{{"@language", "fr"}, {"@value", text.fr}}};
}

// Where the page of an entity is; a name within the file when no address is known.
std::string entity_id(Entity const& entity, Addresses const& addresses)
{
    if (!addresses.have_base())
        return "#" + entity.id;
    return addresses.are_files() ? addresses.absolute({Kind::entity, Language::en, entity.id}) + "#entity"
                                 : addresses.for_any_language({Kind::entity, Language::en, entity.id}) + "#entity";
}

json::object source_node(Source const& source)
{
    json::object node{{"@id", source.url.empty() ? "#source-" + source.id : source.url}, {"@type", "CreativeWork"}, {"name", source.title}};
    node["identifier"] = source.id;
    if (!source.publisher.empty())
        node["publisher"] = json::object{{"@type", "Organization"}, {"name", source.publisher}};
    if (!source.published.empty())
        node["datePublished"] = source.published;
    return node;
}

// Open ends as ISO 8601-2 writes them.
std::string interval(Fact const& fact)
{
    if (fact.valid_from.empty() && fact.valid_to.empty())
        return {};
    return (fact.valid_from.empty() ? ".." : fact.valid_from) + '/' + (fact.valid_to.empty() ? ".." : fact.valid_to);
}

json::object claim_node(Fact const& fact, Site const& site, Addresses const& addresses)
{
    json::object node{{"@id", "#" + fact.id}, {"@type", json::array{"Claim", "PropertyValue"}}, {"identifier", fact.id}};
    if (auto const* entity = site.entity(fact.entity))
        node["about"] = json::object{{"@id", entity_id(*entity, addresses)}};
    node["propertyID"] = fact.property;
    node["value"] = fact.value;
    if (!fact.unit.empty())
        node["unitText"] = fact.unit;
    node["text"] = tagged(fact.text);
    if (auto const when = interval(fact); !when.empty())
        node["temporalCoverage"] = when;
    if (auto const* source = site.source(fact.source)) {
        auto const id = json::object{{"@id", source->url.empty() ? "#source-" + source->id : source->url}};
        node["citation"] = id;
        node["prov:hadPrimarySource"] = id;
        node["dateModified"] = source->seen;
    }
    node["license"] = licence_address;
    return node;
}

json::object dataset_node(Site const& site, Addresses const& addresses)
{
    json::object node{{"@type", "Dataset"}, {"name", credit(site)}, {"license", licence_address}, {"creditText", credit(site)}};
    node["description"] = "Facts in English and French, each with its source, the day on which it was checked, and the time for which it holds.";
    node["version"] = std::to_string(site.revision());
    node["inLanguage"] = json::array{"en", "fr"};
    node["isAccessibleForFree"] = true;
    json::array distribution;
    for (auto const& form : forms) {
        json::object download{{"@type", "DataDownload"}, {"encodingFormat", form.type.substr(0, form.type.find(';'))}};
        if (addresses.have_base())
            download["contentUrl"] = addresses.absolute({Kind::data, Language::en, std::string(form.name)});
        distribution.push_back(std::move(download));
    }
    node["distribution"] = std::move(distribution);
    return node;
}

json::object fact_row(Fact const& fact)
{
    return {{"id", fact.id},
            {"entity", fact.entity},
            {"property", fact.property},
            {"value", text_or_null(fact.value)},
            {"unit", text_or_null(fact.unit)},
            {"text", local(fact.text)},
            {"valid_from", text_or_null(fact.valid_from)},
            {"valid_to", text_or_null(fact.valid_to)},
            {"review_by", text_or_null(fact.review_by)},
            {"layer", text_or_null(fact.layer)},
            {"source", fact.source}};
}

}  // namespace

std::span<DataForm const> data_forms()
{
    return forms;
}

std::string facts_csv(Site const& site, Addresses const&)
{
    std::string out;
    text::write_csv_row(out, {"id", "entity", "entity_name_en", "entity_name_fr", "property", "value", "unit", "text_en", "text_fr", "valid_from",
                              "valid_to", "review_by", "source", "source_title", "source_publisher", "source_url", "source_published",
                              "source_checked", "licence"});
    Entity const no_entity;
    Source const no_source;
    for (auto const& fact : site.knowledge().facts) {
        auto const* entity = site.entity(fact.entity);
        auto const* source = site.source(fact.source);
        auto const& about = entity ? *entity : no_entity;
        auto const& from = source ? *source : no_source;
        // Whoever opens it in a spreadsheet must not run what stands in it.
        std::vector<std::string> const cells = {
            fact.id, fact.entity, text::guard_formula(about.name.en), text::guard_formula(about.name.fr), fact.property,
            text::guard_formula(fact.value), text::guard_formula(fact.unit), text::guard_formula(fact.text.en),
            text::guard_formula(fact.text.fr), fact.valid_from, fact.valid_to, fact.review_by, fact.source,
            text::guard_formula(from.title), text::guard_formula(from.publisher), text::guard_formula(from.url), from.published, from.seen,
            std::string(licence_name)};
        text::write_csv_row(out, {cells.begin(), cells.end()});
    }
    return out;
}

std::string facts_json(Site const& site, Addresses const&)
{
    json::array sources;
    for (auto const& source : site.knowledge().sources)
        sources.push_back(json::object{{"id", source.id},
                                       {"title", source.title},
                                       {"publisher", text_or_null(source.publisher)},
                                       {"url", text_or_null(source.url)},
                                       {"published", text_or_null(source.published)},
                                       {"checked", text_or_null(source.seen)}});
    json::array entities;
    for (auto const& entity : site.knowledge().entities)
        entities.push_back(json::object{{"id", entity.id},
                                        {"kind", entity.kind},
                                        {"name", local(entity.name)},
                                        {"acronym", text_or_null(entity.acronym)},
                                        {"parent", text_or_null(entity.parent)}});
    json::array facts;
    for (auto const& fact : site.knowledge().facts)
        facts.push_back(fact_row(fact));
    return json::serialize(json::object{{"licence", json::object{{"name", licence_name}, {"url", licence_address}}},
                                        {"credit", credit(site)},
                                        {"revision", site.revision()},
                                        {"sources", std::move(sources)},
                                        {"entities", std::move(entities)},
                                        {"facts", std::move(facts)}});
}

std::string facts_json_ld(Site const& site, Addresses const& addresses)
{
    json::array graph;
    graph.push_back(dataset_node(site, addresses));
    for (auto const& entity : site.knowledge().entities) {
        auto node = entity_object(site, entity, Language::en, entity_id(entity, addresses));
        node["name"] = tagged(entity.name);
        node.erase("description");  // it is among the facts, in both languages
        graph.push_back(std::move(node));
    }
    for (auto const& source : site.knowledge().sources)
        graph.push_back(source_node(source));
    for (auto const& fact : site.knowledge().facts)
        graph.push_back(claim_node(fact, site, addresses));
    json::object const context{{"@vocab", "https://schema.org/"}, {"prov", "http://www.w3.org/ns/prov#"}};
    return json::serialize(json::object{{"@context", context}, {"@graph", std::move(graph)}});
}

}  // namespace immunobot::pages
