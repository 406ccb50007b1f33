// Each recorded delivery that was accepted, with one byte of its proof or of what the proof is about changed, sent to the real
// route: it is refused, and nobody is asked.
#include "outbox_file.hpp"
#include "recorded.hpp"

#include <boost/json/array.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <set>

using namespace immunobot::channels;
using namespace immunobot::server;
namespace json = boost::json;

namespace {

constexpr std::size_t most_places = 200;   // of one text

// Signatures of the body, and of these fields if they are there; and other proofs.
std::set<std::string> const signing = {"x-slack-signature", "x-hub-signature-256", "x-chatwoot-signature", "x-signature-ed25519", "webhook-signature"};
std::set<std::string> const is_signed = {"x-slack-request-timestamp", "x-chatwoot-timestamp", "x-signature-timestamp", "webhook-timestamp", "webhook-id"};
std::set<std::string> const proving = {"authorization", "x-telegram-bot-api-secret-token"};

struct Field {
    std::string name;
    std::string value;
};

std::string lower(std::string name)
{
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

std::vector<Field> fields_of(json::object const& vector)
{
    std::vector<Field> all;
    for (auto const& header : vector.at("headers").as_array())
        if (auto const name = lower(text(header.as_array().at(0))); name != "host" && name != "content-type" && name != "content-length")
            all.push_back({name, text(header.as_array().at(1))});
    return all;
}

std::string request_of(json::object const& vector, std::vector<Field> const& fields, std::string const& body)
{
    std::string lines;
    for (auto const& [name, value] : fields)
        lines.append(name).append(": ").append(value).append("\r\n");
    std::string type = "application/json";
    for (auto const& header : vector.at("headers").as_array())
        if (lower(text(header.as_array().at(0))) == "content-type")
            type = text(header.as_array().at(1));
    auto out = post(text(vector, "path"), body, lines, type);
    return text(vector, "method") == "PUT" ? out.replace(0, 4, "PUT") : out;
}

// Calls `see` with `whole` changed at one place behind `from`, for places spread over all of it.
template <class See>
void with_each_byte_changed(std::string const& whole, std::size_t from, See see)
{
    auto const step = std::max<std::size_t>(1, (whole.size() - from) / most_places);
    for (auto at = from; at < whole.size(); at += step) {
        auto changed = whole;
        changed[at] = whole[at] == '0' ? '1' : '0';
        see(changed);
    }
}

// Accepted by what it brings, and by nothing that went before it.
bool is_sample(json::object const& vector)
{
    auto const& expected = vector.at("expect").as_object();
    return channel_named(our_channel(text(vector, "channel"))) && text(vector, "method") != "GET" && text(vector, "method") != "OPTIONS" &&
           text(expected, "verdict") == "accept" && text(expected, "effect") != "ignore" && text(vector, "after").empty() &&
           std::ranges::any_of(fields_of(vector), [](Field const& field) { return proving.contains(field.name) || signing.contains(field.name); });
}

}  // namespace

TEST_CASE("a delivery of which one byte was changed is refused", "[channels]")
{
    auto const file = recorded();
    if (file.empty())
        return;
    std::set<std::string> channels;
    std::size_t refused = 0;
    for (auto const& value : file.at("vectors").as_array()) {
        auto const& vector = value.as_object();
        if (text(vector, "channel") == "crypto" || !is_sample(vector))
            continue;
        INFO(text(vector, "name"));
        channels.insert(text(vector, "channel"));
        auto options = options_of(file.at("config").as_object());
        options.clock = [now = vector.at("now").to_number<std::int64_t>()] { return now; };
        options.deliver = false;
        if (options.channels.contains("mcp"))   // the requests here name another host
            options.channels["mcp"].set("hosts", {"localhost"});
        TemporaryOutbox const box;
        Running const running(options, box.open(options.clock));
        auto const fields = fields_of(vector);
        auto const body = body_of(vector);
        auto const refuse = [&](std::vector<Field> const& with, std::string const& about) {
            auto const request = request_of(vector, with, about);
            auto const status = running.ask(request).status;
            if (status != 401 && status != 403) {
                INFO(request);
                CHECK(status == 401);
            }
            ++refused;
        };
        bool const has_signature = std::ranges::any_of(fields, [](Field const& field) { return signing.contains(field.name); });
        for (std::size_t i = 0; i < fields.size(); ++i) {
            auto const& [name, whole] = fields[i];
            auto const secret = name == "authorization" ? whole.find(' ') + 1 : 0;
            bool const one_suffices = (name == "webhook-signature" && whole.find(' ') != std::string::npos) ||   // of several signatures
                                      (name == "authorization" && body.find(whole.substr(secret)) != std::string::npos);   // of header and body
            if (one_suffices)
                continue;
            if (proving.contains(name) || signing.contains(name) || (has_signature && is_signed.contains(name)))
                with_each_byte_changed(whole, secret, [&, i](std::string const& changed) {
                    auto with = fields;
                    with[i].value = changed;
                    refuse(with, body);
                });
            if (signing.contains(name))
                with_each_byte_changed(body, 0, [&](std::string const& changed) { refuse(fields, changed); });
        }
        CHECK(running.services.questions == 0);
        auto const status = running.ask(request_of(vector, fields, body)).status;
        CHECK(std::ranges::any_of(vector.at("expect").as_object().at("status").as_array(), [&](json::value const& one) { return one.to_number<int>() == status; }));
    }
    std::cout << refused << " deliveries with one byte changed refused, of";
    for (auto const& channel : channels)
        std::cout << " " << channel;
    std::cout << "\n";
    CHECK(refused > 1000);
}
