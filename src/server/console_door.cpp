#include "server/console_door.hpp"

#include "server/head_rules.hpp"
#include "staff/secret.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>

namespace immunobot::server {
namespace {

constexpr std::size_t threads = 2;
constexpr std::size_t most_waiting = 64;
constexpr int nice = 3;   // more, and on a busy machine staff would wait for minutes
constexpr std::size_t most_passwords = 16;   // that wait: less than a second's work
constexpr int nice_with_passwords = 10;

// Forms with a password in them: of those who sign in, and of those who do so on the page that they were sending.
bool has_password(console::Request const& request)
{
    return request.post && (request.path == "/console/sign-in" || request.path.starts_with("/console/welcome/") || request.body.find(console::password_field) != std::string::npos);
}

std::string_view field(Request const& request, std::string_view name)
{
    for (auto const& header : request.headers)
        if (same_letters(header.name, name))
            return header.value;
    return {};
}

// Of a field that is there twice nobody knows which one the proxy wrote.
std::string_view only_field(Request const& request, std::string_view name)
{
    auto const is_it = [&](auto const& header) { return same_letters(header.name, name); };
    return std::ranges::count_if(request.headers, is_it) == 1 ? field(request, name) : std::string_view();
}

// Who signs in somebody for us has to know the secret as well: an address alone is not much of a proof.
std::string vouched_for(Request const& request, bool from_proxy, ServerOptions const& options)
{
    if (!from_proxy || options.staff_proxy_header.empty() || options.staff_proxy_secret.empty())
        return {};
    if (!staff::same_secret(only_field(request, "x-immunobot-proxy-secret"), options.staff_proxy_secret))
        return {};
    return std::string(only_field(request, options.staff_proxy_header));
}

}  // namespace

ConsoleDoor::ConsoleDoor(console::Console* console)
    : console_(console), desk_(threads, nice, most_waiting), passwords_(1, nice_with_passwords, most_passwords)
{
}

ConsoleDoor::~ConsoleDoor()
{
    stop();
}

bool ConsoleDoor::take(console::Request request, Done done)
{
    auto& lane = has_password(request) ? passwords_ : desk_;
    return console_ && lane.take([this, request = std::move(request), done = std::move(done)] { done(answer(request)); });
}

bool ConsoleDoor::take(std::function<void()> work)
{
    return desk_.take(std::move(work));
}

console::Response ConsoleDoor::answer(console::Request const& request)
{
    try {
        return console_->answer(request);
    } catch (std::exception const& failure) {
        spdlog::error("a request failed route=console error={}", failure.what());
    }
    console::Response failed;
    failed.status = 500;
    failed.type = "text/plain; charset=utf-8";
    failed.body = "An error of the program.\n";
    return failed;
}

void ConsoleDoor::stop()
{
    passwords_.stop();
    desk_.stop();
}

console::Request for_console(Request const& request, ClientAddress const& peer, TrustedProxies const& proxies, ServerOptions const& options)
{
    bool const from_proxy = proxies.trusts(peer);
    console::Request out;
    out.post = request.method == Method::post;
    out.path = request.path;
    out.query = request.query;
    out.body = request.body;
    out.content_type = request.header(Known::content_type).value;
    out.host = request.header(Known::host).value;
    out.origin = request.header(Known::origin).value;
    out.fetch_site = field(request, "sec-fetch-site");
    out.cookies = field(request, "cookie");
    out.authorization = request.header(Known::authorization).value;
    out.languages = field(request, "accept-language");
    out.user_agent = field(request, "user-agent");
    out.address = to_string(proxies.client(peer, request).limited());   // who tries passwords may have a /64 of addresses
    out.vouched = vouched_for(request, from_proxy, options);
    out.https = from_proxy && same_letters(field(request, "x-forwarded-proto"), "https");
    return out;
}

void fill(Response& response, console::Response answer)
{
    response.clear();
    response.status = answer.status;
    // The types of the console are few; what they point to has to outlive the response.
    response.content_type = answer.type == "application/json"        ? json_type
                            : answer.type == "application/problem+json" ? problem_type
                            : answer.type.starts_with("text/csv") ? "text/csv; charset=utf-8"
                            : answer.type.starts_with("text/plain") ? "text/plain; charset=utf-8"
                                                                    : "text/html; charset=utf-8";
    response.policy = console::policy;
    response.body = std::move(answer.body);
    if (!answer.location.empty())
        response.add_field("Location", answer.location);
    for (auto const& cookie : answer.cookies)
        response.add_field("Set-Cookie", cookie);
    if (!answer.file_name.empty())
        response.add_field("Content-Disposition", "attachment; filename=\"" + answer.file_name + "\"");
    if (!answer.challenge.empty())
        response.add_field("WWW-Authenticate", answer.challenge);
    if (answer.status == 429)
        response.add_field("Retry-After", "300");
    response.add_field("Cross-Origin-Opener-Policy", "same-origin");
    response.add_field("Cross-Origin-Resource-Policy", "same-origin");
}

}  // namespace immunobot::server
