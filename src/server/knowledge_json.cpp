#include "server/knowledge_json.hpp"

#include "channels/strict_json.hpp"

namespace immunobot::server {
namespace {

using channels::append_quoted;

void append_member(std::string& out, std::string_view name, std::string_view value)
{
    out.append(",\"").append(name).append("\":");
    append_quoted(out, value);
}

// Null where nothing is known.
void append_optional(std::string& out, std::string_view name, std::string_view value)
{
    if (!value.empty())
        return append_member(out, name, value);
    out.append(",\"").append(name).append("\":null");
}

void append_local(std::string& out, std::string_view name, LocalText const& text)
{
    out.append(",\"").append(name).append("\":{\"en\":");
    append_quoted(out, text.en);
    append_member(out, "fr", text.fr);
    out += '}';
}

void append_strings(std::string& out, std::string_view name, std::vector<std::string> const& values)
{
    out.append(",\"").append(name).append("\":[");
    for (auto const& value : values) {
        if (&value != values.data())
            out += ',';
        append_quoted(out, value);
    }
    out += ']';
}

void append_source(std::string& out, knowledge::Source const& source)
{
    out += ",\"source\":{\"id\":";
    append_quoted(out, source.id);
    append_member(out, "title", source.title);
    append_optional(out, "publisher", source.publisher);
    append_optional(out, "url", source.url);
    append_optional(out, "published", source.published);
    append_optional(out, "as_of", source.seen);
    out += '}';
}

void append_fact(std::string& out, SourcedFact const& row)
{
    auto const& fact = row.fact;
    out += "{\"id\":";
    append_quoted(out, fact.id);
    append_member(out, "entity", fact.entity);
    append_member(out, "property", fact.property);
    append_optional(out, "value", fact.value);
    append_optional(out, "unit", fact.unit);
    append_local(out, "text", fact.text);
    append_optional(out, "valid_from", fact.valid_from);
    append_optional(out, "valid_to", fact.valid_to);
    append_optional(out, "review_by", fact.review_by);
    append_optional(out, "layer", fact.layer);
    append_source(out, row.source);
    out += '}';
}

}  // namespace

void append_facts(std::string& out, std::vector<SourcedFact> const& facts)
{
    out += "\"facts\":[";
    for (auto const& fact : facts) {
        if (&fact != facts.data())
            out += ',';
        append_fact(out, fact);
    }
    out += ']';
}

void append_entity(std::string& out, knowledge::Entity const& entity)
{
    out += "{\"id\":";
    append_quoted(out, entity.id);
    append_member(out, "kind", entity.kind);
    append_local(out, "name", entity.name);
    append_optional(out, "acronym", entity.acronym);
    append_strings(out, "aliases", entity.aliases);
    append_optional(out, "parent", entity.parent);
}

void append_entity_view(std::string& out, EntityView const& view)
{
    append_entity(out, view.entity);
    append_strings(out, "children", view.children);
    out += ',';
    append_facts(out, view.facts);
    out += '}';
}

}  // namespace immunobot::server
