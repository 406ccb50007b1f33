#include "server/server.hpp"

#include "server/console_door.hpp"
#include "server/courier.hpp"
#include "server/worker.hpp"

#include <algorithm>
#include <csignal>
#include <thread>

#include <sys/resource.h>

namespace immunobot::server {
namespace {

constexpr std::size_t descriptors_for_others = 64;   // database, log, listening sockets, event loops
constexpr unsigned most_threads = 256;

void prepare_process()
{
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

// What the option asks for, or what the descriptor limit leaves.
std::size_t connections_that_fit(std::size_t wanted)
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return wanted;
    auto const descriptors = static_cast<std::size_t>(limit.rlim_cur);
    return std::min(wanted, descriptors > 2 * descriptors_for_others ? descriptors - descriptors_for_others
                                                                      : descriptors / 2);
}

// Workers share the port, which would let a second server slip in unnoticed beside them; so first ask for
// the port alone.
Result<> check_port_is_free(ServerOptions const& options)
{
    boost::system::error_code failed;
    auto const where = boost::asio::ip::make_address(options.address, failed);
    if (failed || options.port == 0)
        return {};  // Worker::listen() tells of a bad address
    boost::asio::io_context io;
    Acceptor probe(io);
    boost::asio::ip::tcp::endpoint const endpoint(where, options.port);
    probe.open(endpoint.protocol(), failed);
    if (!failed)
        probe.set_option(boost::asio::socket_base::reuse_address(true), failed);
    if (!failed)
        probe.bind(endpoint, failed);
    if (failed)
        return Error{Errc::bad_option,
                     "cannot listen on " + options.address + ":" + std::to_string(options.port) + ": " + failed.message(),
                     "is it running already? choose another address or port with --listen"};
    return {};
}

}  // namespace

struct Server::Impl {
    Impl(ServerOptions const& options, Services& services, AllowedOrigins origins, TrustedProxies proxies)
        : shared{options, services, std::move(origins), std::move(proxies), RateLimiter(options.rate_per_minute), Deliveries(),
                 Deliveries(512, std::chrono::seconds(120)), {}, ChannelSettings(options.channels)}
    {
    }

    // After the workers have ended and before they go: what it still answers is posted to their loops.
    ~Impl() { door.reset(); }

    Result<> add_workers()
    {
        auto const count = shared.options.threads;
        auto const each = connections_that_fit(shared.options.limits.connections) / count;
        for (unsigned i = 0; i < count; ++i) {
            auto backend = shared.services.backend();
            if (!backend)
                return backend.error();
            workers.push_back(std::make_unique<Worker>(shared, std::move(*backend), each));
            auto const listening = workers.back()->listen(shared.options.address, i == 0 ? shared.options.port : port);
            if (!listening)
                return listening.error();
            port = workers.front()->port();
        }
        return {};
    }

    void open_console()
    {
        auto* const console = shared.services.console();
        if (!console && !shared.services.staff_commands())
            return;
        door = std::make_unique<ConsoleDoor>(console);
        shared.staff_door = door.get();
        if (console)
            shared.console = door.get();
    }

    Shared shared;
    std::unique_ptr<ConsoleDoor> door;
    std::vector<std::unique_ptr<Worker>> workers;
    std::uint16_t port = 0;
    std::unique_ptr<Courier> courier;   // first to go
};

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Services& services)
{
    prepare_process();
    if (options.threads == 0)
        options.threads = std::max(1U, std::thread::hardware_concurrency());
    options.threads = std::min(options.threads, most_threads);
    auto origins = AllowedOrigins::create(options.allowed_origins);
    if (!origins)
        return origins.error();
    auto proxies = TrustedProxies::create(options.trusted_proxies);
    if (!proxies)
        return proxies.error();
    if (auto const free = check_port_is_free(options); !free)
        return free.error();
    auto impl = std::make_unique<Impl>(options, services, std::move(*origins), std::move(*proxies));
    if (auto const added = impl->add_workers(); !added)
        return added.error();
    impl->open_console();
    if (auto* const outbox = options.deliver ? services.outbox() : nullptr) {
        auto& shared = impl->shared;
        auto courier = Courier::start(*outbox, shared.channels, shared.keys, {options.call_patience, 256 * 1024, options.authorities},
                                      [&shared] { return seconds_now(shared); });
        if (!courier)
            return courier.error();
        impl->courier = std::move(*courier);
    }
    for (auto& worker : impl->workers)
        worker->begin();
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server()
{
    stop();
}

void Server::stop()
{
    if (impl_->shared.stopping.exchange(true))
        return;
    for (auto& worker : impl_->workers)
        worker->stop();
    for (auto& worker : impl_->workers)
        worker->join();
    if (impl_->door)
        impl_->door->stop();
    if (auto* const outbox = impl_->shared.services.outbox())
        outbox->settle();   // what it still tells is posted to the loops of the workers
    impl_->courier.reset();
}

void Server::configure(ConfiguredChannels const& channels)
{
    impl_->shared.channels.replace(channels);
}

std::uint16_t Server::port() const
{
    return impl_->port;
}

}  // namespace immunobot::server
