#include "client.hpp"

#include <algorithm>
#include <cstdlib>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace immunobot::server {
namespace {

using Clock = std::chrono::steady_clock;

Answer parse_head(std::string_view head)
{
    Answer answer;
    answer.status = std::atoi(std::string(head.substr(9, 3)).c_str());
    for (auto line = head.find("\r\n"); line != std::string_view::npos && line + 2 < head.size();) {
        auto const begin = line + 2;
        line = head.find("\r\n", begin);
        auto const text = head.substr(begin, line == std::string_view::npos ? line : line - begin);
        auto const colon = text.find(": ");
        if (colon == std::string_view::npos)
            continue;
        std::string name(text.substr(0, colon));
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        auto& value = answer.fields[name];
        value += value.empty() ? "" : ", ";
        value += text.substr(colon + 2);
    }
    return answer;
}

}  // namespace

std::string Answer::field(std::string const& name) const
{
    auto const found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
}

Client::Client(std::uint16_t port, std::string const& address)
{
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_port = htons(port);
    inet_pton(AF_INET, address.c_str(), &there.sin_addr);
    if (::connect(socket_, reinterpret_cast<sockaddr const*>(&there), sizeof there) != 0) {
        ::close(socket_);
        socket_ = -1;
    }
}

Client::~Client()
{
    if (socket_ >= 0)
        ::close(socket_);
}

bool Client::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void Client::half_close()
{
    ::shutdown(socket_, SHUT_WR);
}

bool Client::more(Clock::time_point until)
{
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    pollfd waiting{socket_, POLLIN, 0};
    if (left.count() < 0 || ::poll(&waiting, 1, static_cast<int>(left.count()) + 1) <= 0)
        return false;
    char bytes[65536];
    auto const got = ::recv(socket_, bytes, sizeof bytes, 0);
    if (got <= 0)
        return false;
    buffer_.append(bytes, static_cast<std::size_t>(got));
    return true;
}

Answer Client::receive(std::chrono::milliseconds patience, bool headless)
{
    auto const until = Clock::now() + patience;
    auto end = buffer_.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!more(until))
            return {};
        end = buffer_.find("\r\n\r\n");
    }
    auto answer = parse_head(std::string_view(buffer_).substr(0, end));
    auto const length = headless ? 0 : std::strtoul(answer.field("content-length").c_str(), nullptr, 10);
    while (buffer_.size() < end + 4 + length)
        if (!more(until))
            return {};
    answer.body = buffer_.substr(end + 4, length);
    answer.raw = buffer_.substr(0, end + 4 + length);
    buffer_.erase(0, end + 4 + length);
    return answer;
}

bool Client::is_closed(std::chrono::milliseconds patience)
{
    auto const until = Clock::now() + patience;
    while (true) {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
        pollfd waiting{socket_, POLLIN, 0};
        if (left.count() < 0 || ::poll(&waiting, 1, static_cast<int>(left.count()) + 1) <= 0)
            return false;
        char bytes[65536];
        if (::recv(socket_, bytes, sizeof bytes, 0) <= 0)
            return true;
    }
}

std::string get(std::string_view target, std::string_view fields, std::string_view method)
{
    return std::string(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n").append(fields).append("\r\n");
}

std::string post(std::string_view target, std::string_view body, std::string_view fields, std::string_view type)
{
    std::string request("POST ");
    request.append(target).append(" HTTP/1.1\r\nHost: localhost\r\nContent-Length: ");
    request += std::to_string(body.size());
    if (!type.empty())
        request.append("\r\nContent-Type: ").append(type);
    return request.append("\r\n").append(fields).append("\r\n").append(body);
}

}  // namespace immunobot::server
