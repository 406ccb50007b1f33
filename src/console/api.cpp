#include "console/api.hpp"

#include "console/failure.hpp"
#include "staff/commands.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <iterator>

namespace immunobot::console {
namespace {

namespace json = boost::json;
using staff::Role;

constexpr std::string_view area = "/api/v1/staff/";
constexpr std::size_t most_found = 20;

struct Call {
    staff::Desk& desk;
    Request const& request;
    staff::Person const& person;
    std::string id;
    Form const& query;
};

struct Outcome {
    int status = 200;
    json::value body;
};

std::string_view slug_of(int status)
{
    switch (status) {
        case 400: return "bad-request";
        case 401: return "unauthorized";
        case 403: return "forbidden";
        case 404: return "not-found";
        case 405: return "method-not-allowed";
        case 409: return "conflict";
        case 503: return "unavailable";
        default: return "internal";
    }
}

Outcome problem(int status, std::string_view detail)
{
    return {status, json::object{{"type", std::string("/problems/").append(slug_of(status))}, {"title", slug_of(status)}, {"status", status}, {"detail", detail}}};
}

Outcome problem(Error const& error)
{
    switch (error.code) {
        case Errc::bad_request: return problem(400, error.message);
        case Errc::not_found: return problem(404, error.message);
        case Errc::not_allowed: return problem(403, error.message);
        case Errc::conflict: return problem(409, error.message);
        case Errc::busy: log_failure(error); return problem(503, "try again");
        default: log_failure(error); return problem(500, "it failed; the log of the server says why");
    }
}

json::object to_json(staff::Found const& found)
{
    constexpr std::string_view kinds[] = {"fact", "faq", "staff"};
    return {{"id", found.id},
            {"kind", kinds[static_cast<std::size_t>(found.kind)]},
            {"question", {{"en", found.question.en}, {"fr", found.question.fr}}},
            {"answer", {{"en", found.answer.en}, {"fr", found.answer.fr}}},
            {"entity", found.entity},
            {"source", {{"title", found.source.title}, {"url", found.source.url}, {"seen", found.source.seen}}},
            {"valid_to", found.valid_to},
            {"review_by", found.review_by}};
}

Outcome get_search(Call const& call)
{
    auto const wanted = call.query.number("limit");
    auto const limit = wanted > 0 ? std::min(static_cast<std::size_t>(wanted), most_found) : most_found;
    auto const found = call.desk.search.find(call.query.text("q"), limit);
    if (!found)
        return problem(found.error());
    json::array all;
    for (auto const& one : *found)
        all.push_back(to_json(one));
    return {200, json::object{{"answers", std::move(all)}}};
}

Outcome get_answer(Call const& call)
{
    auto const found = call.desk.search.one(call.id);
    if (!found)
        return problem(found.error());
    return *found ? Outcome{200, to_json(**found)} : problem(404, "there is no such answer");
}

Outcome get_questions(Call const& call)
{
    auto const groups = call.desk.queue.groups();
    if (!groups)
        return problem(groups.error());
    json::array all;
    for (auto const& group : *groups)
        all.push_back({{"id", group.id}, {"state", group.state}, {"question", group.question}, {"lang", group.language}, {"count", group.count},
                       {"people", group.people}, {"first", group.first_at}, {"last", group.seen_at}, {"assigned", group.assigned}, {"answer", group.answer}});
    return {200, json::object{{"groups", std::move(all)}}};
}

Outcome post_command(Call const& call)
{
    json::error_code failed;
    auto const body = json::parse(call.request.body, failed);
    auto const* object = failed ? nullptr : body.if_object();
    auto const* line = object ? object->if_contains("line") : nullptr;
    if (!line || !line->is_string())
        return problem(400, "\"line\" is a text: the command");
    auto const* lang = object->if_contains("lang");
    auto const language = lang && lang->is_string() ? language_from_code(std::string_view(lang->get_string())) : std::nullopt;
    auto const told = staff::Commands(call.desk).run({call.person, language, true}, std::string_view(line->get_string()));
    return {200, json::object{{"text", told.text}, {"done", told.done}, {"lang", code(told.language)}}};
}

Outcome get_audit_rows(Call const& call)
{
    knowledge::AuditFilter filter;
    filter.words = call.query.text("words");
    filter.before_id = call.query.number("before");
    auto const rows = call.desk.store.with([&](auto& store) { return store.audit(filter); });
    if (!rows)
        return problem(rows.error());
    json::array all;
    for (auto const& row : *rows)
        all.push_back({{"id", row.id}, {"at", row.made_at}, {"who", row.act.who}, {"origin", row.act.origin}, {"action", row.act.action}, {"target", row.act.target}, {"digest", row.digest}});
    return {200, json::object{{"rows", std::move(all)}}};
}

struct Served {
    ApiRoute route;
    Outcome (*handler)(Call const&);
};

constexpr Served served_paths[] = {
    {{false, "/api/v1/staff/search", Role::viewer, "staff_search"}, get_search},
    {{false, "/api/v1/staff/answers/{id}", Role::viewer, "staff_answer"}, get_answer},
    {{true, "/api/v1/staff/commands", Role::viewer, "staff_command"}, post_command},
    {{false, "/api/v1/staff/questions", Role::answerer, "staff_questions"}, get_questions},
    {{false, "/api/v1/staff/audit", Role::admin, "staff_audit"}, get_audit_rows},
};

constexpr auto plain_table = [] {
    std::array<ApiRoute, std::size(served_paths)> all{};
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = served_paths[i].route;
    return all;
}();

bool fits(std::string_view pattern, std::string_view path, std::string& id)
{
    auto const open = pattern.find("{id}");
    if (open == std::string_view::npos)
        return pattern == path;
    id = path.starts_with(pattern.substr(0, open)) ? path.substr(open) : std::string_view();
    return !id.empty() && id.find('/') == std::string::npos;
}

// Only by a token: a browser's session is no proof here, so that no page of others can use it.
Outcome serve(staff::Desk& desk, Request const& request, Response& response)
{
    std::string id;
    Served const* found = nullptr;
    bool path_known = false;
    for (auto const& one : served_paths)
        if (fits(one.route.path, request.path, id)) {
            path_known = true;
            if (one.route.post == request.post)
                found = &one;
        }
    constexpr std::string_view scheme = "Bearer ";
    bool const shown = request.authorization.starts_with(scheme);
    auto const person = desk.accounts.bearer(shown ? std::string_view(request.authorization).substr(scheme.size()) : std::string_view(), request.address);
    if (!person)
        return problem(person.error());
    if (!*person) {
        response.challenge = "Bearer";
        return problem(401, "a token is needed, which holds and has not ended");
    }
    if (!found)
        return problem(path_known ? 405 : 404, path_known ? "not by this method" : "there is no such route");
    if (!staff::may((*person)->role, found->route.role))
        return problem(403, "the token has not the role " + std::string(staff::name(found->route.role)));
    auto const query = Form::parse(request.query);
    if (!query)
        return problem(400, query.error().message);
    return found->handler({desk, request, **person, std::move(id), *query});
}

}  // namespace

std::span<ApiRoute const> api_routes()
{
    return plain_table;
}

bool is_api_path(std::string_view path)
{
    return path.starts_with(area);
}

Response answer_api(staff::Desk& desk, Request const& request)
{
    Response response;
    auto const outcome = serve(desk, request, response);
    response.status = outcome.status;
    response.type = outcome.status < 400 ? "application/json" : "application/problem+json";
    response.body = json::serialize(outcome.body);
    return response;
}

}  // namespace immunobot::console
