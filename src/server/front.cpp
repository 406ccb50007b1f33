#include "server/front.hpp"

#include "console/api.hpp"
#include "server/handlers.hpp"
#include "server/head_rules.hpp"
#include "server/console_door.hpp"
#include "text/multipart.hpp"
#include "server/page_view.hpp"
#include "server/reception.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <exception>

namespace immunobot::server {
namespace {

using Clock = std::chrono::steady_clock;

// What clients in web pages send: the last two are those of Microsoft's Web Chat.
constexpr std::string_view allowed_fields =
    "content-type, authorization, mcp-protocol-version, mcp-method, mcp-name, x-requested-with, x-ms-bot-agent";

// What stands in the way of a request before its body is read, as far as the route goes.
Problem obstacle(Shared const& shared, Request const& request, Match const& match)
{
    if (!match.path_known)
        return Problem::not_found;
    if (!match.route)
        return request.method == Method::options ? Problem::none : Problem::method_not_allowed;
    if (match.route->channel && !shared.channels.is_on(*match.route->channel))
        return Problem::not_found;
    if (!takes_content(*match.route, request))
        return Problem::unsupported_media_type;
    return Problem::none;
}

// Zero where the header does not state it.
std::size_t stated_length(Request const& request)
{
    auto const text = request.header(Known::content_length).value;
    std::size_t length = 0;
    std::from_chars(text.data(), text.data() + text.size(), length);
    return length;
}

void fail(Response& response, Problem problem, Request const& request, Match const& match)
{
    fail_on(match.route && match.route->channel ? match.route->channel : channel_of_area(request.path), response, problem);
    if (problem == Problem::method_not_allowed)
        response.add_field("Allow", allowed_methods(request.path));
}

}  // namespace

Front::Front(Shared& shared, std::unique_ptr<Backend> backend, Metrics& metrics)
    : shared_(shared), backend_(std::move(backend)), metrics_(metrics), context_{shared, *backend_, metrics, ids_}
{
}

bool Front::is_for_console(Request const& request) const
{
    return shared_.console != nullptr && console::is_console_path(request.path) &&
           (request.method == Method::get || request.method == Method::head || request.method == Method::post);
}

bool Front::ask_console(Request const& request, ClientAddress const& peer, std::function<void(console::Response)> done, Response& response)
{
    if (!admits(request, peer, response, {}))
        return false;
    if (shared_.console->take(for_console(request, peer, shared_.proxies, shared_.options), std::move(done)))
        return true;
    response.fail(Problem::unavailable);
    response.add_field("Retry-After", "5");
    return false;
}

// Of the path only what no secret stands in.
void Front::log_console(Request const& request, Response const& response) const
{
    if (shared_.options.access_log)
        spdlog::info("served method={} route=console status={}", server::name(request.method), response.status);
}

bool Front::wants_body(Request const& request, Response& response)
{
    if (is_for_console(request)) {
        auto const type = request.header(Known::content_type).value;
        if (console::is_api_path(request.path) ? type.starts_with("application/json")
                                               : is_form_type(type) || (console::is_upload_path(request.path) && text::is_multipart(type)))
            return true;
        response.fail(Problem::unsupported_media_type);
        return false;
    }
    auto const match = found(request);
    auto problem = obstacle(shared_, request, match);
    if (problem == Problem::none && stated_length(request) > body_limit(request))
        problem = Problem::payload_too_large;
    if (problem == Problem::none)
        return true;
    context_.note = {};
    add_cors(request, response, match.path_known);
    fail(response, problem, request, match);
    show(request, response, match);
    count(request, response, match, {});
    return false;
}

// Where only the console is served, the rest is not there.
Match Front::found(Request const& request) const
{
    auto const match = find_route(request.method, request.path);
    bool const needed = request.path.starts_with("/assets/") || request.path == "/healthz" || request.path == "/readyz";
    return shared_.options.console_only && !needed ? Match{} : match;
}

std::size_t Front::body_limit(Request const& request) const
{
    auto const& limits = shared_.options.limits;
    if (is_for_console(request) && console::is_upload_path(request.path))
        return std::min(console::longest_upload, limits.largest_body);
    auto const* route = find_route(request.method, request.path).route;
    auto const own = route && route->entrance ? route->entrance->body_limit : 0;
    return std::min(own == 0 ? limits.body : own, limits.largest_body);
}

void Front::refuse(Problem why, Response& response)
{
    response.fail(why);
    metrics_.refused.add();
    if (shared_.options.access_log)
        spdlog::info("refused status={} reason={}", response.status, text_of(why).slug);
}

void Front::answer(Request const& request, ClientAddress const& peer, Response& response)
{
    auto const begin = Clock::now();
    auto const match = found(request);
    context_.note = {};
    context_.order.reset();
    context_.keeping = {};
    response.clear();
    try {
        route(request, peer, response, match);
    } catch (std::exception const& failure) {
        response.clear();
        fail(response, Problem::internal, request, match);
        metrics_.failures.add();
        spdlog::error("a request failed route={} error={}", match.route ? match.route->name : "none", failure.what());
    }
    if (context_.order)
        return;   // the response is still to come
    if (!context_.keeping.arrivals.empty() || !context_.keeping.awaited.empty()) {
        held_ = HeldAnswer{std::exchange(context_.keeping, {}), std::exchange(response, {}), context_.note, match, begin};
        return;
    }
    show(request, response, match);
    count(request, response, match, Clock::now() - begin);
}

std::optional<StaffOrder> Front::take_order()
{
    return std::exchange(context_.order, std::nullopt);
}

bool Front::ask_staff(StaffOrder order, std::function<void(StaffTold)> done, Response& response)
{
    auto* const commands = shared_.services.staff_commands();
    auto const work = [commands, order, done = std::move(done)] {
        StaffTold told{order.delivery, staff::Told{"An error of the program.", false, {}, Language::en}};
        try {
            told.told = commands->run_for(order.account, order.origin, order.language, order.in_private, order.line);
        } catch (std::exception const& failure) {
            spdlog::error("a command failed error={}", failure.what());
        }
        done(std::move(told));
    };
    if (shared_.staff_door->take(work))
        return true;
    if (!order.delivery.empty())
        shared_.deliveries.finish(order.delivery, std::nullopt);
    response.clear();
    response.fail(Problem::unavailable);
    response.add_field("Retry-After", "5");
    return false;
}

void Front::answer_with(StaffTold const& told, Request const& request, ClientAddress const& peer, Response& response)
{
    context_.told = &told;
    answer(request, peer, response);
    context_.told = nullptr;
}

std::optional<HeldAnswer> Front::take_held()
{
    return std::exchange(held_, std::nullopt);
}

bool Front::keep(HeldAnswer& held, std::function<void(Result<bool> const&)> done)
{
    if (held.keeping.arrivals.empty())
        return false;
    shared_.services.outbox()->accept(std::exchange(held.keeping.arrivals, {}), std::move(done));
    return true;
}

void Front::note_kept(HeldAnswer& held, Result<bool> const& taken)
{
    conclude(shared_, held.keeping, taken, held.response);
}

bool Front::await(HeldAnswer& held, Deliveries::Ended done)
{
    if (held.keeping.awaited.empty())
        return false;
    auto const key = std::move(held.keeping.awaited.back());
    held.keeping.awaited.pop_back();
    shared_.deliveries.when_ended(key, std::move(done));
    return true;
}

void Front::note_ended(HeldAnswer& held, std::optional<std::string> const& answer)
{
    conclude(held.keeping, answer, held.response);
}

void Front::release(HeldAnswer held, Request const& request, Response& response)
{
    response = std::move(held.response);
    context_.note = held.note;
    context_.keeping.receipt = std::move(held.keeping.receipt);
    show(request, response, held.match);
    count(request, response, held.match, Clock::now() - held.begin);
}

std::unique_ptr<Receipt> Front::take_receipt(Response const& response)
{
    auto receipt = std::exchange(context_.keeping.receipt, nullptr);
    if (response.status >= 300)
        receipt.reset();
    return receipt;
}

// People are told what is wrong as a page; if that fails too, the words for programs have to do.
void Front::show(Request const& request, Response& response, Match const& match)
{
    if (response.content_type != problem_type || shared_.options.console_only || !is_for_people(request, match.route))
        return;
    try {
        explain_as_page(context_, match.route, request, response);
    } catch (std::exception const& failure) {
        spdlog::error("a page of what is wrong could not be made error={}", failure.what());
    }
}

void Front::route(Request const& request, ClientAddress const& peer, Response& response, Match const& match)
{
    add_cors(request, response, match.path_known && (!match.route || match.route->open_to_pages));
    if (auto const problem = obstacle(shared_, request, match); problem != Problem::none)
        return fail(response, problem, request, match);
    if (!match.route)
        return answer_options(request, response);
    if (match.route->limited && !context_.told && !admits(request, peer, response, match))
        return;
    match.route->handler(context_, *match.route, request, response);
}

// A browser asks what a page may send before it sends it; anybody else is told the methods.
void Front::answer_options(Request const& request, Response& response)
{
    auto const methods = allowed_methods(request.path);
    auto const& origin = request.header(Known::origin);
    response.status = 204;
    if (origin.count == 0 || request.header(Known::access_control_request_method).count == 0)
        return response.add_field("Allow", methods);
    if (!shared_.origins.allows(origin.value))
        return response.fail(Problem::forbidden_origin);
    response.add_field("Access-Control-Allow-Methods", methods);
    response.add_field("Access-Control-Allow-Headers", allowed_fields);
    response.add_field("Access-Control-Max-Age", "86400");
}

void Front::add_cors(Request const& request, Response& response, bool open_to_pages)
{
    if (!open_to_pages || shared_.origins.empty())
        return;
    response.add_field("Vary", "Origin");
    auto const& origin = request.header(Known::origin);
    if (origin.count == 0 || !shared_.origins.allows(origin.value))
        return;
    response.add_field("Access-Control-Allow-Origin", origin.value);
    response.add_field("Access-Control-Expose-Headers", "Retry-After");
}

bool Front::admits(Request const& request, ClientAddress const& peer, Response& response, Match const& match)
{
    auto const wait = shared_.limiter.seconds_to_wait(shared_.proxies.client(peer, request), Clock::now());
    if (wait == 0)
        return true;
    metrics_.limited.add();
    fail(response, Problem::too_many_requests, request, match);
    response.add_field("Retry-After", std::to_string(wait));
    return false;
}

void Front::count(Request const& request, Response const& response, Match const& match, std::chrono::nanoseconds took)
{
    metrics_.request_time.add(took);
    std::string_view name = "none";
    if (match.route) {
        auto const index = static_cast<std::size_t>(match.route - routes().data());
        metrics_.requests[index][static_cast<std::size_t>(response.status / 100)].add();
        name = match.route->name;
    } else {
        metrics_.refused.add();
    }
    if (!shared_.options.access_log)
        return;
    auto const microseconds = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    if (context_.note.answered)
        spdlog::info("answered method={} route={} status={} us={} result={} lang={}", server::name(request.method), name,
                     response.status, microseconds, assistant::name(context_.note.status),
                     code(context_.note.language));
    else
        spdlog::info("served method={} route={} status={} us={}", server::name(request.method), name, response.status,
                     microseconds);
}

}  // namespace immunobot::server
