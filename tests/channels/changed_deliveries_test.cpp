// Each recorded delivery that is answered, with each of its fields left out, null, and of every other type, signed anew as its
// platform signs and sent to the real route: no crash, and a status that the platform can do something with. And documents
// nested deeply, on every route that takes JSON.
#include "changes.hpp"
#include "outbox_file.hpp"
#include "recorded.hpp"

#include "channels/form.hpp"
#include "channels/signature.hpp"
#include "text/form_fields.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <openssl/evp.h>

#include <atomic>
#include <iostream>
#include <memory>
#include <set>

using namespace immunobot::channels;
using namespace immunobot::server;
namespace json = boost::json;

namespace {

constexpr std::string_view seed_of_the_recordings = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";   // RFC 8032, test 1

std::string ed25519(std::string const& message)
{
    auto const seed = from_hex(seed_of_the_recordings).value();
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const key(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, reinterpret_cast<unsigned char const*>(seed.data()), seed.size()), &EVP_PKEY_free);
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    std::string signature(64, '\0');
    std::size_t size = signature.size();
    REQUIRE(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
    REQUIRE(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, reinterpret_cast<unsigned char const*>(message.data()),
                           message.size()) == 1);
    return signature;
}

std::string lower(std::string name)
{
    for (auto& c : name)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return name;
}

// The header fields of a vector, as lines.
class Fields {
public:
    explicit Fields(json::object const& vector)
    {
        for (auto const& header : vector.at("headers").as_array())
            all_[lower(text(header.as_array().at(0)))] = text(header.as_array().at(1));
    }

    std::string const& operator[](std::string const& name) { return all_[name]; }
    // Only what is there already: what is proved otherwise stays so.
    void set(std::string const& name, std::string const& value)
    {
        if (all_.contains(name))
            all_[name] = value;
    }
    std::string lines() const
    {
        std::string out;
        for (auto const& [name, value] : all_)
            if (name != "host" && name != "content-type" && name != "content-length")
                out += name + ": " + value + "\r\n";
        return out;
    }

private:
    std::map<std::string, std::string> all_;
};

void sign(Fields& fields, std::string const& channel, Settings const& set, std::string const& body)
{
    auto const mac = [&](std::string_view secret, std::string const& before) { return hmac_sha256(set.one(secret), before + body); };
    if (channel == "slack")
        fields.set("x-slack-signature", "v0=" + to_hex(mac("signing_secret", "v0:" + fields["x-slack-request-timestamp"] + ":")));
    else if (channel == "whatsapp" || channel == "messenger")
        fields.set("x-hub-signature-256", "sha256=" + to_hex(mac("app_secret", "")));
    else if (channel == "chatwoot")
        fields.set("x-chatwoot-signature", "sha256=" + to_hex(mac("secret", fields["x-chatwoot-timestamp"] + ".")));
    else if (channel == "teams")
        fields.set("authorization", "HMAC " + to_base64(hmac_sha256(from_base64(set.one("security_token")).value(), body)));
    else if (channel == "discord")
        fields.set("x-signature-ed25519", to_hex(ed25519(fields["x-signature-timestamp"] + body)));
    else if (channel == "generic")
        for (auto const& secret : set.all("secret"))
            if (secret.starts_with("whsec_"))
                fields.set("webhook-signature", "v1," + to_base64(hmac_sha256(from_base64(secret.substr(6)).value(),
                                                                               fields["webhook-id"] + "." + fields["webhook-timestamp"] + "." + body)));
}

// A delivery whose body is JSON, or a form with JSON in its field "payload".
struct Sample {
    static std::optional<Sample> of(json::object const& vector)
    {
        Sample sample{text(vector, "name"), our_channel(text(vector, "channel")), text(vector, "path"), vector, {}, false};
        auto const body = body_of(vector);
        auto const form = body.starts_with('{') ? immunobot::Result<Form>(immunobot::Error{immunobot::Errc::bad_request, ""}) : Form::parse(body);
        sample.in_form = form && !form->text("payload").empty();
        boost::system::error_code failed;
        sample.document = json::parse(sample.in_form ? form->text("payload") : std::string_view(body), failed);
        auto const& expected = vector.at("expect").as_object();
        if (failed || !sample.document.is_object() || text(expected, "effect") != "answer" || text(vector, "method") == "GET")
            return std::nullopt;
        return sample;
    }

    std::string request(json::value const& changed, Settings const& set) const
    {
        auto const body = in_form ? "payload=" + immunobot::text::percent_encoded(json::serialize(changed)) : json::serialize(changed);
        Fields fields(vector);
        sign(fields, channel, set, body);
        auto out = post(path, body, fields.lines(), in_form ? "application/x-www-form-urlencoded" : "application/json");
        if (text(vector, "method") == "PUT")
            out.replace(0, 4, "PUT");
        return out;
    }

    std::string name;
    std::string channel;
    std::string path;
    json::object vector;
    json::value document;
    bool in_form;
};

// A server for one sample, at the moment at which it was recorded.
struct Bench {
    Bench(json::object const& config, Sample const& sample)
    {
        auto options = options_of(config);
        now = sample.vector.at("now").to_number<std::int64_t>();
        options.clock = [this] { return now.load(); };
        options.deliver = false;
        set = options.channels[sample.channel];
        if (sample.path.starts_with("/mcp"))   // its requests name their host
            options.channels["mcp"].set("hosts", {"localhost"});
        running = std::make_unique<Running>(options, box.open(options.clock));
    }

    std::atomic<std::int64_t> now{0};
    TemporaryOutbox box;
    Settings set;
    std::unique_ptr<Running> running;
};

json::value nested(json::value document, int depth)
{
    json::value inner = json::array();
    for (int i = 2; i < depth; ++i)
        inner = json::array{std::move(inner)};
    document.as_object()["nested_by_somebody"] = std::move(inner);
    return document;
}

std::vector<Sample> samples(json::object const& file)
{
    std::vector<Sample> all;
    for (auto const& vector : file.at("vectors").as_array())
        if (auto sample = Sample::of(vector.as_object()))
            all.push_back(std::move(*sample));
    return all;
}

}  // namespace

TEST_CASE("any value anywhere in a recorded delivery does no harm", "[channels]")
{
    auto const file = recorded();
    if (file.empty())
        return;
    std::set<int> const fine = {200, 202, 400, 401, 403, 404, 501};
    std::size_t sent = 0;
    for (auto const& sample : samples(file)) {
        INFO(sample.name);
        Bench const bench(file.at("config").as_object(), sample);
        auto document = sample.document;
        with_each_change(document, document, [&](json::value const& changed) {
            auto const answer = bench.running->ask(sample.request(changed, bench.set));
            INFO(json::serialize(changed) << " -> " << answer.raw);
            REQUIRE(fine.contains(answer.status));
            ++sent;
        });
        CHECK(bench.running->ask(sample.request(sample.document, bench.set)).status / 100 == 2);
    }
    std::cout << sent << " changed deliveries\n";
    CHECK(sent > 500);
}

TEST_CASE("documents of platforms may be 128 levels deep and no more", "[channels]")
{
    auto const file = recorded();
    if (file.empty())
        return;
    for (auto const& sample : samples(file)) {
        INFO(sample.name);
        Bench const bench(file.at("config").as_object(), sample);
        CHECK(bench.running->ask(sample.request(nested(sample.document, 128), bench.set)).status / 100 == 2);
        CHECK(bench.running->ask(sample.request(nested(sample.document, 129), bench.set)).status == 400);
        CHECK(bench.running->ask(sample.request(nested(sample.document, 100), bench.set)).status / 100 == 2);
    }
}
