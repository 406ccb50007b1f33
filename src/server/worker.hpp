// One thread of the server: its listening socket, its event loop, its connections, its backend.
// Everything runs on the worker's own thread, except for the constructor, begin() and stop().
#pragma once

#include "server/connection.hpp"
#include "server/directline_stream.hpp"
#include "server/front.hpp"
#include "server/sockets.hpp"

#include <boost/asio/steady_timer.hpp>

#include <list>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace immunobot::server {

class Worker {
public:
    Worker(Shared& shared, std::unique_ptr<Backend> backend, std::size_t most_connections);
    ~Worker();

    // Opens the listening socket; `port` 0 takes any free one.
    Result<> listen(std::string const& address, std::uint16_t port);
    std::uint16_t port() const;

    void begin();  // starts the thread
    void stop();   // asks it to finish; returns at once. Any thread.
    void join();

    // For connections.
    ServerOptions const& options() const { return shared_.options; }
    ReadSpaces& spaces() { return spaces_; }
    Front& front() { return front_; }
    Response& response() { return response_; }
    Metrics& metrics() { return metrics_; }
    std::string_view date();
    bool stopping() const { return shared_.stopping.load(std::memory_order_relaxed); }
    void touch(Connection& connection);   // it has just been served: it is the last to be evicted
    void remove(Connection& connection);  // the caller holds it
    void start_stream(Socket socket, Request const& request, StreamStart const& start);

private:
    void run();
    void accept();
    void on_accepted(boost::system::error_code failed, Socket socket);
    void admit(Socket socket);
    bool evict_one();
    void tick();
    void begin_stop();
    void accept_waiting();
    std::size_t open_streams();

    Shared& shared_;
    ReadSpaces spaces_;   // outlives the handlers in io_, whose connections give their memory back to it
    boost::asio::io_context io_{1};
    Acceptor acceptor_{io_};
    boost::asio::steady_timer timer_{io_};
    boost::asio::steady_timer pause_{io_};
    Metrics metrics_;
    Front front_;
    Response response_;
    std::string date_;
    std::time_t date_second_ = 0;
    std::list<std::shared_ptr<Connection>> connections_;  // least recently served first
    std::vector<std::weak_ptr<DirectLineStream>> streams_;   // some of them may have ended
    std::size_t most_connections_;
    std::chrono::milliseconds tick_;
    std::chrono::steady_clock::time_point stop_deadline_{};
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace immunobot::server
