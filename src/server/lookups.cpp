// /api/v1/facts, /api/v1/entities, /api/v1/entities/{id}: the knowledge itself, for programs.

#include "server/handlers.hpp"

#include "server/knowledge_json.hpp"
#include "server/query.hpp"
#include "text/utf8.hpp"

namespace immunobot::server {
namespace {

constexpr std::size_t longest_search = 200;
constexpr std::size_t most_offset = 10'000'000;

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
    append_entity_view(response.body, **view);
}

}  // namespace immunobot::server
