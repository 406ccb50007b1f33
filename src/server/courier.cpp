#include "server/courier.hpp"

#include "server/platform_fetches.hpp"
#include "server/retry_time.hpp"
#include "server/web_address.hpp"
#include "server/web_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>
#include <utility>

namespace immunobot::server {
namespace {

namespace asio = boost::asio;
using channels::Channel;
using channels::Outcome;
using knowledge::OutboxCall;

constexpr std::size_t most_at_once = 8;          // calls of one channel
constexpr std::int64_t token_margin = 120;       // a token is exchanged so long before it ends
constexpr std::int64_t pause_after_failure = 1;
constexpr auto tick = std::chrono::seconds(1);
constexpr unsigned ticks_between_looks = 10;
constexpr auto time_to_end = std::chrono::seconds(3);
constexpr auto purge_every = std::chrono::hours(1);
constexpr std::size_t longest_excerpt = 120;

Outcome usual_outcome(int status)
{
    if (status >= 200 && status < 300)
        return Outcome::sent;
    return status == 408 || status == 425 || status == 429 || status >= 500 ? Outcome::later : Outcome::never;
}

// What the platform said, for the person who reads the dead letters.
std::string reason(Result<WebAnswer> const& answer)
{
    if (!answer)
        return answer.error().message;
    std::string out = "status " + std::to_string(answer->status);
    if (!answer->body.empty())
        out += ": ";
    for (char const c : std::string_view(answer->body).substr(0, longest_excerpt))
        out += c >= ' ' && c < 0x7f ? c : ' ';
    return out;
}

// What is known of one channel. The courier's thread only.
struct Lane {
    std::size_t under_way = 0;
    bool pump_is_posted = false;
    std::int64_t paused_until = 0;   // the platform asked for it
    std::string token;
    std::int64_t token_until = 0;
};

}  // namespace

struct Courier::Impl {
    Impl(knowledge::Outbox& to_empty, ChannelSettings const& configured, PlatformKeys& known, Time clock)
        : outbox(to_empty), settings(configured), keys(known), now(std::move(clock))
    {
    }

    void run();
    void next_tick();
    void pump();
    void pump(Channel const& channel);
    void pump_soon(Channel const& channel);
    void stop();

    asio::awaitable<void> deliver(Channel const* channel, OutboxCall call);
    asio::awaitable<Result<WebAnswer>> make(Channel const& channel, channels::Settings const& set, OutboxCall const& call);
    asio::awaitable<Result<std::string>> token_of(Channel const& channel, channels::Settings const& set);
    void settle(Channel const& channel, OutboxCall const& call, Result<WebAnswer> const& answer);
    void note_delivered(std::int64_t id);
    void flush_delivered();
    void postpone(Channel const& channel, OutboxCall const& call, Result<WebAnswer> const& answer);
    void say_plainer(Channel const& channel, OutboxCall const& call, std::string_view body, std::string const& why);
    void bury(Channel const& channel, OutboxCall const& call, std::string const& why);
    void mind(Channel const& channel, Result<> const& written);

    void fetch_keys();

    knowledge::Outbox& outbox;
    ChannelSettings const& settings;
    PlatformKeys& keys;
    Time const now;
    asio::io_context io{1};
    asio::steady_timer timer{io};
    std::unique_ptr<WebClient> client;
    std::map<Channel const*, Lane> lanes;
    std::set<std::int64_t> under_way;
    std::vector<std::int64_t> delivered;   // not yet told to the outbox
    std::chrono::steady_clock::time_point next_purge = std::chrono::steady_clock::now() + purge_every;
    unsigned ticks = 0;
    bool stopping = false;
    std::atomic<std::uint64_t> delivered_count{0};
    std::atomic<std::uint64_t> repeated_count{0};
    std::atomic<std::uint64_t> buried_count{0};
    std::thread thread;
};

Courier::Courier(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Courier>> Courier::start(knowledge::Outbox& outbox, ChannelSettings const& settings, PlatformKeys& keys, WebOptions options, Time now)
{
    auto impl = std::make_unique<Impl>(outbox, settings, keys, std::move(now));
    auto client = WebClient::create(impl->io.get_executor(), std::move(options));
    if (!client)
        return client.error();
    impl->client = std::move(*client);
    auto* const raw = impl.get();
    outbox.on_arrival([raw] { asio::post(raw->io, [raw] { raw->pump(); }); });
    raw->next_tick();
    raw->thread = std::thread([raw] { raw->run(); });
    return std::unique_ptr<Courier>(new Courier(std::move(impl)));
}

Courier::~Courier()
{
    impl_->outbox.on_arrival({});
    asio::post(impl_->io, [raw = impl_.get()] { raw->stop(); });
    impl_->thread.join();
}

Courier::Counts Courier::counts() const
{
    return {impl_->delivered_count.load(), impl_->repeated_count.load(), impl_->buried_count.load()};
}

void Courier::Impl::run()
{
    while (true) {
        try {
            io.run();
            return;
        } catch (std::exception const& failure) {
            spdlog::error("the courier failed error={}", failure.what());
        }
    }
}

// Nothing new is begun. What is under way has a moment to end, then the loop ends with it undone.
void Courier::Impl::stop()
{
    stopping = true;
    if (under_way.empty())
        return io.stop();
    timer.expires_after(time_to_end);
    timer.async_wait([this](boost::system::error_code const&) { io.stop(); });
}

void Courier::Impl::next_tick()
{
    if (stopping)
        return;
    fetch_keys();
    // Dead letters that another process revived are not counted as waiting here.
    if (outbox.waiting() > 0 || ++ticks % ticks_between_looks == 0)
        pump();
    if (auto const moment = std::chrono::steady_clock::now(); moment >= next_purge) {
        next_purge = moment + purge_every;
        static_cast<void>(outbox.purge());
    }
    timer.expires_after(tick);
    timer.async_wait([this](boost::system::error_code const& cancelled) {
        if (!cancelled)
            next_tick();
    });
}

void Courier::Impl::pump()
{
    if (stopping)
        return;
    for (auto const* channel : channels::all_channels())
        if (channel->address && settings.is_on(*channel))
            pump(*channel);
}

void Courier::Impl::pump(Channel const& channel)
{
    auto& lane = lanes[&channel];
    auto const moment = now();
    if (lane.under_way >= most_at_once || moment < lane.paused_until)
        return;
    auto const calls = outbox.due(channel.name, moment, most_at_once);
    if (!calls)
        return spdlog::warn("the outbox cannot be read reason=\"{}\"", calls.error().message);
    for (auto const& call : *calls) {
        if (lane.under_way >= most_at_once)
            return;
        if (!under_way.insert(call.id).second)
            continue;
        ++lane.under_way;
        asio::co_spawn(io, deliver(&channel, call), asio::detached);
    }
}

// Not within the end of a call: one that fails before it is made ends while pump() still goes through the calls that it read.
void Courier::Impl::pump_soon(Channel const& channel)
{
    auto& lane = lanes[&channel];
    if (std::exchange(lane.pump_is_posted, true))
        return;
    asio::post(io, [this, &channel, &lane] {
        lane.pump_is_posted = false;
        pump(channel);
    });
}

asio::awaitable<void> Courier::Impl::deliver(Channel const* channel, OutboxCall call)
{
    auto const set = settings.of(*channel);
    try {
        if (now() > call.good_until)
            bury(*channel, call, "it waited too long");
        else {
            auto const answer = co_await make(*channel, *set, call);
            settle(*channel, call, answer);
        }
    } catch (std::exception const& failure) {
        bury(*channel, call, failure.what());
    }
    --lanes[channel].under_way;
    if (std::ranges::find(delivered, call.id) == delivered.end()) {
        under_way.erase(call.id);
        pump_soon(*channel);
    }
    if (stopping && under_way.empty())
        io.stop();
}

asio::awaitable<Result<WebAnswer>> Courier::Impl::make(Channel const& channel, channels::Settings const& set, OutboxCall const& call)
{
    std::string token;
    if (channel.token) {
        auto const fetched = co_await token_of(channel, set);
        if (!fetched)
            co_return fetched.error();
        token = *fetched;
    }
    channels::Call const wanted{call.method, call.target, call.body, {}, call.key};
    auto const address = channel.address(wanted, set, token);
    auto const parsed_url = parse_web_address(address.url);
    if (!parsed_url)
        co_return Error{Errc::bad_request, "the address of the call is not one"};
    if (!address.configured && !is_listed(*parsed_url, set.all("allowed_hosts")))
        co_return Error{Errc::bad_request, parsed_url->authority() + " is not among the allowed hosts"};
    WebCall web;
    web.method = call.method;
    web.url = address.url;
    web.fields = address.fields;
    web.fields.emplace_back("Idempotency-Key", call.key);
    web.body = call.body;
    // A listed origin that names an address of ours was configured by the operator, too.
    web.private_allowed = address.configured || !(parsed_url->secure && parsed_url->port == 443);
    co_return co_await client->call(std::move(web));
}

asio::awaitable<Result<std::string>> Courier::Impl::token_of(Channel const& channel, channels::Settings const& set)
{
    auto& lane = lanes[&channel];
    if (now() < lane.token_until)
        co_return lane.token;
    auto const request = channel.token(set);
    if (!request)
        co_return std::string();
    auto const fetched = co_await fetch_token(*client, *request);
    if (!fetched)
        co_return fetched.error();
    lane.token = fetched->token;
    lane.token_until = now() + std::clamp<std::int64_t>(fetched->lifetime - token_margin, 0, 86'400);
    co_return lane.token;
}

void Courier::Impl::settle(Channel const& channel, OutboxCall const& call, Result<WebAnswer> const& answer)
{
    if (!answer)
        return answer.error().code == Errc::busy ? postpone(channel, call, answer) : bury(channel, call, answer.error().message);
    if (answer->status == 401 && channel.token && lanes[&channel].token_until > 0) {
        lanes[&channel].token_until = 0;   // it was withdrawn before its time
        return postpone(channel, call, answer);
    }
    channels::Call const made{call.method, call.target, call.body, {}, call.key, {}, call.attempts};
    auto const outcome = channel.judge ? channel.judge(made, answer->status, answer->body) : usual_outcome(answer->status);
    switch (outcome) {
        case Outcome::sent: return note_delivered(call.id);
        case Outcome::later: return postpone(channel, call, answer);
        case Outcome::never: break;
    }
    if (auto const plainer = channel.plainer ? channel.plainer(made, answer->status, answer->body) : std::nullopt)
        return say_plainer(channel, call, *plainer, reason(answer));
    bury(channel, call, reason(answer));
}

// Deliveries that end while others are being written down are written down together.
void Courier::Impl::note_delivered(std::int64_t id)
{
    ++delivered_count;
    delivered.push_back(id);
    if (delivered.size() == 1)
        asio::post(io, [this] { flush_delivered(); });
}

void Courier::Impl::flush_delivered()
{
    if (auto const done = outbox.delivered(delivered); !done) {
        // Until it is written down nothing more of their conversations is sent; a restart would send them again.
        spdlog::warn("deliveries not noted count={} reason=\"{}\"", delivered.size(), done.error().message);
        auto again = std::make_shared<asio::steady_timer>(io, tick);
        again->async_wait([this, again](boost::system::error_code const&) { flush_delivered(); });
        return;
    }
    for (auto const id : delivered)
        under_way.erase(id);
    delivered.clear();
    pump();
    if (stopping && under_way.empty())
        io.stop();
}

void Courier::Impl::postpone(Channel const& channel, OutboxCall const& call, Result<WebAnswer> const& answer)
{
    ++repeated_count;
    auto asked = answer ? seconds_to_wait(answer->retry_after, now()) : std::nullopt;
    if (answer && answer->status == 429 && !asked)
        asked = seconds_in_body(answer->body);
    auto const due_at = now() + std::max(asked.value_or(0), asked ? std::int64_t{1} : back_off(call.attempts, call.id));
    if (answer && answer->status == 429)
        lanes[&channel].paused_until = due_at;
    auto const done = outbox.postpone(call.id, due_at, reason(answer));
    spdlog::info("answer not delivered yet channel={} attempt={} status={} again_in={}", channel.name, call.attempts + 1, answer ? answer->status : 0,
                 due_at - now());
    mind(channel, done);
}

// In its place, at once.
void Courier::Impl::say_plainer(Channel const& channel, OutboxCall const& call, std::string_view body, std::string const& why)
{
    ++repeated_count;
    spdlog::info("answer refused and said more plainly channel={}", channel.name);
    mind(channel, outbox.replace(call.id, body, now(), why));
}

void Courier::Impl::bury(Channel const& channel, OutboxCall const& call, std::string const& why)
{
    ++buried_count;
    spdlog::warn("answer given up channel={} attempts={} dead_letter={}", channel.name, call.attempts + 1, call.id);
    mind(channel, outbox.bury(call.id, why));
}

// What could not be written down is still due as it was: not at once, or it would be sent again and again.
void Courier::Impl::mind(Channel const& channel, Result<> const& written)
{
    if (written)
        return;
    spdlog::warn("the outbox cannot be written reason=\"{}\"", written.error().message);
    lanes[&channel].paused_until = std::max(lanes[&channel].paused_until, now() + pause_after_failure);
}

void Courier::Impl::fetch_keys()
{
    for (auto const* channel : channels::all_channels()) {
        auto const set = settings.of(*channel);
        if (channel->keys_setting.empty() || !settings.is_on(*channel) || set->has("jwks"))
            continue;
        if (keys.are_wanted(*channel, set->one(channel->keys_setting), PlatformKeys::Clock::now()))
            asio::co_spawn(io, put_fetched_keys(client.get(), channel, set, &keys), asio::detached);
    }
}

}  // namespace immunobot::server
