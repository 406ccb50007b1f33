#include "app/digest.hpp"

#include "base/date.hpp"
#include "knowledge/file_io.hpp"
#include "server/link_check.hpp"
#include "server/web_call.hpp"
#include "staff/digest.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

namespace immunobot::app {
namespace {

constexpr std::int64_t an_hour = 3600;

// The operator named the address: it may be of this network.
Result<> post(std::string const& url, std::string const& authorities, std::string message)
{
    server::WebCall call;
    call.url = url;
    call.body = std::move(message);
    call.head_only = true;
    call.private_allowed = true;
    server::WebOptions options;
    options.authorities = authorities;
    auto const answer = server::call_and_wait(std::move(call), options);
    if (!answer)
        return answer.error();
    if (answer->status < 200 || answer->status > 299)
        return Error{Errc::busy, "the webhook answered " + std::to_string(answer->status), "check its address"};
    return {};
}

// For the pages of the answers. A check that was stopped knows nothing of the rest.
Result<> note_dead_links(staff::Desk& desk, server::LinkReport const& report, std::int64_t now, std::atomic<bool> const& stop)
{
    if (stop)
        return {};
    std::vector<knowledge::DeadLink> dead;
    for (auto const& link : report.dead)
        dead.push_back({link.url, link.why, now});
    return desk.store.with([&](auto& store) { return store.note_dead_links(dead); });
}

}  // namespace

Result<> send_digest(Settings const& settings, staff::Desk& desk, std::atomic<bool> const& stop)
{
    auto const now = seconds_now();
    auto digest = staff::digest_of(desk, now - staff::a_week, now);
    if (!digest)
        return digest.error();
    auto const urls = staff::source_links(desk);
    if (!urls)
        return urls.error();
    if (settings.check_links) {
        server::LinkCheckOptions options;
        options.authorities = settings.authorities;
        auto const report = server::check_links(*urls, options, stop);
        digest->links_checked = report.checked;
        for (auto const& link : report.dead)
            digest->dead_links.emplace_back(link.url, link.why);
        if (staff::could_check_links(*digest))
            if (auto noted = note_dead_links(desk, report, now, stop); !noted)
                return noted;
    }
    auto const language = settings.language.value_or(Language::fr);
    if (!settings.digest_file.empty())
        if (auto written = knowledge::write_file(settings.digest_file, staff::as_text(*digest, language)); !written)
            return written;
    if (!settings.digest_webhook.empty())
        return post(settings.digest_webhook, settings.authorities, staff::as_message(*digest, language));
    return {};
}

WeeklyDigest::~WeeklyDigest()
{
    stop_ = true;
    if (thread_.joinable())
        thread_.join();
}

void WeeklyDigest::look(std::int64_t now)
{
    bool const wanted = !settings_.digest_file.empty() || !settings_.digest_webhook.empty();
    if (!wanted || at_work_)
        return;
    if (due_ == 0) {
        auto const sent = desk_.store.with([](auto& store) { return store.digest_sent(); });
        if (!sent)
            return;
        due_ = staff::next_digest(*sent, now);
    }
    if (now < due_)
        return;
    if (thread_.joinable())
        thread_.join();
    at_work_ = true;
    thread_ = std::thread([this, now] {
        auto done = send_digest(settings_, desk_, stop_);
        if (done)
            done = desk_.store.with([&](auto& store) { return store.note_digest_sent(now); });
        if (done)
            spdlog::info("the weekly digest was sent");
        else
            spdlog::warn("the weekly digest was not sent error=\"{}\"", done.error().message);
        due_ = done ? 0 : now + an_hour;
        at_work_ = false;
    });
}

}  // namespace immunobot::app
