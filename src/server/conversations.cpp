// /api/v1/conversations/{id}: what was said, for a page that is shown again; and to forget it.

#include "server/handlers.hpp"

#include "channels/fields.hpp"
#include "channels/strict_json.hpp"
#include "server/conversation_id.hpp"
#include "server/query.hpp"
#include "text/utf8.hpp"

#include <ctime>

namespace immunobot::server {
namespace {

constexpr std::string_view none_kept = "Nothing is kept of such a conversation: it is unknown, over, or its id is shorter than 16 characters.";

// As the rest of the program knows it. Ids that /api/v1/ask would not have taken are not looked for.
Result<std::string> conversation_in(Route const& route, Request const& request)
{
    auto const id = path_part(id_in(route, request.path));
    if (!id || text::length(*id) > channels::longest_conversation)
        return Error{Errc::bad_request, "the id in the path is not well-formed UTF-8 of at most 128 characters"};
    return api_conversation(*id);
}

// "2026-11-25T18:54:14Z"
void append_time(std::string& out, std::int64_t seconds)
{
    auto const time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    gmtime_r(&time, &parts);
    char text[40];
    out.append(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts));
}

void append_turn(std::string& out, knowledge::Turn const& turn)
{
    out += "{\"asked_at\":\"";
    append_time(out, turn.asked_at);
    out += "\",\"question\":";
    turn.question.empty() ? void(out += "null") : channels::append_quoted(out, turn.question);
    out.append(",\"reply\":").append(turn.reply_json).append("}");
}

}  // namespace

void get_conversation(Context& context, Route const& route, Request const& request, Response& response)
{
    auto const conversation = conversation_in(route, request);
    if (!conversation)
        return explain(response, conversation.error());
    auto const turns = context.backend.transcript(*conversation);
    if (!turns)
        return explain(response, turns.error());
    if (turns->empty())
        return response.fail(Problem::not_found, none_kept);
    response.body = "{\"turns\":[";
    for (auto const& turn : *turns) {
        if (&turn != turns->data())
            response.body += ',';
        append_turn(response.body, turn);
    }
    response.body += "]}";
}

void delete_conversation(Context& context, Route const& route, Request const& request, Response& response)
{
    auto const conversation = conversation_in(route, request);
    if (!conversation)
        return explain(response, conversation.error());
    auto const forgotten = context.backend.forget(*conversation);
    if (!forgotten && forgotten.error().code == Errc::not_found)
        return response.fail(Problem::not_found, "Nothing is kept of such a conversation.");
    if (!forgotten)
        return explain(response, forgotten.error());
    response.body = "{\"status\":\"ok\"}";
}

}  // namespace immunobot::server
