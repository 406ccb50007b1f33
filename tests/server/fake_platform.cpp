#include "fake_platform.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace immunobot::server {
namespace {

bool readable(int socket, int ms)
{
    pollfd one{socket, POLLIN, 0};
    return ::poll(&one, 1, ms) > 0;
}

// Empty if the peer goes or says nothing for five seconds.
std::string receive(int socket)
{
    std::string bytes;
    std::size_t wanted = std::string::npos;
    while (bytes.size() < wanted) {
        char piece[4096];
        if (!readable(socket, 5000))
            return {};
        auto const got = ::recv(socket, piece, sizeof piece, 0);
        if (got <= 0)
            return {};
        bytes.append(piece, static_cast<std::size_t>(got));
        auto const end = bytes.find("\r\n\r\n");
        if (end == std::string::npos)
            continue;
        auto const at = bytes.find("Content-Length: ");
        wanted = end + 4 + (at < end ? static_cast<std::size_t>(std::atol(bytes.c_str() + at + 16)) : 0);
    }
    return bytes;
}

FakePlatform::Request parsed(std::string const& bytes)
{
    FakePlatform::Request request;
    auto const end = bytes.find("\r\n\r\n");
    request.body = bytes.substr(end + 4);
    auto at = bytes.find("\r\n");
    request.line = bytes.substr(0, at);
    while (at < end) {
        auto const next = bytes.find("\r\n", at + 2);
        auto const line = bytes.substr(at + 2, next - at - 2);
        auto name = line.substr(0, line.find(": "));
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        request.fields[name] = line.substr(std::min(line.size(), line.find(": ") + 2));
        at = next;
    }
    return request;
}

}  // namespace

FakePlatform::FakePlatform(Behaviour behaviour) : behaviour_(std::move(behaviour))
{
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listening_, reinterpret_cast<sockaddr*>(&here), sizeof here);
    ::listen(listening_, 128);
    socklen_t size = sizeof here;
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&here), &size);
    port_ = ntohs(here.sin_port);
    acceptor_ = std::thread([this] { serve(); });
}

FakePlatform::~FakePlatform()
{
    stopping_ = true;
    acceptor_.join();
    for (auto& thread : threads_)
        thread.join();
    ::close(listening_);
}

void FakePlatform::serve()
{
    while (!stopping_) {
        if (!readable(listening_, 20))
            continue;
        int const socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        ++connections_;
        threads_.emplace_back([this, socket] { answer(socket); });
    }
}

void FakePlatform::answer(int socket)
{
    auto const bytes = receive(socket);
    if (!bytes.empty()) {
        auto const request = parsed(bytes);
        Reaction reaction;
        {
            std::lock_guard const lock(mutex_);
            requests_.push_back(request);
            if (behaviour_)
                reaction = behaviour_(request);
        }
        for (int waited = 0; waited < reaction.delay_ms && !stopping_; waited += 10)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        auto const head = "HTTP/1.1 " + std::to_string(reaction.status) + " X\r\nContent-Length: " + std::to_string(reaction.body.size()) + "\r\n" +
                          reaction.fields + "\r\n";
        auto const text = reaction.reset ? std::string() : head + reaction.body.substr(0, reaction.torn ? reaction.body.size() / 2 : std::string::npos);
        static_cast<void>(::send(socket, text.data(), text.size(), MSG_NOSIGNAL));
        if (reaction.torn)   // a reset would overtake what has not been read yet
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        if (reaction.reset || reaction.torn) {
            linger const hard{1, 0};
            ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        }
    }
    ::close(socket);
}

std::vector<FakePlatform::Request> FakePlatform::requests() const
{
    std::lock_guard const lock(mutex_);
    return requests_;
}

bool FakePlatform::waits_for(std::size_t count) const
{
    for (int i = 0; i < 1000; ++i) {
        if (requests().size() >= count)
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

}  // namespace immunobot::server
