// Beast's HTTP parser, filling a Request with views instead of copies. Only request_reader.cpp includes this.
#pragma once

#include "server/exchange.hpp"
#include "server/options.hpp"

#include <boost/beast/http/basic_parser.hpp>

namespace immunobot::server {

// Parses one request. The header must be handed over in one piece that outlives the Request;
// the body may come in any pieces and is joined in Request::body.
class RequestParser : public boost::beast::http::basic_parser<true> {
public:
    RequestParser(Request& request, std::string_view head, Limits const& limits);

    // Instead of Limits::body; before the body begins.
    void limit_body(std::size_t most) { most_body_ = most; }

private:
    using verb = boost::beast::http::verb;
    using field = boost::beast::http::field;
    using error_code = boost::beast::error_code;
    using string_view = boost::beast::string_view;

    void on_request_impl(verb method, string_view method_text, string_view target, int version, error_code&) override;
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_field_impl(field name, string_view name_text, string_view value, error_code& error) override;
    void on_header_impl(error_code&) override { in_trailer_ = true; }
    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
    std::size_t on_body_impl(string_view part, error_code& error) override;
    void on_chunk_header_impl(std::uint64_t size, string_view, error_code& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t, string_view part, error_code& error) override;
    void on_finish_impl(error_code&) override {}

    Request& request_;
    std::string_view head_;
    Limits const& limits_;
    std::size_t most_body_;
    std::size_t trailer_fields_ = 0;
    bool in_trailer_ = false;
};

}  // namespace immunobot::server
