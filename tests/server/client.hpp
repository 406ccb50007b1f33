// A blocking client over a raw socket, which says exactly the bytes it is told to say.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace immunobot::server {

struct Answer {
    int status = 0;   // 0: none came
    std::map<std::string, std::string> fields;   // names in lower case; doubled ones joined with ", "
    std::string body;
    std::string raw;

    std::string field(std::string const& name) const;
};

class Client {
public:
    explicit Client(std::uint16_t port, std::string const& address = "127.0.0.1");
    ~Client();
    Client(Client const&) = delete;
    Client& operator=(Client const&) = delete;

    bool is_open() const { return socket_ >= 0; }
    // False when the peer has gone.
    bool send(std::string_view bytes);
    // The next answer; status 0 when none comes within `patience` or the connection ends first.
    // `headless`: an answer to HEAD, without a body.
    Answer receive(std::chrono::milliseconds patience = std::chrono::seconds(5), bool headless = false);
    // True if the server closes within `patience`; what still came is thrown away.
    bool is_closed(std::chrono::milliseconds patience = std::chrono::seconds(5));
    void half_close();

    // One request, one answer.
    Answer ask(std::string_view request) { return send(request) ? receive() : Answer{}; }

private:
    bool more(std::chrono::steady_clock::time_point until);
    int socket_ = -1;
    std::string buffer_;
};

std::string get(std::string_view target, std::string_view fields = {}, std::string_view method = "GET");
std::string post(std::string_view target, std::string_view body, std::string_view fields = {},
                 std::string_view type = "application/json");

}  // namespace immunobot::server
