// /v3/directline/...: conversations of Microsoft's Web Chat. A client says something, is told the id of what it said, and
// finds that and our answer when it asks what is new, or is told through a stream (directline_stream.hpp).

#include "server/handlers.hpp"

#include "channels/answer_text.hpp"
#include "channels/directline.hpp"
#include "server/answering.hpp"
#include "server/directline_stream.hpp"
#include "server/once.hpp"

namespace immunobot::server {
namespace {

namespace protocol = channels::directline_protocol;
using Pass = protocol::Pass;

// What all of these routes begin with.
struct Visit {
    Visit(Context& context, Route const& route, Request const& request)
        : now(seconds_now(context.shared)), settings(context.shared.channels.of(*route.channel)), id(id_in(route, request.path)),
          pass(protocol::pass_of({request.body, request.headers, now}, *settings))
    {
    }

    std::int64_t now;
    std::shared_ptr<channels::Settings const> settings;
    std::string_view id;   // of the conversation in the path
    Pass pass;
};

void refuse(Route const& route, Response& response, Pass const& pass)
{
    fail_on(route.channel, response, Problem::unauthorized);
    if (pass.kind == Pass::Kind::none)
        return response.add_field("WWW-Authenticate", "Bearer");
    response.status = 403;   // by which clients know that a token has ended, or is for something else
}

// False: the response says why the conversation of the path is not to be had. A token's own is made anew if it has gone,
// so that a page outlives a restart.
bool enter(Context& context, Route const& route, Visit const& visit, Response& response)
{
    if (!visit.pass.opens(visit.id)) {
        refuse(route, response, visit.pass);
        return false;
    }
    if (visit.pass.kind == Pass::Kind::token)
        context.shared.rooms.open(visit.id, visit.now);
    if (context.shared.rooms.after(visit.id, UINT64_MAX, visit.now))
        return true;
    fail_on(route.channel, response, Problem::not_found);
    return false;
}

void say(Context& context, std::string_view id, assistant::Reply const& reply, std::uint64_t to, std::int64_t now)
{
    auto& rooms = context.shared.rooms;
    if (auto const number = rooms.next_number(id, now))
        rooms.add(id, *number, protocol::reply_activity(reply, id, *number, to, now));
}

// Where pages find this server's streams: under its public address, or else as the request names it.
std::string stream_base(Context const& context, Request const& request)
{
    std::string_view const known = context.shared.options.public_url;
    if (known.starts_with("http"))   // "https:" becomes "wss:"
        return "ws" + std::string(known.substr(4, known.size() - 4 - (known.ends_with('/') ? 1 : 0)));
    return "ws://" + std::string(request.header(Known::host).value);
}

// Shown and answered, or neither: a client sends again what was not taken.
void take_activity(Context& context, Route const& route, Visit const& visit, protocol::Activity& activity, Response& response)
{
    std::optional<assistant::Reply> said;
    if (activity.question) {
        auto reply = answer(context, *activity.question);
        if (!reply) {
            fail_on(route.channel, response, Problem::unavailable);
            return response.add_field("Retry-After", "2");
        }
        said = std::move(*reply);
    }
    auto& rooms = context.shared.rooms;
    auto const number = rooms.next_number(visit.id, visit.now).value_or(1);
    if (activity.shown)
        rooms.add(visit.id, number, protocol::shown_activity(std::move(activity.object), visit.id, number, visit.now));
    if (said)
        say(context, visit.id, *said, number, visit.now);
    response.body = "{\"id\":\"" + protocol::activity_id(visit.id, number) + "\"}";
}

// The first thing in a conversation is what we are.
void greet(Context& context, std::string_view id, std::optional<Language> language, std::int64_t now)
{
    assistant::Reply reply;
    reply.language = language.value_or(Language::en);
    reply.answer = channels::help_text(reply.language);
    if (!language)
        reply.answer.append("\n\n").append(channels::help_text(Language::fr));
    say(context, id, reply, 0, now);
}

}  // namespace

void post_directline_generate(Context& context, Route const& route, Request const& request, Response& response)
{
    Visit const visit(context, route, request);
    if (visit.pass.kind != Pass::Kind::secret)
        return refuse(route, response, visit.pass);
    response.body = protocol::pass_document(context.ids.next(), *visit.settings, visit.now);
}

void post_directline_refresh(Context& context, Route const& route, Request const& request, Response& response)
{
    Visit const visit(context, route, request);
    if (visit.pass.kind != Pass::Kind::token)
        return refuse(route, response, visit.pass);
    response.body = protocol::pass_document(visit.pass.conversation, *visit.settings, visit.now);
}

void post_directline_start(Context& context, Route const& route, Request const& request, Response& response)
{
    Visit const visit(context, route, request);
    if (visit.pass.kind != Pass::Kind::token && visit.pass.kind != Pass::Kind::secret)
        return refuse(route, response, visit.pass);
    auto const id = visit.pass.kind == Pass::Kind::token ? visit.pass.conversation : context.ids.next();
    bool const fresh = context.shared.rooms.open(id, visit.now);
    if (fresh)
        greet(context, id, protocol::language_of_start(request.body), visit.now);
    response.status = fresh ? 201 : 200;
    response.body = protocol::pass_document(id, *visit.settings, visit.now, stream_base(context, request), 0);
}

void get_directline_again(Context& context, Route const& route, Request const& request, Response& response)
{
    Visit const visit(context, route, request);
    if (enter(context, route, visit, response))
        response.body = protocol::pass_document(visit.id, *visit.settings, visit.now, stream_base(context, request), protocol::watermark_of(request.query));
}

void post_directline_say(Context& context, Route const& route, Request const& request, Response& response)
{
    Visit const visit(context, route, request);
    if (!enter(context, route, visit, response))
        return;
    auto activity = protocol::read_activity(request.body, visit.id);
    if (!activity)
        return fail_on(route.channel, response, Problem::bad_request, activity.error().message);
    auto const key = activity->sent_as.empty() ? std::string() : channels::conversation_of(route.channel->name, {visit.id, activity->sent_as});
    answer_once(context.shared.deliveries, key, response, [&] { take_activity(context, route, visit, *activity, response); });
    if (response.status == 409)   // it is being answered at this moment
        fail_on(route.channel, response, Problem::duplicate);
}

void get_directline_read(Context& context, Route const& route, Request const& request, Response& response)
{
    Visit const visit(context, route, request);
    if (!enter(context, route, visit, response))
        return;
    auto const news = context.shared.rooms.after(visit.id, protocol::watermark_of(request.query), visit.now);
    if (!news)   // others took its place just now
        return fail_on(route.channel, response, Problem::not_found);
    response.body = protocol::news_document(news->activities, news->watermark);
}

void get_directline_stream(Context& context, Route const& route, Request const& request, Response& response)
{
    auto& shared = context.shared;
    auto const now = seconds_now(shared);
    auto const id = id_in(route, request.path);
    auto const pass = protocol::stream_pass_of(request.query, *shared.channels.of(*route.channel), now);
    if (!pass.opens(id))
        return refuse(route, response, pass);
    if (!asks_for_stream(request)) {
        fail_on(route.channel, response, Problem::upgrade_required);
        return response.add_field("Upgrade", "websocket");
    }
    if (shared.stopping || shared.streams >= shared.options.limits.streams) {
        fail_on(route.channel, response, Problem::unavailable);
        return response.add_field("Retry-After", "5");
    }
    shared.rooms.open(id, now);
    response.status = 101;
    response.stream = StreamStart{std::string(id), protocol::watermark_of(request.query)};
}

}  // namespace immunobot::server
