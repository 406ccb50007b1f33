// Every address of the service, in one table.
#pragma once

#include "server/context.hpp"
#include "server/exchange.hpp"

#include <span>
#include <string>
#include <string_view>

namespace immunobot::server {

struct Route;

// Fills in the response; may throw, which costs the request a 500.
using Handler = void (*)(Context&, Route const&, Request const&, Response&);

// What the body of a POST is.
enum class Body : std::uint8_t { json, form };

struct Route {
    Method method;               // get (which serves HEAD too), post, put or delete
    std::string_view path;       // "{id}" stands for what has no '/' in it; once at most
    std::string_view name;       // in metrics and logs
    Handler handler;
    bool open_to_pages = true;   // CORS
    bool limited = true;         // counts for the rate limit
    channels::Channel const* channel = nullptr;
    channels::Route const* entrance = nullptr;   // of the channel
    bool page = false;           // for people: what is wrong is said as a page
    Body body = Body::json;
};

// The table: the fixed routes, then those of each channel.
std::span<Route const> routes();

// All routes of this path, whatever the method; empty if there are none.
struct Match {
    Route const* route = nullptr;   // the one of this method; null if there is none
    bool path_known = false;
};
Match find_route(Method method, std::string_view path);

// "GET, HEAD, DELETE, OPTIONS": what the path supports.
std::string allowed_methods(std::string_view path);

// What "{id}" stands for in `path`; empty if the route has none.
std::string_view id_in(Route const& route, std::string_view path);

// The channel whose area `path` is in, even if there is no such route; null if there is none.
channels::Channel const* channel_of_area(std::string_view path);

// Whether the content type of the request is one that the route takes.
bool takes_content(Route const& route, Request const& request);

}  // namespace immunobot::server
