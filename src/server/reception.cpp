#include "server/reception.hpp"

#include "server/once.hpp"

#include "channels/answer_text.hpp"
#include "channels/look_up.hpp"
#include "channels/signature.hpp"
#include "server/answering.hpp"
#include "server/handlers.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace immunobot::server {
namespace {

using channels::Incoming;

constexpr std::chrono::seconds greeting_lasts = std::chrono::hours(24 * 30);
constexpr std::chrono::seconds notes_last = std::chrono::hours(24 * 3650);
constexpr std::string_view greeting_prefix = "greeted:";
constexpr std::size_t key_digits = 32;
constexpr std::size_t most_looked_up = 3;
// Of one delivery, whose answers are made and written in one go. Platforms put up to a thousand events into one.
constexpr std::size_t most_at_once = 1000;

// A question about the bot itself, answered without asking it. Where the language is not known, in both.
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

// Who is in danger reads first what to do.
void add_notice(assistant::Reply& reply)
{
    std::string const notice(channels::notice(reply.language));
    if (reply.status == assistant::Status::safety) {
        reply.answer.append("\n\n").append(notice);
        return;
    }
    reply.answer.insert(0, notice + "\n\n");
    text::move_by(reply.marks, notice.size() + 2);
}

// As staff paste it into a mail.
std::string copy_ready(assistant::Reply const& reply)
{
    auto const source = channels::source_line(reply, channels::Markup::plain);
    return source.empty() ? reply.answer : reply.answer + "\n" + source;
}

// A place in the table of the brake, as if the conversation were a client.
ClientAddress place_of(std::string_view conversation)
{
    auto const hash = channels::sha256(conversation);
    ClientAddress place;
    std::copy_n(hash.begin(), place.bytes.size(), place.bytes.begin());
    return place;
}

void acknowledge(channels::Route const& route, Response& response)
{
    response.status = route.silence_status;
    response.content_type = route.silence_type;
    response.body = route.silence;
}

void unavailable(channels::Channel const& channel, Response& response)
{
    fail_on(&channel, response, Problem::unavailable);
    response.add_field("Retry-After", "2");
}

void cannot_be_taken(channels::Channel const& channel, Error const& error, Response& response)
{
    spdlog::warn("a message cannot be taken now channel={} reason=\"{}\"", channel.name, error.message);
    unavailable(channel, response);
}

}  // namespace

Reception::Reception(Context& context, Route const& route, std::shared_ptr<channels::Settings const> settings, Response& response)
    : context_(context), at_(route), channel_(*route.channel), route_(*route.entrance), settings_(std::move(settings)), response_(response)
{
}

void Reception::take(channels::Delivery const& delivery)
{
    if (!proven(delivery))
        return;
    auto parsed = route_.parse(delivery, *settings_);
    if (!parsed)
        return fail_on(&channel_, response_, Problem::invalid_field, parsed.error().message);
    if (auto const* handshake = std::get_if<channels::Handshake>(&*parsed))
        return put(handshake->answer, response_);
    acknowledge(route_, response_);
    if (auto const* ignored = std::get_if<channels::Ignore>(&*parsed); ignored && !ignored->why.empty())
        spdlog::warn("a delivery is acknowledged and cannot be read channel={} reason=\"{}\"", channel_.name, ignored->why);
    auto* const messages = std::get_if<std::vector<Incoming>>(&*parsed);
    if (!messages)
        return;
    // One that comes with others is a message like any other: the delivery is gone through twice.
    auto const order = messages->size() == 1 && !context_.told ? order_in(messages->front()) : std::nullopt;
    if (order)
        context_.order = order;
    for (auto& message : *messages) {
        if (context_.keeping.arrivals.size() >= most_at_once)   // the rest when it comes again: by then these are known
            return unavailable(channel_, response_);
        channels::read_wish(message, channel_);
        if (!take_message(message))
            return;
    }
}

std::optional<StaffOrder> Reception::order_in(Incoming const& message) const
{
    auto const account = settings_->staff_account(message.user);
    bool const helped = message.wish == Incoming::Wish::help && !staff::is_command(message.slash);
    if (account.empty() || helped || message.wish == Incoming::Wish::call || !context_.shared.staff_door || !context_.shared.services.staff_commands())
        return std::nullopt;
    auto line = staff::command_in(message.slash, message.question.text);
    if (auto const words = line ? std::nullopt : channels::look_up_in(message.question.text)) {
        line = words->language ? std::string("faq ").append(code(*words->language)).append(" ") : "faq ";
        line->append(words->words);
    }
    if (!line)
        return std::nullopt;
    return StaffOrder{key_of(message), std::string(account), std::string(channel_.name).append(" ").append(message.user), message.question.hint, message.for_one, std::move(*line)};
}

// As plain as it was told; a question of it can be shared where the platform has a button for that.
assistant::Reply Reception::staff_reply(staff::Told const& told)
{
    assistant::Reply reply;
    reply.id = context_.ids.next();
    reply.status = told.done ? assistant::Status::answered : assistant::Status::smalltalk;
    reply.language = told.language;
    reply.answer = told.text;
    return reply;
}

bool Reception::proven(channels::Delivery const& delivery)
{
    switch (route_.prove(delivery, *settings_)) {
        case channels::Proof::holds: return true;
        case channels::Proof::malformed: fail_on(&channel_, response_, Problem::bad_request); return false;
        case channels::Proof::not_now: unavailable(channel_, response_); return false;
        case channels::Proof::unknown_key:
            context_.shared.keys.are_old(channel_, PlatformKeys::Clock::now());
            [[fallthrough]];
        case channels::Proof::fails: break;
    }
    fail_on(&channel_, response_, Problem::unauthorized);
    if (response_.status == 401)
        response_.add_field("WWW-Authenticate", "Bearer");
    return false;
}

bool Reception::fail(Error const& error)
{
    cannot_be_taken(channel_, error, response_);
    return false;
}

std::string Reception::key_of(Incoming const& message) const
{
    return message.id.empty() ? std::string() : std::string(channel_.name).append(":").append(message.id);
}

// A question has no effect that would be there twice: where a repeated message gets its answer again, it is asked anew once that
// is forgotten.
std::string Reception::lasting_key_of(Incoming const& message) const
{
    return route_.repeats_answer ? std::string() : key_of(message);
}

std::string Reception::note_key(std::string_view note) const
{
    return std::string("note:").append(channel_.name).append(":").append(note);
}

bool Reception::runs_away(Incoming const& message)
{
    auto const& conversation = message.question.conversation;
    // A conversation that is named by what was said in it is not one of two machines alone.
    bool const is_place = !conversation.empty() && message.question.remembered_as.empty();
    return is_place && message.wish != Incoming::Wish::call &&
           context_.shared.brake.seconds_to_wait(place_of(conversation), std::chrono::steady_clock::now()) > 0;
}

bool Reception::take_message(Incoming& message)
{
    auto const key = key_of(message);
    if (key.empty())
        return context_.order || answer_message(message);
    if (std::ranges::find(context_.keeping.deliveries, key) != context_.keeping.deliveries.end())
        return true;   // it stands in this delivery twice
    auto& deliveries = context_.shared.deliveries;
    if (context_.told && context_.told->delivery == key)
        return finish_message(message, key);
    auto seen = deliveries.begin(key, std::chrono::steady_clock::now());
    if (seen.seen != Deliveries::Seen::never)
        context_.order.reset();
    if (seen.seen == Deliveries::Seen::answered) {
        if (route_.repeats_answer)
            response_.body = std::move(seen.answer);
        return true;
    }
    if (seen.seen == Deliveries::Seen::in_progress) {
        context_.keeping.route = &at_;
        context_.keeping.awaited.push_back(key);
        return true;
    }
    return finish_message(message, key);
}

bool Reception::finish_message(Incoming& message, std::string const& key)
{
    Attempt attempt(context_.shared.deliveries, key);
    if (context_.order) {
        auto const unwanted = is_unwanted(message);
        if (unwanted && !*unwanted) {
            attempt.leave_open();
            return true;
        }
        context_.order.reset();
    }
    auto const kept_before = context_.keeping.arrivals.size();
    if (!answer_message(message))
        return false;
    attempt.keep(response_.body);
    if (context_.keeping.receipt && context_.keeping.receipt->ends(key)) {
        attempt.leave_open();
    } else if (context_.keeping.arrivals.size() > kept_before) {
        context_.keeping.deliveries.push_back(key);
        attempt.leave_open();
    }
    return true;
}

Result<assistant::Reply> Reception::reply_to(Incoming& message)
{
    if (context_.told && context_.told->told) {
        message.share = context_.told->told->share;
        return staff_reply(*context_.told->told);
    }
    switch (message.wish) {
        case Incoming::Wish::answer: return answer(context_, message.question);
        case Incoming::Wish::look_up: return look_up(message);
        case Incoming::Wish::help: return help_reply(message, context_.ids.next());
        case Incoming::Wish::call: break;
    }
    return assistant::Reply();
}

Result<assistant::Reply> Reception::look_up(Incoming& message)
{
    auto first = answer(context_, message.question);
    if (!first || first->status != assistant::Status::answered)
        return first;
    auto shared = message.question.text;
    if (message.question.say_in)
        shared = std::string(code(*message.question.say_in)).append(": ").append(shared);
    message.share = {std::move(shared), first->answer, first->sources.empty() ? std::string() : first->sources.front().url};
    std::vector<std::string> said{first->answer};
    std::string text = copy_ready(*first);
    for (auto const& suggestion : first->suggestions) {
        if (said.size() == most_looked_up)
            break;
        assistant::Question question;
        question.text = suggestion.question;
        question.hint = first->language;
        question.say_in = message.question.say_in;
        question.channel = message.question.channel;
        auto const next = answer(context_, question);
        if (!next || next->status != assistant::Status::answered || std::ranges::find(said, next->answer) != said.end())
            continue;
        said.push_back(next->answer);
        text += "\n\n" + copy_ready(*next);
    }
    if (said.size() > 1) {
        first->answer = std::move(text);
        first->marks.clear();     // as plain as it is pasted
        first->sources.clear();   // they stand behind each answer
    }
    return first;
}

Result<bool> Reception::greets(Incoming const& message)
{
    auto* const outbox = context_.shared.services.outbox();
    if (!outbox || message.greeted || (context_.told && context_.told->told) || message.question.conversation.empty())
        return false;
    if (message.wish != Incoming::Wish::answer && message.wish != Incoming::Wish::look_up)
        return false;
    auto const known = knows(*outbox, std::string(greeting_prefix) + message.question.conversation);
    if (!known)
        return known.error();
    return !*known;
}

// Also what another message of the same delivery brings.
Result<bool> Reception::knows(knowledge::Outbox& outbox, std::string_view key) const
{
    for (auto const& arrival : context_.keeping.arrivals)
        if (arrival.key == key || std::ranges::find(arrival.notes, key, &knowledge::Arrival::Note::key) != arrival.notes.end())
            return true;
    return outbox.knows(key);
}

// Taken before, or not meant for us.
Result<bool> Reception::is_unwanted(Incoming const& message)
{
    auto* const outbox = context_.shared.services.outbox();
    if (auto const key = lasting_key_of(message); outbox && !key.empty()) {
        auto const known = knows(*outbox, key);
        if (!known || *known)
            return known;
    }
    if (!outbox || message.only_if_noted.empty())
        return false;
    auto const noted = knows(*outbox, note_key(message.only_if_noted));
    return noted ? Result<bool>(!*noted) : noted;
}

bool Reception::answer_message(Incoming& message)
{
    auto const unwanted = is_unwanted(message);
    if (!unwanted)
        return fail(unwanted.error());
    if (*unwanted || runs_away(message))
        return true;
    auto reply = reply_to(message);
    if (!reply)
        return fail(reply.error());
    auto const first = greets(message);
    if (!first)
        return fail(first.error());
    if (*first)
        add_notice(*reply);
    if (!message.by_call) {
        channels::HttpAnswer rendered;
        route_.render(rendered, message, *reply, *settings_);
        put(rendered, response_);
    }
    return keep(message, *reply, *first);
}

bool Reception::keep(Incoming const& message, assistant::Reply const& reply, bool greets)
{
    auto* const outbox = context_.shared.services.outbox();
    if (!outbox)
        return message.by_call ? fail({Errc::storage, "there is no outbox", {}}) : true;
    knowledge::Arrival arrival;
    arrival.key = lasting_key_of(message);
    arrival.keep_seconds = channel_.remember.count();
    if (greets)
        arrival.notes.push_back({std::string(greeting_prefix) + message.question.conversation, greeting_lasts.count()});
    if (!message.notes.empty())
        arrival.notes.push_back({note_key(message.notes), notes_last.count()});
    auto* const write = message.by_call ? channel_.compose : channel_.follow_up;
    auto const name = arrival.key.empty() ? context_.ids.next() : arrival.key;
    // A command of the staff's has been carried out by now: not once more, even if nobody has read what it gave.
    bool const carried_out = context_.told && context_.told->told;
    if (!message.by_call && !carried_out)
        keep_once_written(message, arrival);
    auto const now = seconds_now(context_.shared);
    for (auto& call : write ? write(message, reply, *settings_) : std::vector<channels::Call>()) {
        auto const key = channels::to_hex(channels::sha256(name + "#" + std::to_string(arrival.calls.size()))).substr(0, key_digits);
        arrival.calls.push_back({0, key, std::string(channel_.name), message.question.conversation, std::move(call.method), std::move(call.target),
                                 std::move(call.body), now, now + call.good_for.count(), 0, call.after.count()});
    }
    if (arrival.key.empty() && arrival.notes.empty() && arrival.calls.empty())
        return true;
    context_.keeping.route = &at_;
    context_.keeping.arrivals.push_back(std::move(arrival));
    return true;
}

// Takes out of `arrival` all but the calls: these are to be durable before the response, which has the beginning of what they say.
void Reception::keep_once_written(Incoming const& message, knowledge::Arrival& arrival)
{
    knowledge::Arrival later{std::exchange(arrival.key, {}), arrival.keep_seconds, std::exchange(arrival.notes, {}), {}};
    auto& receipt = context_.keeping.receipt;
    if (!receipt)
        receipt = std::make_unique<Receipt>(context_.shared, channel_.name);
    receipt->add(std::move(later), route_.repeats_answer ? std::string() : key_of(message));
}

// Where another worker has taken the same message meanwhile, that one answers and this one is silent.
void conclude(Shared& shared, Keeping const& keeping, Result<bool> const& taken, Response& response)
{
    bool const good = response.status < 300;
    if (!taken)
        cannot_be_taken(*keeping.route->channel, taken.error(), response);
    else if (!*taken && good)
        acknowledge(*keeping.route->entrance, response);
    for (auto const& key : keeping.deliveries)
        shared.deliveries.finish(key, taken ? std::optional<std::string_view>(response.body) : std::nullopt);
}

// The first has been answered: this one is acknowledged, or gets the same answer. It has failed: the platform is to send it again.
void conclude(Keeping const& keeping, std::optional<std::string> const& answer, Response& response)
{
    if (response.status >= 300)
        return;
    if (!answer)
        unavailable(*keeping.route->channel, response);
    else if (keeping.route->entrance->repeats_answer)
        response.body = *answer;
}

}  // namespace immunobot::server
