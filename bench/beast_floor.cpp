// The least that a Boost.Beast server can cost: reads a POST, parses its JSON, answers a fixed document.
// No routes, no limits, no understanding, no database. What immunobot reaches is given as a share of this.
//   beast_floor PORT THREADS [ANSWER_BYTES=400]

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <sys/socket.h>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

class Client : public std::enable_shared_from_this<Client> {
public:
    Client(tcp::socket socket, std::string const& document) : stream_(std::move(socket)), document_(document) {}

    void read()
    {
        request_ = {};
        stream_.expires_after(std::chrono::seconds(30));
        http::async_read(stream_, buffer_, request_, [self = shared_from_this()](beast::error_code failed, std::size_t) {
            if (!failed)
                self->answer();
        });
    }

private:
    void answer()
    {
        beast::error_code bad_json;
        auto const body = boost::json::parse(request_.body(), bad_json);
        response_ = http::response<http::string_body>(http::status::ok, request_.version(), document_);
        response_.set(http::field::content_type, "application/json");
        response_.keep_alive(request_.keep_alive());
        response_.prepare_payload();
        http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code failed, std::size_t) {
            if (!failed && self->response_.keep_alive())
                self->read();
        });
    }

    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    http::request<http::string_body> request_;
    http::response<http::string_body> response_;
    std::string const& document_;
};

void accept_for_ever(tcp::acceptor& acceptor, std::string const& document)
{
    acceptor.async_accept([&](beast::error_code failed, tcp::socket socket) {
        if (!failed) {
            beast::error_code ignored;
            socket.set_option(tcp::no_delay(true), ignored);
            std::make_shared<Client>(std::move(socket), document)->read();
        }
        accept_for_ever(acceptor, document);
    });
}

void serve(tcp::endpoint const& endpoint, std::string const& document)
{
    asio::io_context io(1);
    tcp::acceptor acceptor(io, endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.set_option(asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>(true));
    acceptor.bind(endpoint);
    acceptor.listen();
    accept_for_ever(acceptor, document);
    io.run();
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::cerr << "usage: beast_floor PORT THREADS [ANSWER_BYTES=400]\n";
        return 2;
    }
    tcp::endpoint const endpoint(asio::ip::make_address("127.0.0.1"), static_cast<unsigned short>(std::atoi(argv[1])));
    auto const bytes = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 400;
    std::string const document = R"({"answer":")" + std::string(bytes > 13 ? bytes - 13 : 0, 'a') + R"("})";
    std::vector<std::jthread> threads;
    for (int i = 0; i < std::max(1, std::atoi(argv[2])); ++i)
        threads.emplace_back([&] { serve(endpoint, document); });
}
