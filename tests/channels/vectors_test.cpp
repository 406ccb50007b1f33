// Recorded deliveries with their verdicts, sent to the real routes at the moment at which they were made.
// CHANNEL_VECTORS names the file; without it, our own.
#include "outbox_file.hpp"
#include "recorded.hpp"

#include "channels/signature.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <map>

using namespace immunobot::channels;
using namespace immunobot::server;
namespace json = boost::json;

namespace {

std::string request_of(json::object const& vector, std::string const& id)
{
    std::string path = text(vector, "path");
    if (auto const at = path.find("{id}"); at != std::string::npos)
        path.replace(at, 4, id);
    auto const body = body_of(vector);
    std::string request = text(vector, "method") + " " + path + " HTTP/1.1\r\n";
    bool has_host = false;
    for (auto const& header : vector.at("headers").as_array()) {
        auto const name = text(header.as_array().at(0));
        has_host = has_host || name == "Host" || name == "host";
        request += name + ": " + text(header.as_array().at(1)) + "\r\n";
    }
    if (!has_host)
        request += "Host: localhost\r\n";
    if (!body.empty() || text(vector, "method") != "GET")
        request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return request + "\r\n" + body;
}

// A server of its own for a vector and what goes before it.
class Bench {
public:
    Bench(json::object const& config, std::map<std::string, json::object const*> const& all) : config_(config), all_(all) {}

    Answer send(json::object const& vector)
    {
        if (auto const before = text(vector, "after"); !before.empty())
            send(*all_.at(before));
        if (!running_) {
            auto options = options_of(config_);
            options.clock = [this] { return now_.load(); };
            running_ = std::make_unique<Running>(options, box_.open(options.clock));
        }
        now_ = vector.at("now").to_number<std::int64_t>();
        asked_ = running_->services.questions;
        auto answer = running_->ask(request_of(vector, id_));
        asked_ = running_->services.questions - asked_;
        boost::system::error_code failed;
        if (auto const body = json::parse(answer.body, failed); !failed && body.is_object())
            if (auto const id = text(body.as_object(), "conversationId"); !id.empty())
                id_ = id;
        return answer;
    }

    // Questions that the last vector asked.
    int asked() const { return asked_; }

private:
    json::object const& config_;
    std::map<std::string, json::object const*> const& all_;
    std::atomic<std::int64_t> now_{0};
    TemporaryOutbox box_;
    std::unique_ptr<Running> running_;
    std::string id_ = "unknown";
    int asked_ = 0;
};

void check(json::object const& expected, Answer const& answer, int asked)
{
    INFO(answer.raw);
    auto const& statuses = expected.at("status").as_array();
    CHECK(std::ranges::any_of(statuses, [&](json::value const& one) { return one.to_number<int>() == answer.status; }));
    if (text(expected, "effect") == "answer")
        CHECK((asked > 0 || !answer.body.empty()));   // help is not asked for, and is said in the response
    else
        CHECK(asked == 0);
    if (auto const part = text(expected, "body_contains"); !part.empty())
        CHECK(answer.body.find(part) != std::string::npos);
    if (auto const whole = text(expected, "body_equals"); !whole.empty())
        CHECK(answer.body == whole);
    if (auto const* document = expected.if_contains("body_equals_json"))
        CHECK(json::parse(answer.body) == *document);
}

// RFC 4231 and RFC 8032: the primitives themselves.
void check_primitive(json::object const& vector)
{
    INFO(json::serialize(vector));
    bool const good = text(vector.at("expect").as_object(), "verdict") == "accept";
    auto const bytes = [&](std::string_view name) { return from_hex(text(vector, name)).value_or(std::string()); };
    if (vector.contains("key_hex"))
        CHECK((to_hex(hmac_sha256(bytes("key_hex"), bytes("message_hex"))) == text(vector, "mac_hex")) == good);
    else
        CHECK(ed25519_holds(bytes("public_key_hex"), bytes("message_hex"), bytes("signature_hex")) == good);
}

}  // namespace

TEST_CASE("recorded deliveries get their verdict at the real routes", "[channels]")
{
    auto const file = recorded();
    if (file.empty())
        return;
    std::map<std::string, json::object const*> all;
    for (auto const& vector : file.at("vectors").as_array())
        all[text(vector.as_object(), "name")] = &vector.as_object();
    std::map<std::string, int> unknown;
    for (auto const& value : file.at("vectors").as_array()) {
        auto const& vector = value.as_object();
        INFO(text(vector, "name"));
        if (text(vector, "channel") == "crypto") {
            check_primitive(vector);
            continue;
        }
        if (!channel_named(our_channel(text(vector, "channel")))) {
            ++unknown[text(vector, "channel")];
            continue;
        }
        Bench bench(file.at("config").as_object(), all);
        auto const answer = bench.send(vector);
        check(vector.at("expect").as_object(), answer, bench.asked());
    }
    for (auto const& [channel, count] : unknown)
        std::cout << "skipped: " << count << " vectors of " << channel << ", which is no channel of ours\n";
}
