#include "server/web_client.hpp"

#include "server/public_address.hpp"
#include "server/web_address.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <memory>
#include <sstream>

namespace immunobot::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t longest_head = 16 * 1024;

using Request = http::request<http::string_body>;
using Parser = http::response_parser<http::string_body>;
using Deadline = std::chrono::steady_clock::time_point;

Error no_answer(WebAddress const& address, std::string const& why)
{
    return {Errc::busy, "no answer from " + address.authority() + ": " + why};
}

Error refused(std::string const& why)
{
    return {Errc::bad_request, why};
}

std::string request_of(WebCall const& call, WebAddress const& address)
{
    Request request;
    request.method_string(call.method);
    request.target(address.target);
    request.set(http::field::host, address.authority());
    request.set(http::field::user_agent, "immunobot/" IMMUNOBOT_VERSION);
    request.set(http::field::accept, "application/json");
    request.set(http::field::connection, "close");
    for (auto const& [name, value] : call.fields)
        request.set(name, value);
    if (!call.body.empty() || call.method != "GET") {
        request.set(http::field::content_type, call.content_type);
        request.body() = call.body;
        request.prepare_payload();
    }
    // As one text, rather than in the pieces that Beast would send, whose templates take the compiler 20 s.
    std::ostringstream text;
    text << request;
    return text.str();
}

using Found = tcp::resolver::results_type;

// The addresses of a host. Nothing ends a question to a name server that says nothing, so it is left alone when the deadline has
// come: what it says then is for nobody.
asio::awaitable<Result<Found>> look_up(asio::any_io_executor executor, WebAddress const& address, Deadline deadline)
{
    struct Question {
        Question(asio::any_io_executor const& where, Deadline until) : resolver(where), answered(where, until) {}
        tcp::resolver resolver;
        asio::steady_timer answered;   // cancelled by it
        boost::system::error_code failed = asio::error::timed_out;
        Found found = {};
    };
    auto const question = std::make_shared<Question>(executor, deadline);
    question->resolver.async_resolve(address.host, std::to_string(address.port), [question](boost::system::error_code failed, Found found) {
        question->failed = failed;
        question->found = std::move(found);
        question->answered.cancel();
    });
    auto [ended] = co_await question->answered.async_wait(as_result);
    static_cast<void>(ended);
    if (question->failed) {
        question->resolver.cancel();   // where it has not been asked yet, behind others
        co_return no_answer(address, question->failed.message());
    }
    co_return question->found;
}

// Only those that may be called; resolved once, and these very addresses are then connected to.
std::vector<tcp::endpoint> allowed(Found const& found, bool private_allowed)
{
    std::vector<tcp::endpoint> endpoints;
    for (auto const& entry : found)
        if (private_allowed || is_public(entry.endpoint().address()))
            endpoints.push_back(entry.endpoint());
    return endpoints;
}

WebAnswer answer_of(Parser& parser)
{
    WebAnswer answer;
    answer.status = static_cast<int>(parser.get().result_int());
    auto const wait = parser.get()[http::field::retry_after];
    answer.retry_after.assign(wait.data(), wait.size());
    return answer;
}

// Sends and receives on a stream that is connected.
template <class Stream>
asio::awaitable<Result<WebAnswer>> converse(Stream& stream, std::string const& request, WebAddress const& address, std::size_t longest_answer, bool head_only)
{
    auto [unsent, sent] = co_await asio::async_write(stream, asio::buffer(request), as_result);
    if (unsent)
        co_return no_answer(address, unsent.message());
    beast::flat_buffer buffer(longest_head + longest_answer);
    Parser parser;
    parser.header_limit(longest_head);
    parser.body_limit(longest_answer);
    parser.skip(head_only);
    auto [unread, read] = co_await http::async_read(stream, buffer, parser, as_result);
    if (unread)
        co_return no_answer(address, unread.message());
    auto answer = answer_of(parser);
    answer.body = std::move(parser.get().body());
    co_return answer;
}

}  // namespace

struct WebClient::Impl {
    Impl(asio::any_io_executor where, WebOptions wanted) : executor(std::move(where)), options(std::move(wanted)) {}

    asio::awaitable<Result<WebAnswer>> in_the_open(std::vector<tcp::endpoint> const& endpoints, std::string const& request, WebAddress const& address,
                                                   Deadline deadline, bool head_only)
    {
        beast::tcp_stream stream(executor);
        stream.expires_at(deadline);
        auto [unconnected, endpoint] = co_await stream.async_connect(endpoints, as_result);
        if (unconnected)
            co_return no_answer(address, unconnected.message());
        co_return co_await converse(stream, request, address, options.longest_answer, head_only);
    }

    asio::awaitable<Result<WebAnswer>> secured(std::vector<tcp::endpoint> const& endpoints, std::string const& request, WebAddress const& address,
                                               Deadline deadline, bool head_only)
    {
        beast::ssl_stream<beast::tcp_stream> stream(executor, context);
        stream.set_verify_mode(ssl::verify_peer);
        stream.set_verify_callback(ssl::host_name_verification(address.host));
        boost::system::error_code is_name;
        static_cast<void>(asio::ip::make_address(address.host, is_name));
        if (is_name && SSL_set_tlsext_host_name(stream.native_handle(), address.host.c_str()) != 1)
            co_return no_answer(address, "its name cannot be asked for");
        beast::get_lowest_layer(stream).expires_at(deadline);
        auto [unconnected, endpoint] = co_await beast::get_lowest_layer(stream).async_connect(endpoints, as_result);
        if (unconnected)
            co_return no_answer(address, unconnected.message());
        auto [untrusted] = co_await stream.async_handshake(ssl::stream_base::client, as_result);
        if (untrusted)
            co_return no_answer(address, "TLS: " + untrusted.message());
        co_return co_await converse(stream, request, address, options.longest_answer, head_only);
    }

    asio::any_io_executor executor;
    WebOptions options;
    ssl::context context{ssl::context::tls_client};
};

WebClient::WebClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WebClient::~WebClient() = default;

Result<std::unique_ptr<WebClient>> WebClient::create(asio::any_io_executor executor, WebOptions options)
{
    auto impl = std::make_unique<Impl>(std::move(executor), std::move(options));
    boost::system::error_code failed;
    impl->context.set_options(ssl::context::default_workarounds | ssl::context::no_sslv3 | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1, failed);
    if (!failed)
        impl->context.set_default_verify_paths(failed);
    if (!failed && !impl->options.authorities.empty())
        impl->context.load_verify_file(impl->options.authorities, failed);
    if (failed)
        return Error{Errc::bad_option, "the certificates of authorities cannot be read: " + failed.message(), "check --authorities"};
    return std::unique_ptr<WebClient>(new WebClient(std::move(impl)));
}

asio::awaitable<Result<WebAnswer>> WebClient::call(WebCall call)
{
    auto const address = parse_web_address(call.url);
    if (!address)
        co_return refused("the address of a call is not one");
    auto const deadline = std::chrono::steady_clock::now() + impl_->options.patience;
    auto const found = co_await look_up(impl_->executor, *address, deadline);
    if (!found)
        co_return found.error();
    auto const endpoints = allowed(*found, call.private_allowed);
    if (endpoints.empty())
        co_return refused(address->authority() + " leads to a private network");
    auto request = request_of(call, *address);
    if (address->secure)
        co_return co_await impl_->secured(endpoints, request, *address, deadline, call.head_only);
    co_return co_await impl_->in_the_open(endpoints, request, *address, deadline, call.head_only);
}

Result<WebAnswer> call_and_wait(WebCall call, WebOptions options)
{
    asio::io_context io{1};
    auto const client = WebClient::create(io.get_executor(), std::move(options));
    if (!client)
        return client.error();
    auto answer = asio::co_spawn(io, (*client)->call(std::move(call)), asio::use_future);
    io.run();
    return answer.get();
}

}  // namespace immunobot::server
