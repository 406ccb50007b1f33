// What the server can be told. Every limit and every wait has a default that is right for the open internet.
#pragma once

#include "server/channel_settings.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace immunobot::server {

struct Limits {
    std::size_t head = 8 * 1024;           // bytes of request line and header fields together
    std::size_t body = 64 * 1024;          // bytes, after chunks are joined, where the route has no limit of its own
    std::size_t largest_body = 8 * 1024 * 1024;   // whatever the route
    std::size_t header_fields = 100;
    std::size_t requests_per_connection = 1000;
    std::size_t connections = 10'000;      // all threads together; lowered to fit the descriptor limit
    std::size_t streams = 2000;            // of those, that may be streams to pages
};

// Each is for the whole phase, not for one read.
struct Deadlines {
    std::chrono::milliseconds header{10'000};  // from the first byte (or the accept) to the end of the header
    std::chrono::milliseconds body{10'000};
    std::chrono::milliseconds answer{10'000};  // until the client has taken the answer
    std::chrono::milliseconds idle{15'000};    // between requests
    std::chrono::milliseconds drain{1'000};    // reading on after the last answer, so that it is not lost
    std::chrono::milliseconds stop{4'000};     // for requests that are under way when stop() is called
    std::chrono::milliseconds stream_idle{60'000};    // a stream whose page answers no ping for so long has gone
    std::chrono::milliseconds stream{30 * 60'000};    // of a stream as a whole; its page then opens another one
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;             // 0: any free one, see Server::port()
    unsigned threads = 0;                  // 0: one per core
    Limits limits;
    Deadlines deadlines;
    unsigned rate_per_minute = 0;          // requests per client address; 0 = no limit
    std::vector<std::string> trusted_proxies;   // addresses whose X-Forwarded-For counts
    std::vector<std::string> allowed_origins;   // "https://www.example.org"; for CORS
    ConfiguredChannels channels;
    bool deliver = true;                   // the calls in the outbox are made
    std::chrono::milliseconds call_patience{10'000};   // for a call to a platform, from the look-up of its name on
    std::string authorities = {};          // file with certificates of authorities besides the system's
    std::function<std::int64_t()> clock = {};  // seconds since 1970, for tests; empty: the system's
    int keep_days = 30;                    // that question texts are kept: what visitors are told
    std::string contact_url;               // a page or mailto: where a person can be reached; empty: none
    std::string privacy_url;               // the page on privacy; empty: none
    std::string docs_url;                  // the page of the guides; empty: none
    std::string public_url;                // where pages are seen from outside: "https://bot.example.org"; empty: not known
    std::string staff_proxy_header;        // field in which a trusted proxy names whom it has signed in; empty: none does
    std::string staff_proxy_secret;        // which the proxy sends along, or it is not believed
    bool console_only = false;             // nothing but the console is served
    bool access_log = true;                // one info line per request
};

}  // namespace immunobot::server
