// The addresses of the chat platforms: the same way for every channel; what differs is in src/channels.

#include "server/handlers.hpp"

#include "channels/answer_text.hpp"
#include "server/answering.hpp"

#include <chrono>

namespace immunobot::server {
namespace {

using channels::Incoming;

channels::Refusal refusal_of(Problem problem)
{
    switch (problem) {
        case Problem::unauthorized: return channels::Refusal::unauthentic;
        case Problem::not_found: return channels::Refusal::not_found;
        case Problem::method_not_allowed: return channels::Refusal::wrong_method;
        case Problem::payload_too_large: return channels::Refusal::too_large;
        case Problem::unsupported_media_type: return channels::Refusal::wrong_content;
        case Problem::too_many_requests: return channels::Refusal::too_many;
        case Problem::duplicate:
        case Problem::unavailable: return channels::Refusal::unavailable;
        case Problem::internal: return channels::Refusal::failed;
        default: return channels::Refusal::malformed;
    }
}

void put(channels::HttpAnswer const& answer, Response& response)
{
    response.status = answer.status;
    response.content_type = answer.content_type;
    response.body = answer.body;
    for (auto const& [name, value] : answer.fields)
        response.add_field(name, value);
}

// A question about the bot itself, answered without asking it.
assistant::Reply help_reply(Incoming const& incoming, std::string id)
{
    assistant::Reply reply;
    reply.id = std::move(id);
    reply.status = assistant::Status::smalltalk;
    reply.language = incoming.question.hint.value_or(Language::en);
    reply.answer = channels::help_text(reply.language);
    if (!incoming.question.hint)
        reply.answer.append("\n\n").append(channels::help_text(Language::fr));
    return reply;
}

// What becomes of one delivery.
class Reception {
public:
    Reception(Context& context, Route const& route, Response& response)
        : context_(context), channel_(*route.channel), route_(*route.entrance), settings_(context.shared.channels.of(channel_)),
          response_(response)
    {
    }

    void take(channels::Delivery const& delivery)
    {
        if (!proven(delivery))
            return;
        auto const parsed = route_.parse(delivery, *settings_);
        if (!parsed)
            return fail_on(&channel_, response_, Problem::invalid_field, parsed.error().message);
        if (std::holds_alternative<channels::Ignore>(*parsed))
            return acknowledge();
        if (auto const* handshake = std::get_if<channels::Handshake>(&*parsed))
            return put(handshake->answer, response_);
        for (auto const& message : std::get<std::vector<Incoming>>(*parsed))
            if (!take_message(message))
                return;
    }

private:
    bool proven(channels::Delivery const& delivery)
    {
        switch (route_.prove(delivery, *settings_)) {
            case channels::Proof::holds: return true;
            case channels::Proof::malformed: fail_on(&channel_, response_, Problem::bad_request); return false;
            case channels::Proof::not_now: unavailable(); return false;
            case channels::Proof::unknown_key:
            case channels::Proof::fails: break;
        }
        fail_on(&channel_, response_, Problem::unauthorized);
        if (response_.status == 401)
            response_.add_field("WWW-Authenticate", "Bearer");
        return false;
    }

    void acknowledge()
    {
        response_.status = route_.silence_status;
        response_.content_type = route_.silence_type;
        response_.body = route_.silence;
    }

    void unavailable()
    {
        fail_on(&channel_, response_, Problem::unavailable);
        response_.add_field("Retry-After", "2");
    }

    // False: the response says why the delivery as a whole has failed.
    bool take_message(Incoming const& message);
    bool answer_message(Incoming const& message);
    Result<assistant::Reply> reply_to(Incoming const& message);

    Context& context_;
    channels::Channel const& channel_;
    channels::Route const& route_;
    std::shared_ptr<channels::Settings const> settings_;
    Response& response_;
};

// Notes the outcome even when the answer throws, so that the sender may try again.
class Attempt {
public:
    Attempt(Deliveries& deliveries, std::string_view key) : deliveries_(deliveries), key_(key) {}
    ~Attempt() { deliveries_.finish(key_, answer_); }
    void keep(std::string_view answer) { answer_ = answer; }

private:
    Deliveries& deliveries_;
    std::string_view key_;
    std::optional<std::string_view> answer_;
};

bool Reception::take_message(Incoming const& message)
{
    if (message.id.empty())
        return answer_message(message);
    auto const key = std::string(channel_.name).append(":").append(message.id);
    auto& deliveries = context_.shared.deliveries;
    auto seen = deliveries.begin(key, std::chrono::steady_clock::now());
    if (seen.seen == Deliveries::Seen::answered) {
        acknowledge();
        if (route_.repeats_answer)
            response_.body = std::move(seen.answer);
        return true;
    }
    if (seen.seen == Deliveries::Seen::in_progress) {
        fail_on(&channel_, response_, Problem::duplicate);
        response_.add_field("Retry-After", "1");
        return false;
    }
    Attempt attempt(deliveries, key);
    if (!answer_message(message))
        return false;
    attempt.keep(response_.body);
    return true;
}

Result<assistant::Reply> Reception::reply_to(Incoming const& message)
{
    switch (message.wish) {
        case Incoming::Wish::answer: return answer(context_, message.question);
        case Incoming::Wish::help: return help_reply(message, context_.ids.next());
        case Incoming::Wish::call: break;
    }
    return assistant::Reply();
}

bool Reception::answer_message(Incoming const& message)
{
    auto const reply = reply_to(message);
    if (!reply) {
        unavailable();
        return false;
    }
    if (message.by_call) {
        acknowledge();
        return true;
    }
    channels::HttpAnswer answer;
    route_.render(answer, message, *reply, *settings_);
    put(answer, response_);
    return true;
}

}  // namespace

std::int64_t seconds_now(Shared const& shared)
{
    if (shared.options.clock)
        return shared.options.clock();
    auto const now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

void fail_on(channels::Channel const* channel, Response& response, Problem problem, std::string_view detail)
{
    response.fail(problem, detail);
    if (!channel || !channel->refuse)
        return;
    channels::HttpAnswer answer;
    answer.status = response.status;
    channel->refuse(answer, refusal_of(problem), detail);
    put(answer, response);
}

void serve_channel(Context& context, Route const& route, Request const& request, Response& response)
{
    channels::Delivery delivery{request.body, request.headers, seconds_now(context.shared)};
    delivery.query = request.query;
    delivery.part = id_in(route, request.path);
    Reception(context, route, response).take(delivery);
}

}  // namespace immunobot::server
