// A server with the fake backend on a free port of loopback, quiet, for one test.
#pragma once

#include "assets/asset.hpp"
#include "client.hpp"
#include "fake_backend.hpp"
#include "server/server.hpp"

#include <memory>

namespace immunobot::server {

inline ServerOptions quiet_options(unsigned threads = 1)
{
    ServerOptions options;
    options.port = 0;
    options.threads = threads;
    options.access_log = false;
    options.channels["generic"].set("open", {"yes"});
    return options;
}

// A path of this pattern at which there is something.
inline std::string sample_path(std::string_view pattern)
{
    std::string path(pattern);
    auto const at = path.find("{id}");
    if (at != std::string::npos)
        path.replace(at, 4, path.starts_with("/widget.") ? assets::find("widget.js")->hash
                            : path.starts_with("/assets/") ? "widget.js"
                            : path.starts_with("/faq/") ? "programmes" : "mi-fhu");
    return path;
}

struct Running {
    explicit Running(ServerOptions const& options = quiet_options(), std::unique_ptr<knowledge::Outbox> box = nullptr)
    {
        services.box = std::move(box);
        server = Server::start(options, services).value();
    }

    Answer ask(std::string_view request) const { return Client(server->port()).ask(request); }
    std::uint16_t port() const { return server->port(); }

    FakeServices services;
    std::unique_ptr<Server> server;
};

}  // namespace immunobot::server
