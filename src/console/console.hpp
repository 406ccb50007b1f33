// The staff's console: pages that work without scripts. A request in, a page out; no sockets. Any thread, but not one that
// answers visitors: checking a password or a draft takes its time.
#pragma once

#include "console/form.hpp"
#include "staff/desk.hpp"

#include <string>
#include <string_view>

namespace immunobot::console {

// What the server found out about a request.
struct Request {
    bool post = false;
    std::string path;               // begins with /console
    std::string query;
    std::string body;               // of a form
    std::string content_type;       // of the body; empty: as plain forms have it
    std::string host;
    std::string origin;             // header fields of these names; empty: not sent
    std::string fetch_site;
    std::string cookies;
    std::string authorization;
    std::string languages;          // Accept-Language
    std::string user_agent;
    std::string address;            // of the client
    std::string vouched;            // e-mail address that a trusted proxy vouches for; empty: none
    bool https = false;             // as the client sees it
};

struct Response {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::string body;
    std::string location;           // of a redirection
    std::vector<std::string> cookies;
    std::string challenge;          // of a 401: how to prove who one is; empty: by signing in
    std::string file_name;          // to be saved under; empty: to be shown
};

// What a browser may do with a page of the console.
inline constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'";

// Whether the path belongs to the console, or to the staff's routes for programs.
bool is_console_path(std::string_view path);

// The largest form that is read, and the largest with a sheet in it; only the addresses of is_upload_path() take that one.
inline constexpr std::size_t longest_body = 64 * 1024;
inline constexpr std::size_t longest_upload = 3 * 1024 * 1024;
bool is_upload_path(std::string_view path);

class Console {
public:
    explicit Console(staff::Desk& desk) : desk_(desk) {}

    Response answer(Request const& request);

private:
    staff::Desk& desk_;
};

}  // namespace immunobot::console
