#include "server/request_parser.hpp"

#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <functional>
#include <limits>

namespace immunobot::server {
namespace {

namespace http = boost::beast::http;

constexpr std::size_t most_trailer_fields = 16;

Method method_of(http::verb method)
{
    switch (method) {
        case http::verb::get: return Method::get;
        case http::verb::head: return Method::head;
        case http::verb::post: return Method::post;
        case http::verb::options: return Method::options;
        case http::verb::put: return Method::put;
        case http::verb::patch: return Method::patch;
        case http::verb::delete_: return Method::delete_;
        case http::verb::trace: return Method::trace;
        case http::verb::connect: return Method::connect;
        default: return Method::other;
    }
}

Known known_of(http::field field)
{
    switch (field) {
        case http::field::host: return Known::host;
        case http::field::content_length: return Known::content_length;
        case http::field::transfer_encoding: return Known::transfer_encoding;
        case http::field::content_type: return Known::content_type;
        case http::field::content_encoding: return Known::content_encoding;
        case http::field::expect: return Known::expect;
        case http::field::origin: return Known::origin;
        case http::field::access_control_request_method: return Known::access_control_request_method;
        case http::field::authorization: return Known::authorization;
        case http::field::accept_encoding: return Known::accept_encoding;
        case http::field::accept: return Known::accept;
        case http::field::accept_language: return Known::accept_language;
        case http::field::if_none_match: return Known::if_none_match;
        default: return Known::count;
    }
}

std::string_view view(boost::beast::string_view text)
{
    return {text.data(), text.size()};
}

bool has_control(std::string_view value)
{
    return std::any_of(value.begin(), value.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && byte != '\t') || byte == 0x7f;
    });
}

}  // namespace

RequestParser::RequestParser(Request& request, std::string_view head, Limits const& limits)
    : request_(request), head_(head), limits_(limits), most_body_(limits.body)
{
    // The reader keeps the limits itself, to the byte; here they would count other things.
    header_limit(std::numeric_limits<std::uint32_t>::max());
    body_limit(boost::none);
    eager(false);
}

void RequestParser::on_request_impl(verb method, string_view, string_view target, int version, error_code&)
{
    request_.method = method_of(method);
    request_.target = view(target);
    auto const question = std::min(request_.target.find('?'), request_.target.size());
    request_.path = request_.target.substr(0, question);
    request_.query = request_.target.substr(std::min(question + 1, request_.target.size()));
    request_.version = version;
}

void RequestParser::on_field_impl(field name, string_view name_text, string_view value, error_code& error)
{
    if (in_trailer_) {  // read, counted, never used
        if (++trailer_fields_ > most_trailer_fields)
            error = http::error::header_limit;
        return;
    }
    // A folded value does not lie in the header as it was sent. Nobody honest folds any more.
    std::less<> const before;
    bool const folded = !value.empty() && (before(value.data(), head_.data()) ||
                                           !before(value.data(), head_.data() + head_.size()));
    if (folded || has_control(view(value))) {
        error = http::error::bad_value;
        return;
    }
    if (request_.headers.size() >= limits_.header_fields) {
        error = http::error::header_limit;
        return;
    }
    request_.headers.push_back({view(name_text), view(value)});
    if (auto const which = known_of(name); which != Known::count) {
        auto& found = request_.known[static_cast<std::size_t>(which)];
        if (found.count++ == 0)
            found.value = view(value);
    }
}

// Refuses a chunk by its announced size, before any of it has come.
void RequestParser::on_chunk_header_impl(std::uint64_t size, string_view, error_code& error)
{
    if (size > most_body_ - std::min(most_body_, request_.body.size()))
        error = http::error::body_limit;
}

std::size_t RequestParser::on_body_impl(string_view part, error_code& error)
{
    if (part.size() > most_body_ - std::min(most_body_, request_.body.size())) {
        error = http::error::body_limit;
        return 0;
    }
    request_.body.append(part.data(), part.size());
    return part.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, string_view part, error_code& error)
{
    return on_body_impl(part, error);
}

}  // namespace immunobot::server
