#include "server/worker.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <ctime>
#include <exception>

#include <netinet/tcp.h>
#include <sys/socket.h>

namespace immunobot::server {
namespace {

using boost::asio::ip::tcp;
using ErrorCode = boost::system::error_code;
using ReusePort = boost::asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

constexpr int backlog = 1024;
constexpr std::chrono::milliseconds accept_pause{20};

// Often enough that no deadline is overrun by much, seldom enough to cost nothing.
std::chrono::milliseconds tick_for(Deadlines const& deadlines)
{
    auto const shortest = std::min({deadlines.header, deadlines.body, deadlines.answer, deadlines.idle,
                                    deadlines.drain, deadlines.stop});
    return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(200));
}

}  // namespace

Worker::Worker(Shared& shared, std::unique_ptr<Backend> backend, std::size_t most_connections)
    : shared_(shared),
      spaces_(shared.options.limits),
      front_(shared, std::move(backend), metrics_),
      most_connections_(std::max<std::size_t>(1, most_connections)),
      tick_(tick_for(shared.options.deadlines))
{
    shared_.metrics.push_back(&metrics_);
}

Worker::~Worker()
{
    join();
    auto const connections = std::move(connections_);
    for (auto const& connection : connections)
        connection->close();
}

Result<> Worker::listen(std::string const& address, std::uint16_t port)
{
    ErrorCode failed;
    auto const where = boost::asio::ip::make_address(address, failed);
    if (failed)
        return Error{Errc::bad_option, "\"" + address + "\" is not an IP address to listen on"};
    tcp::endpoint const endpoint(where, port);
    acceptor_.open(endpoint.protocol(), failed);
    if (!failed)
        acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed)
        acceptor_.set_option(ReusePort(true), failed);
    if (!failed)
        acceptor_.bind(endpoint, failed);
    if (!failed)
        acceptor_.listen(backlog, failed);
    if (!failed)
        acceptor_.non_blocking(true, failed);
    if (failed)
        return Error{Errc::bad_option, "cannot listen on " + address + ":" + std::to_string(port) + ": " + failed.message(),
                     "choose another address or port with --listen"};
    return {};
}

std::uint16_t Worker::port() const
{
    ErrorCode ignored;
    return acceptor_.local_endpoint(ignored).port();
}

void Worker::begin()
{
    accept();
    tick();
    thread_ = std::thread([this] { run(); });
}

void Worker::run()
{
    while (true) {
        try {
            io_.run();
            return;
        } catch (std::exception const& failure) {
            metrics_.failures.add();
            spdlog::error("a connection failed error={}", failure.what());
        }
    }
}

void Worker::stop()
{
    boost::asio::post(io_, [this] { begin_stop(); });
}

void Worker::join()
{
    if (thread_.joinable())
        thread_.join();
}

void Worker::accept()
{
    acceptor_.async_accept(io_.get_executor(), [this](ErrorCode const& failed, Socket socket) {
        on_accepted(failed, std::move(socket));
    });
}

void Worker::on_accepted(ErrorCode failed, Socket socket)
{
    if (stopping_ || failed == boost::asio::error::operation_aborted)
        return;
    if (!failed) {
        admit(std::move(socket));
        return accept();
    }
    if (failed == boost::asio::error::connection_aborted)
        return accept();
    // Out of descriptors or memory: make room, and wait a moment lest this turn into a busy loop.
    evict_one();
    pause_.expires_after(accept_pause);
    pause_.async_wait([this](ErrorCode const& cancelled) {
        if (!cancelled && !stopping_)
            accept();
    });
}

void Worker::admit(Socket socket)
{
    if (connections_.size() + open_streams() >= most_connections_ && !evict_one())
        return;
    ErrorCode failed;
    socket.set_option(tcp::no_delay(true), failed);
    auto const peer = socket.remote_endpoint(failed);
    if (failed)
        return;
    metrics_.accepted.add();
    metrics_.open.store(static_cast<std::int64_t>(connections_.size()) + 1, std::memory_order_relaxed);
    auto connection = std::make_shared<Connection>(*this, std::move(socket), address_of(*peer.data()));
    connections_.push_back(connection);
    connection->place = std::prev(connections_.end());
    connection->start(std::chrono::steady_clock::now());
}

// Closes the connection that has waited longest without a complete request.
bool Worker::evict_one()
{
    auto const found = std::find_if(connections_.begin(), connections_.end(),
                                    [](auto const& connection) { return connection->is_waiting(); });
    if (found == connections_.end())
        return false;
    metrics_.evicted.add();
    auto const connection = *found;
    connection->close();
    return true;
}

void Worker::touch(Connection& connection)
{
    connections_.splice(connections_.end(), connections_, connection.place);
}

void Worker::remove(Connection& connection)
{
    if (connections_.empty())
        return;
    connections_.erase(connection.place);
    metrics_.open.store(static_cast<std::int64_t>(connections_.size()), std::memory_order_relaxed);
}

void Worker::start_stream(Socket socket, Request const& request, StreamStart const& start)
{
    streams_.push_back(server::start_stream(std::move(socket), shared_, request, start));
}

std::size_t Worker::open_streams()
{
    std::erase_if(streams_, [](auto const& stream) { return stream.expired(); });
    return streams_.size();
}

void Worker::tick()
{
    auto const now = std::chrono::steady_clock::now();
    for (auto next = connections_.begin(); next != connections_.end();) {
        auto const connection = *next++;
        connection->check(now);
    }
    if (stopping_ && ((connections_.empty() && open_streams() == 0) || now >= stop_deadline_)) {
        for (auto const left = connections_; auto const& connection : left)
            connection->close();
        for (auto const& left : streams_)
            if (auto const stream = left.lock())
                stream->close();
        return;  // nothing waits any more, so the loop ends
    }
    timer_.expires_after(tick_);
    timer_.async_wait([this](ErrorCode const& cancelled) {
        if (!cancelled)
            tick();
    });
}

void Worker::begin_stop()
{
    if (stopping_)
        return;
    stopping_ = true;
    stop_deadline_ = std::chrono::steady_clock::now() + options().deadlines.stop;
    accept_waiting();
    ErrorCode ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    for (auto next = connections_.begin(); next != connections_.end();) {
        auto const connection = *next++;
        connection->finish();
    }
    for (auto const& one : streams_)
        if (auto const stream = one.lock())
            stream->finish();
    timer_.cancel();
    tick();
}

// Clients that the kernel has let in but we have not: they are served, not dropped.
void Worker::accept_waiting()
{
    while (true) {
        ErrorCode failed;
        Socket socket(io_);
        acceptor_.accept(socket, failed);
        if (failed)
            return;
        admit(std::move(socket));
    }
}

std::string_view Worker::date()
{
    auto const now = std::time(nullptr);
    if (now != date_second_) {
        date_second_ = now;
        std::tm parts{};
        gmtime_r(&now, &parts);
        char text[40];
        date_.assign(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts));
    }
    return date_;
}

}  // namespace immunobot::server
