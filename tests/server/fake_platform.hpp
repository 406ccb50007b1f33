// The API of a platform on loopback, as a test wants it to behave.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace immunobot::server {

class FakePlatform {
public:
    struct Request {
        std::string line;                            // "POST /path HTTP/1.1"
        std::map<std::string, std::string> fields;   // names in lower case
        std::string body;
    };
    struct Reaction {
        int status = 200;
        std::string body = R"({"ok":true})";
        std::string fields = {};    // each with its CR LF
        bool reset = false;         // closes the connection instead of answering
        int delay_ms = 0;
        bool torn = false;          // sends the head and half the body, and then resets the connection
    };
    using Behaviour = std::function<Reaction(Request const&)>;

    // Always the same port while it lives; a reaction is asked for each request, on a thread of its own.
    explicit FakePlatform(Behaviour behaviour = {});   // none: everything is fine
    ~FakePlatform();

    std::uint16_t port() const { return port_; }
    std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }
    std::vector<Request> requests() const;
    // How many connections came, also such as asked nothing.
    int connections() const { return connections_; }
    // False if fewer have come within ten seconds.
    bool waits_for(std::size_t count) const;

private:
    void serve();
    void answer(int socket);

    Behaviour behaviour_;
    int listening_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false};
    std::atomic<int> connections_{0};
    mutable std::mutex mutex_;
    std::vector<Request> requests_;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace immunobot::server
