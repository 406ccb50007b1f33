// A request as the routes see it, and the answer they fill in. No sockets here.
#pragma once

#include "channels/channel.hpp"
#include "server/problem.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::server {

enum class Method : std::uint8_t { get, head, post, options, put, patch, delete_, trace, connect, other };

std::string_view name(Method method);

// The header fields that the edge itself looks at.
enum class Known : std::uint8_t {
    host, content_length, transfer_encoding, content_type, content_encoding, expect, origin,
    access_control_request_method, authorization,
    accept, accept_encoding, accept_language, if_none_match, count
};

// Views into the connection's buffer: they live until the answer is written.
struct Request {
    Method method = Method::other;
    std::string_view target;          // as sent: path and query
    std::string_view path;
    std::string_view query;           // without the '?'
    int version = 11;                 // 10 or 11
    bool keep_alive = true;
    bool has_body = false;            // a body follows, even if it is empty in the end
    std::vector<channels::Header> headers;
    std::array<channels::FoundHeader, static_cast<std::size_t>(Known::count)> known{};
    std::string body;

    channels::FoundHeader const& header(Known which) const { return known[static_cast<std::size_t>(which)]; }
};

inline constexpr std::string_view json_type = "application/json; charset=utf-8";
inline constexpr std::string_view problem_type = "application/problem+json; charset=utf-8";

// What a browser may do with an answer that is not a page: nothing.
inline constexpr std::string_view no_page_policy =
    "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

// What the connection becomes after an answer with status 101: the stream of a Direct Line conversation.
struct StreamStart {
    std::string conversation;
    std::uint64_t watermark = 0;
};

struct Response {
    int status = 200;
    std::string_view content_type = json_type;
    std::string_view cache_control = "no-store";
    std::string policy{no_page_policy};   // Content-Security-Policy; a page sets its own
    std::string body;
    std::string fields;               // further header lines, each with its CR LF
    bool close = false;               // the connection ends after this answer
    std::optional<StreamStart> stream = {};   // in place of body and fields: the stream itself answers

    // Ready for the next request; keeps the memory unless it has grown large.
    void clear();

    void add_field(std::string_view field_name, std::string_view value);

    // Makes it an RFC 9457 answer. `detail` replaces the problem's own when it is not empty.
    void fail(Problem problem, std::string_view detail = {});
};

// Whether an answer with this status has no body, nor the fields that describe one.
bool is_bodiless(int status);

// Appends status line and header fields. `date` is the value of the Date field.
void append_head(std::string& out, Response const& response, std::string_view date);

}  // namespace immunobot::server
