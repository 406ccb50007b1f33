// /api/v1/facts, /api/v1/entities, /api/v1/entities/{id}: the knowledge itself, for programs.

#include "server/handlers.hpp"

#include "channels/strict_json.hpp"
#include "server/query.hpp"
#include "text/utf8.hpp"

namespace immunobot::server {
namespace {

using channels::append_quoted;

constexpr std::size_t longest_search = 200;
constexpr std::size_t most_offset = 10'000'000;

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

void append_total(std::string& out, std::size_t total, std::size_t limit, std::size_t offset)
{
    out.append("{\"total\":").append(std::to_string(total));
    out.append(",\"limit\":").append(std::to_string(limit));
    out.append(",\"offset\":").append(std::to_string(offset)).append(",");
}

Result<FactQuery> read_fact_query(Query const& query)
{
    auto const limit = query.number("limit", 50, 1, 200);
    if (!limit)
        return limit.error();
    auto const offset = query.number("offset", 0, 0, most_offset);
    if (!offset)
        return offset.error();
    if (text::length(query.text("q")) > longest_search)
        return Error{Errc::bad_request, "parameter \"q\" is longer than 200 characters"};
    return FactQuery{std::string(query.text("q")), std::string(query.text("entity")),
                     std::string(query.text("property")), *limit, *offset};
}

}  // namespace

void get_facts(Context& context, Route const&, Request const& request, Response& response)
{
    auto const query = Query::parse(request.query);
    if (!query)
        return explain(response, query.error());
    auto const wanted = read_fact_query(*query);
    if (!wanted)
        return explain(response, wanted.error());
    auto const page = context.backend.facts(*wanted);
    if (!page)
        return explain(response, page.error());
    append_total(response.body, page->total, wanted->limit, wanted->offset);
    append_facts(response.body, page->facts);
    response.body += '}';
}

void get_entities(Context& context, Route const&, Request const& request, Response& response)
{
    auto const query = Query::parse(request.query);
    if (!query)
        return explain(response, query.error());
    auto const limit = query->number("limit", 200, 1, 1000);
    if (!limit)
        return explain(response, limit.error());
    auto const offset = query->number("offset", 0, 0, most_offset);
    if (!offset)
        return explain(response, offset.error());
    auto const page = context.backend.entities(query->text("kind"), *limit, *offset);
    if (!page)
        return explain(response, page.error());
    append_total(response.body, page->total, *limit, *offset);
    response.body += "\"entities\":[";
    for (auto const& entity : page->entities) {
        if (&entity != page->entities.data())
            response.body += ',';
        append_entity(response.body, entity);
        response.body += '}';
    }
    response.body += "]}";
}

void get_entity(Context& context, Route const& route, Request const& request, Response& response)
{
    auto const view = context.backend.entity(id_in(route, request.path));
    if (!view)
        return explain(response, view.error());
    if (!*view)
        return response.fail(Problem::not_found, "There is no entity of this id.");
    append_entity(response.body, (*view)->entity);
    append_strings(response.body, "children", (*view)->children);
    response.body += ',';
    append_facts(response.body, (*view)->facts);
    response.body += '}';
}

}  // namespace immunobot::server
