// Calls to other services: whom we believe, and what we do not wait for.
#include "fake_platform.hpp"
#include "secure_server.hpp"

#include "server/web_call.hpp"
#include "server/web_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <thread>

#include <dlfcn.h>
#include <netdb.h>

using namespace immunobot;
using namespace immunobot::server;

// In place of the system's: a name server that is asked for one name says nothing for a while. All other names are asked for as ever.
extern "C" int getaddrinfo(char const* name, char const* service, addrinfo const* hints, addrinfo** found)
{
    using Function = int (*)(char const*, char const*, addrinfo const*, addrinfo**);
    static auto const ask = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    if (!name || std::string_view(name) != "silent.test")
        return ask(name, service, hints, found);
    std::this_thread::sleep_for(std::chrono::milliseconds(2000));
    return EAI_AGAIN;
}

namespace {

WebCall call_to(std::string url)
{
    WebCall call;
    call.url = std::move(url);
    call.body = "{}";
    call.private_allowed = true;
    return call;
}

WebOptions options_with(std::string authorities)
{
    WebOptions options;
    options.patience = std::chrono::milliseconds(5000);
    options.authorities = std::move(authorities);
    return options;
}

std::string failure_of(Result<WebAnswer> const& answer)
{
    return answer ? "status " + std::to_string(answer->status) : answer.error().message;
}

}  // namespace

TEST_CASE("only certificates of known authorities and of the right name are believed", "[server]")
{
    {
        SecureServer server("localhost");
        auto const answer = call_and_wait(call_to("https://localhost:" + std::to_string(server.port) + "/a"), options_with(server.file));
        CHECK(failure_of(answer) == "status 200");
        CHECK((answer && answer->body == "ok"));
    }
    {
        SecureServer server("localhost");
        CHECK(failure_of(call_and_wait(call_to("https://localhost:" + std::to_string(server.port)), options_with(""))).find("TLS") != std::string::npos);
    }
    {
        SecureServer server("other.test");
        CHECK(failure_of(call_and_wait(call_to("https://localhost:" + std::to_string(server.port)), options_with(server.file))).find("TLS") !=
              std::string::npos);
    }
}

TEST_CASE("nothing private is called unless it was configured", "[server]")
{
    FakePlatform platform;
    auto const port = std::to_string(platform.port());
    for (std::string const& host : {std::string("127.0.0.1"), std::string("localhost"), std::string("[::ffff:127.0.0.1]")}) {
        auto call = call_to("http://" + host + ":" + port);
        call.private_allowed = false;
        auto const answer = call_and_wait(call, options_with(""));
        INFO(host << ": " << failure_of(answer));
        CHECK_FALSE(answer.has_value());
    }
    CHECK(platform.requests().empty());
    CHECK(failure_of(call_and_wait(call_to(platform.address()), options_with(""))) == "status 200");
}

TEST_CASE("a name server that says nothing keeps no call longer than its patience", "[server]")
{
    boost::asio::io_context io{1};
    WebOptions options;
    options.patience = std::chrono::milliseconds(200);
    auto const client = WebClient::create(io.get_executor(), options).value();
    auto const begin = std::chrono::steady_clock::now();
    std::chrono::steady_clock::duration took{};
    std::string failure;
    auto const note = [&](std::exception_ptr, Result<WebAnswer> const& answer) {
        took = std::chrono::steady_clock::now() - begin;
        failure = failure_of(answer);
    };
    boost::asio::co_spawn(io, client->call(call_to("http://silent.test/")), note);
    io.run();
    CHECK(failure.find("no answer from silent.test") != std::string::npos);
    CHECK(took < std::chrono::milliseconds(1000));
}

TEST_CASE("answers that are too long, too slow or redirect are not followed", "[server]")
{
    FakePlatform platform([](FakePlatform::Request const& request) {
        FakePlatform::Reaction reaction;
        if (request.line.find("/long") != std::string::npos)
            reaction.body = std::string(300 * 1024, 'x');
        if (request.line.find("/slow") != std::string::npos)
            reaction.delay_ms = 3000;
        if (request.line.find("/moved") != std::string::npos)
            reaction = {302, "", "Location: /elsewhere\r\n"};
        return reaction;
    });
    auto options = options_with("");
    options.patience = std::chrono::milliseconds(500);
    CHECK_FALSE(call_and_wait(call_to(platform.address() + "/long"), options_with("")).has_value());
    CHECK_FALSE(call_and_wait(call_to(platform.address() + "/slow"), options).has_value());
    CHECK(failure_of(call_and_wait(call_to(platform.address() + "/moved"), options_with(""))) == "status 302");
    CHECK(platform.requests().size() == 3);
}
