// Recorded deliveries with their verdicts, for the channels that are built; and each of them mutated.
#include "channels/channel.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>

using namespace immunobot::channels;
namespace json = boost::json;

namespace {

// Nothing when the folder beside the project is not there.
json::array vectors()
{
    std::ifstream file(IMMUNOBOT_ROOT "/../shared/vectors/channels.json");
    if (!file) {
        std::cout << "skipped: ../shared/vectors/channels.json is not here\n";
        return {};
    }
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str()).as_object().at("vectors").as_array();
}

std::string_view text(json::value const& value)
{
    return {value.as_string().data(), value.as_string().size()};
}

Channel const* channel_of(json::object const& vector)
{
    auto const* path = vector.if_contains("path");
    auto const* method = vector.if_contains("method");
    for (auto const* channel : all_channels())
        if (path && method && channel->path == text(*path) && text(*method) == "POST")
            return channel;
    return nullptr;
}

struct Recorded {
    std::vector<Header> headers;
    Settings settings;
    Delivery delivery;

    explicit Recorded(json::object const& vector)
    {
        for (auto const& header : vector.at("headers").as_array())
            headers.push_back({text(header.as_array().at(0)), text(header.as_array().at(1))});
        if (vector.at("secret").is_string())
            settings.secrets = {std::string(text(vector.at("secret")))};
        delivery = {text(vector.at("body")), headers, vector.at("now").to_number<std::int64_t>()};
    }
};

}  // namespace

TEST_CASE("recorded deliveries get their verdict", "[channels]")
{
    int seen = 0;
    for (auto const& value : vectors()) {
        auto const& vector = value.as_object();
        auto const* channel = channel_of(vector);
        if (!channel)
            continue;
        ++seen;
        INFO(text(vector.at("name")));
        Recorded const recorded(vector);
        auto const& expected = vector.at("expect").as_object();
        auto const effect = text(expected.at("effect"));
        bool const malformed = text(expected.at("reason")) == "not JSON";
        bool const authentic = channel->authentic(recorded.delivery, recorded.settings);
        CHECK(authentic == (effect != "reject" || malformed));
        if (!authentic)
            continue;
        auto const incoming = channel->parse(recorded.delivery);
        CHECK(incoming.has_value() == (effect == "answer" || effect == "ignore"));
        if (incoming && effect == "answer")
            CHECK_FALSE(incoming->silent);
    }
    if (seen > 0)
        CHECK(seen >= 14);
}

TEST_CASE("every byte of a signed delivery counts", "[channels]")
{
    for (auto const& value : vectors()) {
        auto const& vector = value.as_object();
        if (text(vector.at("name")) != "generic-signed")
            continue;
        auto const* channel = channel_of(vector);
        Recorded recorded(vector);
        REQUIRE(channel->authentic(recorded.delivery, recorded.settings));
        std::string const body(recorded.delivery.body);
        for (std::size_t i = 0; i < body.size(); ++i) {
            auto changed = body;
            changed[i] = static_cast<char>(changed[i] ^ 1);
            REQUIRE_FALSE(channel->authentic({changed, recorded.headers, recorded.delivery.now}, recorded.settings));
        }
        for (auto& header : recorded.headers) {
            if (header.name == "Content-Type")
                continue;
            auto const original = header.value;
            for (std::size_t i = 0; i < original.size(); ++i) {
                std::string changed(original);
                changed[i] = static_cast<char>(changed[i] ^ 1);
                header.value = changed;
                INFO(header.name << ": " << changed);
                REQUIRE_FALSE(channel->authentic({body, recorded.headers, recorded.delivery.now}, recorded.settings));
            }
            header.value = {};
            REQUIRE_FALSE(channel->authentic({body, recorded.headers, recorded.delivery.now}, recorded.settings));
            header.value = original;
        }
    }
}

TEST_CASE("any value of any type anywhere in a payload does no harm", "[channels]")
{
    json::value const others[] = {nullptr, 7, -1.5, true, "text", json::array{nullptr}, json::object{{"a", nullptr}}};
    for (auto const& value : vectors()) {
        auto const& vector = value.as_object();
        auto const* channel = channel_of(vector);
        if (!channel)
            continue;
        boost::system::error_code bad;
        auto const original = json::parse(text(vector.at("body")), bad);
        if (bad)
            continue;
        std::function<void(json::value&, json::value const&)> mutate = [&](json::value& node, json::value const& root) {
            auto const kept = node;
            for (auto const& other : others) {
                node = other;
                auto const body = json::serialize(root);
                auto const incoming = channel->parse({body, {}, 0});
                if (!incoming)
                    CHECK(incoming.error().code == immunobot::Errc::bad_request);
            }
            node = kept;
            if (auto* object = node.if_object())
                for (auto& member : *object)
                    mutate(member.value(), root);
        };
        auto root = original;
        mutate(root, root);
    }
}
