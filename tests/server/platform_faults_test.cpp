// Each channel that answers by calls, towards a platform that fails in each of the ways in which platforms fail.
#include "calling_channels.hpp"
#include "outbox_file.hpp"
#include "secure_server.hpp"

#include "channels/channel.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <ctime>
#include <map>
#include <set>

using namespace immunobot;
using namespace immunobot::server;

namespace {

// Where the answer goes stands in the call, for platforms that name it with the message.
std::string target_of(channels::Channel const& channel, std::string const& address)
{
    if (channel.name == "botframework")
        return address + "/v3/conversations/c/activities";
    return channel.name == "slack" ? "chat.postMessage" : channel.name == "telegram" ? "sendMessage" : "somewhere";
}

knowledge::OutboxCall call_of(channels::Channel const& channel, std::string const& address, std::string body)
{
    std::string const name(channel.name);
    auto const now = std::time(nullptr);
    return {0, "key-of-" + name, name, name, "POST", target_of(channel, address), std::move(body), now, now + 3600, 0};
}

void put_one_of_each(knowledge::Outbox& outbox, std::string const& address)
{
    for (auto const* channel : calling_channels()) {
        std::string const name(channel->name);
        CHECK(outbox.accept({name, 3600, {}, {call_of(*channel, address, R"({"from":")" + name + "\"}")}}).value());
    }
}

// Those that carry an answer: not the ones for tokens and keys.
std::map<std::string, std::vector<FakePlatform::Request>> answers_in(FakePlatform const& platform)
{
    std::map<std::string, std::vector<FakePlatform::Request>> found;
    for (auto& request : platform.requests())
        if (request.body.starts_with('{'))
            found[request.body].push_back(request);
    return found;
}

}  // namespace

TEST_CASE("every platform may fail for a while in every way", "[server]")
{
    using Reaction = FakePlatform::Reaction;
    Reaction reset;
    reset.reset = true;
    Reaction torn;
    torn.torn = true;
    Reaction slow;
    slow.delay_ms = 600;
    struct Row { char const* what; Reaction first; };
    Row const rows[] = {{"an error of theirs", Reaction{500, "oops"}},
                        {"no capacity", Reaction{503, "{}", "Retry-After: 1\r\n"}},
                        {"too many, and when to come back", Reaction{429, "{}", "Retry-After: 1\r\n"}},
                        {"a connection that breaks", reset},
                        {"a connection that breaks in the middle of the answer", torn},
                        {"no answer in time", slow}};
    for (auto const& row : rows) {
        INFO(row.what);
        std::mutex mutex;
        std::set<std::string> failed;
        FakePlatform platform([&](FakePlatform::Request const& request) {
            if (request.line.find("oauth2") != std::string::npos)
                return token_of_platform();
            std::lock_guard const lock(mutex);
            return request.body.starts_with('{') && failed.insert(request.body).second ? row.first : Reaction{};
        });
        TemporaryOutbox const file;
        Running const running(options_at(platform.address()), file.open());
        put_one_of_each(*running.services.box, platform.address());
        CHECK(becomes_empty(*running.services.box));
        CHECK(running.services.box->counts().value().dead == 0);
        auto const answers = answers_in(platform);
        CHECK(answers.size() == calling_channels().size());
        for (auto const& [body, requests] : answers) {
            INFO(body);
            REQUIRE(requests.size() == 2);
            CHECK(requests[0].fields.at("idempotency-key") == requests[1].fields.at("idempotency-key"));
        }
    }
}

TEST_CASE("while a platform is away or is not who it says, its answers wait", "[server]")
{
    SecureServer stranger("localhost");
    std::string nobody;
    {
        FakePlatform gone;
        nobody = gone.address();
    }
    for (auto const& address : {nobody, "https://localhost:" + std::to_string(stranger.port)}) {
        INFO(address);
        TemporaryOutbox const file;
        Running const running(options_at(address), file.open());
        auto& outbox = *running.services.box;
        put_one_of_each(outbox, address);
        for (auto const* channel : calling_channels()) {
            INFO(channel->name);
            int attempts = 0;
            for (int i = 0; i < 1000 && attempts == 0; ++i) {
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
                auto const due = outbox.due(channel->name, std::time(nullptr) + 3600, 1).value();
                REQUIRE(due.size() == 1);
                attempts = due[0].attempts;
            }
            CHECK(attempts > 0);
        }
        CHECK(outbox.waiting() == calling_channels().size());
        CHECK(outbox.counts().value().dead == 0);
    }
    CHECK(stranger.answered == 0);
}

TEST_CASE("what is refused for its form is said more plainly, once", "[server]")
{
    bool forgiving = true;
    FakePlatform platform([&](FakePlatform::Request const& request) {
        bool const marked = request.body.find("parse_mode") != std::string::npos;
        return marked || !forgiving ? FakePlatform::Reaction{400, R"({"ok":false,"error_code":400,"description":"Bad Request: can't parse entities"})"}
                                    : FakePlatform::Reaction{};
    });
    TemporaryOutbox const file;
    Running const running(options_at(platform.address()), file.open());
    auto& outbox = *running.services.box;
    auto const& telegram = *channels::channel_named("telegram");
    auto call = call_of(telegram, platform.address(), R"({"chat_id":1,"text":"<b>R&amp;D</b> &lt;3","parse_mode":"HTML"})");
    CHECK(outbox.accept({"1", 3600, {}, {call}}).value());
    CHECK(becomes_empty(outbox));
    CHECK(outbox.counts().value().dead == 0);
    auto const calls = platform.requests();
    auto const plain = boost::json::parse(calls.back().body).as_object();
    CHECK(plain.at("text").as_string() == "R&D <3");
    CHECK(plain.at("chat_id") == 1);
    // Plain, and still refused: that is the end of it.
    forgiving = false;
    call.key = "another";
    CHECK(outbox.accept({"2", 3600, {}, {call}}).value());
    CHECK(becomes_empty(outbox));
    CHECK(outbox.counts().value().dead == 1);
}
