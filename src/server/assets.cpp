// /widget.js and /assets/: the files of web/, from memory, in the coding the client likes best.

#include "assets/asset.hpp"
#include "server/coding.hpp"
#include "server/handlers.hpp"

namespace immunobot::server {
namespace {

// A name with a hash never stands for other bytes; a name without one is looked after every five minutes.
constexpr std::string_view for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view for_a_while = "public, max-age=300, stale-while-revalidate=86400";

void send(assets::Asset const& asset, bool hashed, Request const& request, Response& response)
{
    auto const coding = best_coding(request.header(Known::accept_encoding).value);
    response.cache_control = hashed ? for_ever : for_a_while;
    response.content_type = asset.type;
    response.add_field("Vary", "Accept-Encoding");
    response.add_field("ETag", entity_tag(asset.hash, coding));
    // Anybody may load what anybody may read: this makes subresource integrity work on pages of every origin.
    response.add_field("Access-Control-Allow-Origin", "*");
    response.add_field("Cross-Origin-Resource-Policy", "cross-origin");
    if (has_tag(request.header(Known::if_none_match).value, asset.hash)) {
        response.status = 304;
        return;
    }
    if (coding != Coding::identity)
        response.add_field("Content-Encoding", name(coding));
    response.body = coding == Coding::brotli ? asset.brotli : coding == Coding::gzip ? asset.gzip : asset.plain;
}

void send_named(std::string_view name, Request const& request, Response& response)
{
    auto const found = assets::find_named(name);
    if (!found.asset)
        return response.fail(Problem::not_found);
    send(*found.asset, found.hashed, request, response);
}

}  // namespace

void get_asset(Context&, Route const& route, Request const& request, Response& response)
{
    send_named(id_in(route, request.path), request, response);
}

void get_widget(Context&, Route const&, Request const& request, Response& response)
{
    send_named(request.path.substr(1), request, response);
}

}  // namespace immunobot::server
