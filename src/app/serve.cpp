#include "app/channel_config.hpp"
#include "app/commands.hpp"
#include "app/digest.hpp"
#include "app/file_watch.hpp"
#include "base/date.hpp"
#include "console/console.hpp"
#include "knowledge/journal.hpp"
#include "knowledge/outbox.hpp"
#include "server/assistant_backend.hpp"
#include "server/logging.hpp"
#include "server/server.hpp"
#include "staff/commands.hpp"
#include "staff/desk.hpp"

#include <spdlog/spdlog.h>

#include <arpa/inet.h>
#include <malloc.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iostream>

namespace immunobot::app {
namespace {

constexpr int watch_seconds = 2;
constexpr int health_timeout_seconds = 3;

struct Endpoint {
    std::string address;
    std::uint16_t port = 0;
};

Result<Endpoint> endpoint_of(std::string const& listen)
{
    auto const colon = listen.rfind(':');
    Endpoint out;
    unsigned port = 0;
    auto const* end = listen.data() + listen.size();
    bool const parsed = colon != std::string::npos && std::from_chars(listen.data() + colon + 1, end, port).ptr == end && colon + 1 < listen.size();
    if (!parsed || port > 65535)
        return Error{Errc::bad_option, "--listen '" + listen + "' is no address and port", "for example 127.0.0.1:8080 or [::1]:8080"};
    out.address = listen.substr(0, colon);
    if (out.address.starts_with('[') && out.address.ends_with(']'))
        out.address = out.address.substr(1, out.address.size() - 2);
    out.port = static_cast<std::uint16_t>(port);
    return out;
}

// Large blocks are needed while an index is compiled and hardly afterwards: each is a mapping of its own, so that it goes back
// whole. Left alone, malloc takes the first that is freed as a sign to keep the next.
void give_back_large_blocks()
{
#if defined(__GLIBC__)
    constexpr int large_block = 512 * 1024;
    mallopt(M_MMAP_THRESHOLD, large_block);
#endif
}

// Signals are taken by sigtimedwait in the main thread; all threads made after this block them too.
sigset_t block_signals()
{
    sigset_t set;
    sigemptyset(&set);
    for (int const signal : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&set, signal);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    return set;
}

// Compiling what is answered from takes twice the memory that stays, and the C library would keep the holes.
void give_memory_back()
{
    malloc_trim(0);
}

void tell(Diagnostics const& problems, std::string_view what_is_used)
{
    for (auto const& problem : problems)
        if (problem.severity == Severity::error)
            spdlog::error("a file has an error, {} file={} line={} problem=\"{}\"", what_is_used, problem.file, problem.line, problem.message);
}

// Secrets and addresses of the channels, as files and the configuration file have them now.
void reload_channels(server::Server& http, Settings const& settings)
{
    auto const configured = read_channels(settings.config_file);
    if (!configured)
        return spdlog::error("the channels stay as they were problem=\"{}\"", configured.error().message);
    http.configure(*configured);
    spdlog::info("the channels were read again");
}

void reload(assistant::Assistant& bot, Settings const& settings)
{
    bot.reload_intents();
    give_memory_back();
    auto const problems = bot.problems();
    tell(problems, "its last good version, if there was one, stays in force");
    spdlog::info("reloaded intents={} problems={} folder={}", bot.size().intents, problems.size(), settings.intents);
}

// The console on an address of its own: all that the public server has, and the console.
class ConsoleServices : public server::Services {
public:
    ConsoleServices(server::Services& all, console::Console& console) : all_(all), console_(console) {}
    Result<std::unique_ptr<server::Backend>> backend() override { return all_.backend(); }
    server::Health health() const override { return all_.health(); }
    knowledge::Journal::Counters journal() const override { return all_.journal(); }
    console::Console* console() override { return &console_; }

private:
    server::Services& all_;
    console::Console& console_;
};

// What is scheduled is published; what cannot be is told in the log once.
void publish_due(staff::Desk& desk)
{
    auto const now = seconds_now();
    auto const published = desk.answers.publish_due(now);
    if (!published)
        return spdlog::warn("scheduled answers were not published error=\"{}\"", published.error().message);
    for (auto const& id : *published)
        if (auto const settled = desk.queue.settle({0, "schedule", {}, staff::Role::editor, "schedule"}, id); !settled)
            spdlog::warn("questions were not marked as answered id={} error=\"{}\"", id, settled.error().message);
}

// Until SIGTERM or SIGINT; SIGHUP and changed files reload.
void wait_for_stop(sigset_t const& signals, assistant::Assistant& bot, server::Server& http, staff::Desk& desk, Settings const& settings)
{
    WeeklyDigest digest(settings, desk);
    FileWatch watch({settings.intents, settings.data});
    for (;;) {
        timespec const pause{watch_seconds, 0};
        int const signal = sigtimedwait(&signals, nullptr, &pause);
        if (signal == SIGTERM || signal == SIGINT)
            return;
        publish_due(desk);
        digest.look(seconds_now());
        if (signal == SIGHUP)
            reload_channels(http, settings);
        if (signal == SIGHUP || watch.changed())
            reload(bot, settings);
    }
}

// Null when the console has no address of its own.
Result<std::unique_ptr<server::Server>> start_console(Settings const& settings, server::ServerOptions options, server::Services& services)
{
    if (settings.console_listen.empty())
        return std::unique_ptr<server::Server>();
    auto const endpoint = endpoint_of(settings.console_listen);
    if (!endpoint)
        return endpoint.error();
    options.address = endpoint->address;
    options.port = endpoint->port;
    options.threads = 1;
    options.console_only = true;
    auto own = server::Server::start(options, services);
    if (own)
        std::cout << "the staff's console is at http://" << endpoint->address << ':' << (*own)->port() << "/console" << std::endl;
    return own;
}

}  // namespace

int serve(Settings const& settings)
{
    if (settings.print_config) {
        std::cout << print_config(settings);
        return 0;
    }
    auto const endpoint = endpoint_of(settings.listen);
    if (!endpoint)
        return explain(endpoint.error());
    auto const channels = read_channels(settings.config_file);
    if (!channels)
        return explain(channels.error());
    give_back_large_blocks();
    server::set_up_logging(settings.log_format == "json" ? server::LogFormat::json : server::LogFormat::text);
    // A name server that is away must hold up neither the calls to other platforms nor the end of the program for long.
    setenv("RES_OPTIONS", "timeout:2 attempts:1", 0);
    auto const signals = block_signals();
    auto const bot = open_assistant(settings);
    if (!bot)
        return explain(bot.error());
    knowledge::JournalOptions remembering;
    remembering.keep_days = settings.keep_days;
    remembering.conversation_hours = settings.conversation_hours;
    auto journal = knowledge::Journal::open(settings.database, remembering);
    if (!journal)
        return explain(journal.error());
    (*bot)->remember_in(journal->get());
    tell((*bot)->problems(), "what is sound of it is used, of an intent nothing");
    auto services = server::AssistantServices::create(**bot, **journal, settings.database);
    if (!services)
        return explain(services.error());
    auto outbox = knowledge::Outbox::open(settings.database);
    if (!outbox)
        return explain(outbox.error());
    (*services)->deliver_through(**outbox);
    server::ServerOptions options;
    options.address = endpoint->address;
    options.port = endpoint->port;
    options.threads = settings.threads;
    options.rate_per_minute = settings.rate_limit;
    options.allowed_origins = settings.origins;
    options.trusted_proxies = settings.proxies;
    options.channels = *channels;
    options.authorities = settings.authorities;
    options.keep_days = settings.keep_days;
    options.contact_url = settings.contact_url;
    options.privacy_url = settings.privacy_url;
    options.docs_url = settings.docs_url;
    options.public_url = settings.public_url;
    options.staff_proxy_header = settings.staff_proxy_header;
    options.staff_proxy_secret = settings.staff_proxy_secret;
    staff::DeskOptions desk_options{settings.database, settings.intents, {}, settings.data};
    desk_options.accounts.idle = std::chrono::minutes(settings.console_idle_minutes);
    auto const desk = staff::Desk::open(desk_options, **bot);
    if (!desk)
        return explain(desk.error());
    (*desk)->outbox = outbox->get();
    (*desk)->keep_days = settings.keep_days;
    if (!settings.public_url.empty())
        (*desk)->site = settings.public_url;
    else if (!settings.console_listen.empty())
        (*desk)->site.reset();
    console::Console console(**desk);
    ConsoleServices console_services(**services, console);
    if (settings.console_listen.empty())
        (*services)->show(console);
    staff::Commands commands(**desk);
    (*services)->obey(commands);
    auto http = server::Server::start(options, **services);
    if (!http)
        return explain(http.error());
    auto const own = start_console(settings, options, console_services);
    if (!own)
        return explain(own.error());
    give_memory_back();
    auto const size = (*bot)->size();
    spdlog::info("serving address={} port={} entities={} facts={} faq={} intents={} revision={}", endpoint->address, (*http)->port(), size.entities,
                 size.facts, size.faq, size.intents, size.revision);
    std::cout << "immunobot serves http://" << endpoint->address << ':' << (*http)->port() << std::endl;
    wait_for_stop(signals, **bot, **http, **desk, settings);
    spdlog::info("stopping");
    if (*own)
        (*own)->stop();
    (*http)->stop();
    static_cast<void>((*journal)->flush());
    spdlog::info("stopped");
    server::shut_down_logging();
    return 0;
}

int healthcheck(Settings const& settings)
{
    auto const endpoint = endpoint_of(settings.listen);
    if (!endpoint)
        return explain(endpoint.error());
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(endpoint->port);
    // A server that listens on every address is asked on this machine's own.
    bool const every = endpoint->address == "0.0.0.0" || endpoint->address == "localhost" || endpoint->address == "::";
    if (inet_pton(AF_INET, every ? "127.0.0.1" : endpoint->address.c_str(), &where.sin_addr) != 1)
        return explain({Errc::bad_option, "healthcheck needs an IPv4 address in --listen", {}});
    int const handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval const limit{health_timeout_seconds, 0};
    setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(handle, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    std::string const request = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    std::string answer(64, '\0');
    bool const asked = handle >= 0 && connect(handle, reinterpret_cast<sockaddr const*>(&where), sizeof where) == 0 &&
                       send(handle, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size());
    ssize_t const got = asked ? recv(handle, answer.data(), answer.size(), 0) : -1;
    if (handle >= 0)
        close(handle);
    bool const healthy = got > 12 && answer.compare(0, 12, "HTTP/1.1 200") == 0;
    if (!healthy)
        std::cerr << "immunobot: not healthy at " << settings.listen << '\n';
    return healthy ? 0 : 1;
}

}  // namespace immunobot::app
