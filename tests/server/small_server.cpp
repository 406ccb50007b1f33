// The server with the fake backend, as a program: for tests and measurements from outside.
//   small_server [PORT=0] [THREADS=2] [quiet]
// Prints the port; ends on SIGTERM or SIGINT.

#include "fake_backend.hpp"
#include "server/logging.hpp"
#include "server/server.hpp"

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string_view>

int main(int argc, char** argv)
{
    using namespace immunobot::server;
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);  // before any thread begins

    ServerOptions options;
    options.port = argc > 1 ? static_cast<std::uint16_t>(std::atoi(argv[1])) : std::uint16_t{0};
    options.threads = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 2U;
    options.access_log = argc <= 3 || std::string_view(argv[3]) != "quiet";
    options.channels["generic"].set("open", {"yes"});
    set_up_logging(LogFormat::text);
    FakeServices services;
    auto server = Server::start(options, services);
    if (!server) {
        std::cerr << server.error() << '\n';
        return 1;
    }
    std::cout << (*server)->port() << std::endl;
    int signal = 0;
    sigwait(&ending, &signal);
    (*server)->stop();
    shut_down_logging();
    return 0;
}
