#include "server/link_check.hpp"

#include "server/web_address.hpp"
#include "server/web_call.hpp"

#include <algorithm>
#include <map>
#include <thread>

namespace immunobot::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds a_nap{100};

WebCall call_to(std::string const& url, std::string method, bool private_allowed)
{
    WebCall call;
    call.method = std::move(method);
    call.url = url;
    call.fields = {{"Accept", "text/html, */*;q=0.5"}};
    call.head_only = true;
    call.private_allowed = private_allowed;
    return call;
}

// Some servers do not know HEAD, or refuse it to programs.
bool is_doubtful(int status)
{
    return status == 400 || status == 403 || status == 404 || status == 405 || status >= 500;
}

// Empty: it is there, has moved, or is not for everybody.
std::string fault(int status)
{
    return status == 404 || status == 410 || status >= 500 ? std::to_string(status) : std::string();
}

constexpr std::size_t largest_page = 1024 * 1024;   // of those that answer no HEAD

// Empty: all is well.
std::string why_dead(std::string const& url, LinkCheckOptions const& options)
{
    WebOptions const web{options.patience, largest_page, options.authorities};
    auto answer = call_and_wait(call_to(url, "HEAD", options.private_allowed), web);
    if (!answer || is_doubtful(answer->status))
        answer = call_and_wait(call_to(url, "GET", options.private_allowed), web);
    if (answer)
        return fault(answer->status);
    return answer.error().code == Errc::bad_request ? "private network" : "no answer";
}

// False: it was told to stop.
bool rest_until(Clock::time_point when, std::atomic<bool> const& stop)
{
    while (Clock::now() < when && !stop)
        std::this_thread::sleep_for(std::min<Clock::duration>(a_nap, when - Clock::now()));
    return !stop;
}

}  // namespace

LinkReport check_links(std::vector<std::string> urls, LinkCheckOptions const& options, std::atomic<bool> const& stop)
{
    std::ranges::sort(urls);
    urls.erase(std::unique(urls.begin(), urls.end()), urls.end());
    auto const end = Clock::now() + options.longest;
    std::map<std::string, Clock::time_point> next;   // by host
    LinkReport report;
    for (auto const& url : urls) {
        auto const address = parse_web_address(url.substr(0, url.find('#')));
        if (!address)
            continue;   // a mail address, or nothing that is asked for over the web
        auto& turn = next[address->host];
        if (report.checked == options.most || Clock::now() > end || !rest_until(turn, stop)) {
            ++report.left;
            continue;
        }
        ++report.checked;
        if (auto why = why_dead(url.substr(0, url.find('#')), options); !why.empty())
            report.dead.push_back({url, std::move(why)});
        turn = Clock::now() + options.pause;
    }
    return report;
}

}  // namespace immunobot::server
