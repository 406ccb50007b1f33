#include "pages/structured.hpp"

#include "knowledge/sheet.hpp"
#include "pages/open_data.hpp"
#include "text/marked.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace immunobot::pages {
namespace {

namespace json = boost::json;

constexpr std::string_view schema = "https://schema.org";

struct KindType {
    std::string_view kind;
    std::string_view type;
};

constexpr std::array<KindType, 9> types = {{
    {"person", "Person"},
    {"place", "Place"},
    {"hospital", "Hospital"},
    {"university", "CollegeOrUniversity"},
    {"research_centre", "ResearchOrganization"},
    {"technology_centre", "ResearchOrganization"},
    {"programme", "Project"},
    {"event", "Event"},
    {"concept", "DefinedTerm"},
}};

std::string_view type_of(std::string_view kind)
{
    auto const found = std::ranges::find(types, kind, &KindType::kind);
    return found == types.end() ? "Organization" : found->type;
}

bool is_body(std::string_view kind)
{
    return kind != "person" && kind != "place" && kind != "event" && kind != "concept";
}

// The facts of one property that hold today.
std::vector<Fact const*> current(Site const& site, Entity const& entity, std::string_view property)
{
    std::vector<Fact const*> found;
    for (auto const* fact : site.facts_of(entity))
        if (fact->property == property && !site.is_past(fact->valid_to))
            found.push_back(fact);
    return found;
}

void add_names(json::object& out, Entity const& entity, Language language)
{
    out["name"] = entity.name.in(language);
    json::array others;
    for (auto const& name : {entity.acronym, entity.name.in(other(language))})
        if (!name.empty() && name != entity.name.in(language))
            others.emplace_back(name);
    if (!others.empty())
        out["alternateName"] = std::move(others);
}

void add_websites(json::object& out, Site const& site, Entity const& entity)
{
    json::array others;
    for (auto const* fact : current(site, entity, "website"))
        for (auto const address : knowledge::split_list(fact->value)) {
            if (!address.starts_with("http"))
                continue;
            if (!out.contains("url"))
                out["url"] = address;
            else
                others.emplace_back(address);
        }
    if (!others.empty())
        out["sameAs"] = std::move(others);
    else if (out.contains("url"))
        out["sameAs"] = out["url"];
}

void add_first(json::object& out, std::string_view name, std::vector<Fact const*> const& facts)
{
    if (!facts.empty())
        out[name] = facts.front()->value;
}

json::object named(Site const& site, std::string_view id, Language language)
{
    auto const* entity = site.entity(id);
    if (!entity)
        return {{"@type", "Thing"}, {"name", id}};
    return {{"@type", type_of(entity->kind)}, {"name", entity->name.in(language)}};
}

void add_relations(json::object& out, Site const& site, Entity const& entity, Language language)
{
    if (auto const* parent = site.entity(entity.parent)) {
        auto const relation = entity.kind == "person" ? "affiliation" : entity.kind == "place" ? "containedInPlace" : "parentOrganization";
        if (entity.kind != "event" && entity.kind != "concept" && (entity.kind == "place") == (parent->kind == "place"))
            out[relation] = named(site, parent->id, language);
    }
    if (!is_body(entity.kind))
        return;
    json::array founders;
    for (auto const* fact : current(site, entity, "founder"))
        for (auto const item : knowledge::split_list(fact->value))
            founders.push_back(named(site, item, language));
    if (!founders.empty())
        out["founder"] = std::move(founders);
}

json::object question(Entry const& entry, Language language)
{
    return {{"@type", "Question"},
            {"name", entry.title},
            {"acceptedAnswer", json::object{{"@type", "Answer"}, {"text", answer_text(entry, language)}}}};
}

}  // namespace

std::string answer_text(Entry const& entry, Language language)
{
    if (entry.entry)
        return text::without_marks(entry.entry->answer.in(language));
    std::string out;
    for (auto const* fact : entry.facts)
        out += (out.empty() ? "" : " ") + fact->text.in(language);
    return out;
}

std::string faq_json_ld(View const& view, Place const& here, std::vector<Entry const*> const& entries)
{
    json::array questions;
    for (auto const* entry : entries)
        questions.push_back(question(*entry, view.language));
    json::object page{{"@context", schema}, {"@type", "FAQPage"}, {"inLanguage", code(view.language)}, {"license", licence_address}};
    if (view.addresses.have_base())
        page["url"] = view.addresses.absolute(here);
    page["mainEntity"] = std::move(questions);
    return json::serialize(page);
}

json::object entity_object(Site const& site, Entity const& entity, Language language, std::string const& id)
{
    json::object out{{"@type", type_of(entity.kind)}};
    if (!id.empty())
        out["@id"] = id;
    add_names(out, entity, language);
    auto const definitions = current(site, entity, "definition");
    if (!definitions.empty())
        out["description"] = definitions.front()->text.in(language);
    add_websites(out, site, entity);
    if (is_body(entity.kind)) {
        // Sources that do not agree give no date.
        auto const founded = current(site, entity, "founded");
        if (founded.size() == 1 && parse_date(founded.front()->value))
            out["foundingDate"] = founded.front()->value;
    }
    if (is_body(entity.kind) || entity.kind == "place")
        add_first(out, "address", current(site, entity, "address"));
    add_relations(out, site, entity, language);
    return out;
}

std::string entity_json_ld(View const& view, Place const& here, Entity const& entity)
{
    auto const id = view.addresses.have_base() ? view.addresses.absolute(here) + "#entity" : std::string();
    auto const about = entity_object(view.site, entity, view.language, id);
    json::object out{{"@context", schema}};
    for (auto const& [key, value] : about)
        out[key] = value;
    return json::serialize(out);
}

}  // namespace immunobot::pages
