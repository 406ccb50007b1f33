// Who is heard: the secrets and signatures of platforms that are answered in the response.
#include "in_response.hpp"

#include "channels/signature.hpp"
#include "issuer.hpp"

#include <boost/json/object.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace immunobot::channels;
using namespace immunobot::channels::in_response;
namespace json = boost::json;

TEST_CASE("only who has the secret is heard, the old one or the new", "[channels]")
{
    struct Secret { char const* route; char const* setting; std::string body; std::vector<Header> headers; };
    Secret const all[] = {
        {"telegram", "secret_token", "{}", {{"X-Telegram-Bot-Api-Secret-Token", "new"}}},
        {"mattermost.outgoing", "outgoing_token", R"({"token":"new"})", {}},
        {"mattermost.outgoing", "outgoing_token", "token=new&text=x", {{"Content-Type", "application/x-www-form-urlencoded"}}},
        {"mattermost.command", "command_token", "token=new&text=x", {{"Authorization", "Token something"}}},
        {"rocketchat", "token", R"({"token":"new"})", {}},
        {"zulip", "token", R"({"token":"new"})", {}},
        {"zulip", "token", "token=new", {{"Content-Type", "application/x-www-form-urlencoded"}}},
        {"openai.chat", "key", "{}", {{"Authorization", "Bearer new"}}},
        {"mcp", "key", "{}", {{"Authorization", "bearer new"}}},
    };
    for (auto const& one : all) {
        INFO(one.route);
        auto const proved = [&](std::vector<std::string> secrets) {
            Settings known;
            known.set(one.setting, std::move(secrets));
            return route(one.route).prove({one.body, one.headers}, known) == Proof::holds;
        };
        CHECK(proved({"new"}));
        CHECK(proved({"old", "new"}));
        CHECK_FALSE(proved({"old"}));
        CHECK_FALSE(proved({"new."}));
        CHECK_FALSE(proved({""}));
        CHECK_FALSE(proved({}));
        auto twice = one.headers;
        twice.insert(twice.end(), one.headers.begin(), one.headers.end());
        if (one.body == "{}") {
            Settings known;
            known.set(one.setting, {"new"});
            CHECK(route(one.route).prove({one.body, twice}, known) == Proof::fails);
            CHECK(route(one.route).prove({one.body, {}}, known) == Proof::fails);
        }
    }
    // A token is good for its own address alone.
    Settings both;
    both.set("outgoing_token", {"one"});
    both.set("command_token", {"other"});
    CHECK(route("mattermost.outgoing").prove({R"({"token":"other"})", {}}, both) == Proof::fails);
    CHECK(route("mattermost.command").prove({"token=one", {}}, both) == Proof::fails);
}

TEST_CASE("Teams: the key is what the token stands for", "[channels]")
{
    std::string const token = "vqF0En+Z0ucuRTM/01o2GuhMH3hKKk/N2bOmlM31zaA=";
    std::string const body = R"({"type":"message","text":"x"})";
    Settings known;
    known.set("security_token", {"AAAA", token});
    auto const proved = [&](std::string const& value, std::string const& sent) {
        Header const header{"Authorization", value};
        return route("teams").prove({sent, {&header, 1}}, known) == Proof::holds;
    };
    auto const good = to_base64(hmac_sha256(from_base64(token).value(), body));
    CHECK(proved("HMAC " + good, body));
    CHECK_FALSE(proved("HMAC " + good, body + " "));
    CHECK_FALSE(proved("Bearer " + good, body));
    CHECK_FALSE(proved("HMAC " + to_base64(hmac_sha256(token, body)), body));
    CHECK_FALSE(proved("HMAC ", body));
}

TEST_CASE("Discord: time stamp and body are signed as one", "[channels]")
{
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free);
    std::string raw(32, '\0');
    std::size_t size = raw.size();
    REQUIRE(EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(raw.data()), &size) == 1);
    auto const sign = [&](std::string const& text) {
        std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
        std::string signature(64, '\0');
        std::size_t length = signature.size();
        REQUIRE(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
        REQUIRE(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                               reinterpret_cast<unsigned char const*>(text.data()), text.size()) == 1);
        return to_hex(signature);
    };
    Settings known;
    known.set("public_key", {std::string(64, '0'), to_hex(raw)});
    std::string const body = R"({"type":1})";
    std::string const stamp = "1767605400";
    auto const good = sign(stamp + body);
    auto const proved = [&](std::string const& signature, std::string const& when, std::string const& sent, std::int64_t now = 1'767'605'400) {
        Header const headers[] = {{"X-Signature-Ed25519", signature}, {"X-Signature-Timestamp", when}};
        return route("discord").prove({sent, headers, now}, known) == Proof::holds;
    };
    CHECK(proved(good, stamp, body));
    CHECK(proved(good, stamp, body, 1'767'605'400 + 300));
    CHECK_FALSE(proved(good, stamp, body, 1'767'605'400 + 301));
    CHECK_FALSE(proved(good, stamp, body, 1'767'605'400 - 301));
    CHECK_FALSE(proved(good, "1767605401", body));
    CHECK_FALSE(proved(good, stamp, body + " "));
    CHECK_FALSE(proved(good.substr(2), stamp, body));
    CHECK_FALSE(proved("zz" + good.substr(2), stamp, body));
    CHECK_FALSE(proved("", stamp, body));
    // The border between the two must not move.
    CHECK_FALSE(proved(sign("1767605400" "9" + body), "1767605400", "9" + body, 1'767'605'400 + 1000));
    CHECK_FALSE(proved(sign(stamp + "{" + body), stamp + "{", body));
}

TEST_CASE("Google Chat: tokens of Chat's own account for us, and no others", "[channels]")
{
    static Issuer const issuer;
    constexpr std::int64_t now = 1'767'605'400;
    std::string const address = "https://bot.example.org/webhooks/googlechat";
    auto const proof_of = [&](json::object const& claims, Settings const& known) {
        json::object all{{"iss", "https://accounts.google.com"}, {"aud", address}, {"email", "chat@system.gserviceaccount.com"},
                         {"email_verified", true}, {"exp", now + 60}};
        for (auto const& claim : claims)
            all[claim.key()] = claim.value();
        auto const value = "Bearer " + issuer.token(all);
        Header const header{"Authorization", value};
        auto const document = issuer.document();
        return route("googlechat").prove({.body = "{}", .headers = {&header, 1}, .now = now, .keys = document}, known);
    };
    auto const known = Settings::read(channel_named("googlechat")->settings, [&](Setting const& one) { return one.name == "audience" ? address : std::string(); });
    CHECK(proof_of({}, known) == Proof::holds);
    CHECK(proof_of({{"aud", address + "/"}}, known) == Proof::fails);
    CHECK(proof_of({{"iss", "https://evil.example"}}, known) == Proof::fails);
    CHECK(proof_of({{"email", "somebody@project.iam.gserviceaccount.com"}}, known) == Proof::fails);
    CHECK(proof_of({{"email_verified", false}}, known) == Proof::fails);
    CHECK(proof_of({{"exp", now - 60}}, known) == Proof::fails);
    auto numbered = known;
    numbered.set("audience", {"123456789012"});
    json::object const by_number{{"iss", "chat@system.gserviceaccount.com"}, {"aud", "123456789012"}, {"email", nullptr}};
    CHECK(proof_of(by_number, numbered) == Proof::holds);
    CHECK(proof_of({{"aud", "123456789012"}}, numbered) == Proof::fails);
    CHECK(proof_of(by_number, known) == Proof::fails);
}

TEST_CASE("a sample of a channel proves itself and asks its question", "[channels]")
{
    auto const known = [](Channel const& channel, std::string const& secret) {
        return Settings::read(channel.settings, [&](Setting const& one) -> std::string {
            if (one.name == "bot_mxid")
                return "@immunobot:example.org";
            if (one.kind == Setting::Kind::secret)
                return secret;
            return one.required && one.otherwise.empty() ? "1" : std::string();
        });
    };
    std::set<std::string_view> without;
    for (auto const* channel : all_channels()) {
        INFO(channel->name);
        if (!channel->sample)
            without.insert(channel->name);
        for (auto const* const secret : {"", "test", "dGVzdA==", "whsec_dGVzdA=="}) {
            auto with = known(*channel, secret);
            bool const can_be_on = with.missing(channel->settings).empty() && (channel->name != "teams" || std::string_view(secret) == "dGVzdA==");
            if (!channel->sample || !can_be_on)
                continue;
            INFO(secret);
            if (channel->stand_in)
                channel->stand_in(with);
            auto const sample = channel->sample(with, "Where is CIML?", 1'767'605'400);
            REQUIRE(sample);
            std::vector<Header> headers{{"Content-Type", sample->content_type}};
            for (auto const& [name, value] : sample->fields)
                headers.push_back({name, value});
            auto const leads_there = [&](Route const& one) { return one.method == sample->method && sample->target.starts_with(one.path.substr(0, one.path.find('{'))); };
            auto const found = std::ranges::find_if(channel->routes, leads_there);
            REQUIRE(found != channel->routes.end());
            Delivery delivery{sample->body, headers, 1'767'605'400};
            delivery.keys = with.one("jwks");
            CHECK((!found->prove || found->prove(delivery, with) == Proof::holds));
            if (!found->parse)
                continue;   // the server has handlers of its own; tests/app/channels.sh tries those
            auto const made = found->parse(delivery, with);
            REQUIRE(made.has_value());
            CHECK(std::get<std::vector<Incoming>>(*made).at(0).question.text == "Where is CIML?");
        }
    }
    CHECK(without.empty());
}
