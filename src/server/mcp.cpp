// /mcp: assistants look facts up. The protocol is in channels/mcp.hpp, the tools in channels/mcp_tools.hpp; here they
// meet the knowledge. Nothing is remembered between two requests.

#include "server/handlers.hpp"

#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/mcp.hpp"
#include "channels/mcp_tools.hpp"
#include "channels/strict_json.hpp"
#include "server/answering.hpp"
#include "server/knowledge_json.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <charconv>

namespace immunobot::server {
namespace {

namespace mcp = channels::mcp;

constexpr std::string_view address_begin = "immunobot://entities/";
constexpr std::size_t page_size = 100;
constexpr std::size_t most_entities = 10'000;
constexpr mcp::Keeping for_a_day{86'400'000, true};
constexpr mcp::Keeping for_a_minute{60'000, true};

using Members = boost::system::result<std::string, mcp::Failure>;

mcp::Failure internal(mcp::Message const& message)
{
    return mcp::Failure{200, mcp::Fault::internal, "The knowledge cannot be read just now; try again soon", message.id};
}

std::string view_json(EntityView const& view)
{
    std::string out;
    append_entity_view(out, view);
    return out;
}

std::string page_json(FactPage const& page)
{
    std::string out = "{\"total\":" + std::to_string(page.total) + ',';
    append_facts(out, page.facts);
    return out + '}';
}

// One line for each fact: what it says, where it comes from, when that was read.
std::string fact_lines(std::vector<SourcedFact> const& facts, Language language)
{
    std::string text;
    for (auto const& [fact, source] : facts) {
        text.append("- ").append(fact.text.in(language)).append(" [").append(source.title);
        if (!source.seen.empty())
            text.append(", ").append(source.seen);
        if (!source.url.empty())
            text.append(", ").append(source.url);
        text += "]\n";
    }
    return text;
}

// The id of the entity with this name; empty if there is none.
Result<std::string> id_of_name(Backend& backend, std::string_view name)
{
    auto const all = backend.entities({}, most_entities, 0);
    if (!all)
        return all.error();
    auto const wanted = text::fold(name);
    auto const is_wanted = [&](std::string const& text) { return !text.empty() && text::fold(text) == wanted; };
    for (auto const& entity : all->entities)
        if (is_wanted(entity.name.en) || is_wanted(entity.name.fr) || is_wanted(entity.acronym) ||
            std::any_of(entity.aliases.begin(), entity.aliases.end(), is_wanted))
            return entity.id;
    return std::string();
}

Result<std::string> run(Context& context, mcp::Ask const& ask)
{
    auto const reply = answer(context, ask.question);
    if (!reply)
        return reply.error();
    return mcp::reply_members(*reply);
}

Result<std::string> run(Context& context, mcp::SearchFacts const& search)
{
    auto const page = context.backend.facts({search.words, search.entity, search.property, search.limit, 0});
    if (!page)
        return page.error();
    auto text = fact_lines(page->facts, search.language);
    if (text.empty())
        text = "There is no fact with these words. Try fewer or other words, or leave 'entity' and 'property' out.";
    return mcp::call_members(text, page_json(*page));
}

Result<std::string> run(Context& context, mcp::GetEntity const& get)
{
    auto view = context.backend.entity(get.entity);
    if (view && !*view) {
        auto const id = id_of_name(context.backend, get.entity);
        if (!id)
            return id.error();
        view = context.backend.entity(*id);
    }
    if (!view)
        return view.error();
    if (!*view)
        return Error{Errc::not_found, "There is no entity of this id or name. resources/list names all of them; 'search_facts' finds them by words."};
    auto const& name = (*view)->entity.name.in(get.language);
    return mcp::call_members(name + "\n" + fact_lines((*view)->facts, get.language), view_json(**view));
}

Members call_tool(Context& context, mcp::Message const& message)
{
    auto const tool = channels::optional_text(message.params, "name");
    if (!tool || !*tool)
        return mcp::invalid_parameters(message, "name must be a string");
    boost::json::object const none;
    auto const* given = message.params.if_contains("arguments");
    if (given && !given->is_object() && !given->is_null())
        return mcp::invalid_parameters(message, "arguments must be an object");
    auto const call = mcp::read_call(**tool, given && given->is_object() ? given->get_object() : none);
    if (!call)
        return mcp::invalid_parameters(message, "Unknown tool");
    if (!*call)
        return mcp::failed_members(call->error().message);
    auto const members = std::visit([&](auto const& known) { return run(context, known); }, **call);
    if (members)
        return *members;
    if (members.error().code == Errc::not_found || members.error().code == Errc::bad_request)
        return mcp::failed_members(members.error().message);
    return internal(message);
}

// The cursor of a list is the number of the entity that it goes on with.
std::optional<std::size_t> offset_of(mcp::Message const& message)
{
    auto const cursor = channels::optional_text(message.params, "cursor");
    if (!cursor)
        return std::nullopt;
    if (!*cursor)
        return std::size_t{0};
    std::size_t offset = 0;
    auto const* const end = (*cursor)->data() + (*cursor)->size();
    auto const [stop, failed] = std::from_chars((*cursor)->data(), end, offset);
    if (failed != std::errc() || stop != end || offset > most_entities)
        return std::nullopt;
    return offset;
}

Members list_resources(Context& context, mcp::Message const& message)
{
    auto const offset = offset_of(message);
    if (!offset)
        return mcp::invalid_parameters(message, "cursor is not one of ours");
    auto const page = context.backend.entities({}, page_size, *offset);
    if (!page)
        return internal(message);
    std::string members = "\"resources\":[";
    for (auto const& entity : page->entities) {
        members += &entity == page->entities.data() ? "{\"uri\":" : ",{\"uri\":";
        channels::append_quoted(members, std::string(address_begin) + entity.id);
        members += ",\"name\":";
        channels::append_quoted(members, entity.id);
        members += ",\"title\":";
        channels::append_quoted(members, entity.name.en);
        members += ",\"description\":";
        channels::append_quoted(members, "All facts about this " + entity.kind + ", with their sources");
        members += ",\"mimeType\":\"application/json\"}";
    }
    members += ']';
    if (auto const next = *offset + page->entities.size(); next < page->total)
        members.append(",\"nextCursor\":\"").append(std::to_string(next)).append("\"");
    return members;
}

std::string template_members()
{
    return std::string(R"("resourceTemplates":[{"uriTemplate":")")
        .append(address_begin)
        .append(R"({id}","name":"entity","title":"An entity with its facts","mimeType":"application/json"}])");
}

Members read_resource(Context& context, mcp::Message const& message)
{
    auto const uri = channels::optional_text(message.params, "uri");
    if (!uri || !*uri)
        return mcp::invalid_parameters(message, "uri must be a string");
    if (!(*uri)->starts_with(address_begin))
        return mcp::no_resource(message, **uri);
    auto const view = context.backend.entity((*uri)->substr(address_begin.size()));
    if (!view)
        return internal(message);
    if (!*view)
        return mcp::no_resource(message, **uri);
    std::string members = "\"contents\":[{\"uri\":";
    channels::append_quoted(members, **uri);
    members += ",\"mimeType\":\"application/json\",\"text\":";
    channels::append_quoted(members, view_json(**view));
    return members + "}]";
}

// A method, the eras that have it, and what it gives.
struct Served {
    std::string_view name;
    bool legacy;
    bool modern;
    mcp::Keeping keeping;   // not told when it is zero
    Members (*run)(Context&, mcp::Message const&);
};

constexpr Served methods[] = {
    {"initialize", true, false, {}, [](Context&, mcp::Message const& message) { return mcp::initialize_members(message); }},
    {"ping", true, false, {}, [](Context&, mcp::Message const&) { return Members(""); }},
    {"server/discover", false, true, for_a_day, [](Context&, mcp::Message const&) { return Members(mcp::discover_members()); }},
    {"tools/list", true, true, for_a_day, [](Context&, mcp::Message const&) { return Members(std::string(mcp::tool_list_members())); }},
    {"tools/call", true, true, {}, call_tool},
    {"prompts/list", true, true, for_a_day, [](Context&, mcp::Message const&) { return Members("\"prompts\":[]"); }},   // clients ask
    {"prompts/get", true, true, {}, [](Context&, mcp::Message const& message) { return Members(mcp::invalid_parameters(message, "Unknown prompt")); }},
    {"resources/list", true, true, for_a_minute, list_resources},
    {"resources/templates/list", true, true, for_a_day, [](Context&, mcp::Message const&) { return Members(template_members()); }},
    {"resources/read", true, true, for_a_minute, read_resource},
};

void write_failure(Response& response, mcp::Failure const& failure)
{
    response.status = failure.status;
    mcp::append_failure(response.body, failure);
}

void serve(Context& context, mcp::Message const& message, Response& response)
{
    for (auto const& method : methods) {
        if (method.name != message.method || !(message.era == mcp::Era::modern ? method.modern : method.legacy))
            continue;
        auto const members = method.run(context, message);
        if (!members)
            return write_failure(response, members.error());
        if (method.keeping.milliseconds == 0)
            return mcp::append_result(response.body, message, *members);
        return mcp::append_result(response.body, message, *members, method.keeping);
    }
    write_failure(response, mcp::unknown_method(message));
}

}  // namespace

void post_mcp(Context& context, Route const& route, Request const& request, Response& response)
{
    auto const settings = context.shared.channels.of(*route.channel);
    auto const host = request.header(Known::host).value;
    auto const& origin = request.header(Known::origin);
    if (!mcp::is_host_allowed(*settings, host))
        return response.fail(Problem::forbidden_host);
    if (origin.count > 0 && !context.shared.origins.allows(origin.value) && !mcp::is_origin_allowed(*settings, origin.value, host))
        return response.fail(Problem::forbidden_origin);
    channels::Delivery const delivery{request.body, request.headers};
    if (route.entrance->prove(delivery, *settings) != channels::Proof::holds) {
        response.fail(Problem::unauthorized);
        return response.add_field("WWW-Authenticate", "Bearer");
    }
    auto const message = mcp::read(delivery);
    if (!message)
        return write_failure(response, message.error());
    if (message->id.empty()) {
        response.status = 202;
        return;
    }
    serve(context, *message, response);
}

}  // namespace immunobot::server
