// The HTTP server: N threads, each with its own listening socket, its own event loop and its own Backend,
// so that a question is answered on the thread that read it.
//
// start() and stop() are for one thread (the one that owns the Server); the other functions for any.
#pragma once

#include "base/error.hpp"
#include "server/backend.hpp"
#include "server/options.hpp"

#include <cstdint>
#include <memory>

namespace immunobot::server {

class Server {
public:
    // Listens and serves from the moment it returns. `services` must outlive the server.
    // Fails with Errc::bad_option (address, port in use, origin, proxy) or what a Backend fails with.
    // SIGPIPE and SIGXFSZ are ignored from here on, for the whole process.
    static Result<std::unique_ptr<Server>> start(ServerOptions options, Services& services);
    ~Server();  // stops

    // Takes no new connections, lets requests under way finish, closes the rest, joins the threads.
    // Returns within Deadlines::stop and a little. Calling it twice is fine.
    void stop();

    // From now on the channels are set so: secrets are exchanged without a restart.
    void configure(ConfiguredChannels const& channels);

    // The port it listens on; the real one where the option was 0.
    std::uint16_t port() const;

private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace immunobot::server
