// Each recorded delivery that is taken, also such as are ignored, with each of its fields left out, null, and of every other type,
// signed anew as its platform signs and sent to the real route: no crash, and the right status. And documents nested deeply, on
// every route that takes JSON.
#include "changes.hpp"
#include "in_response.hpp"
#include "outbox_file.hpp"
#include "recorded.hpp"

#include "channels/form.hpp"
#include "channels/look_up.hpp"
#include "channels/signature.hpp"
#include "text/form_fields.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <openssl/evp.h>

#include <algorithm>
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

// A recorded delivery: its body is JSON, a form with JSON in its field "payload", or a form; or it has fields in its query alone.
struct Sample {
    enum class Kind { json, json_in_form, form, query };

    static std::optional<Sample> of(json::object const& vector)
    {
        auto const& expected = vector.at("expect").as_object();
        if (text(expected, "verdict") != "accept" || text(vector, "channel") == "crypto" || text(vector, "method") == "OPTIONS")
            return std::nullopt;
        if (!std::ranges::all_of(expected.at("status").as_array(), [](json::value const& status) { return status.to_number<int>() / 100 == 2; }))
            return std::nullopt;
        Sample sample{text(vector, "name"), our_channel(text(vector, "channel")), text(vector, "path"), vector, {}, {}, Kind::query};
        auto const body = body_of(vector);
        auto const at = sample.path.find('?');
        auto const fields = body.empty() ? sample.path.substr(std::min(at, sample.path.size() - 1) + 1) : body;
        boost::system::error_code failed;
        if (body.starts_with('{')) {
            sample.kind = Kind::json;
            sample.document = json::parse(body, failed);
        } else if (auto const form = Form::parse(fields); form && form->has("ssl_check")) {
            return std::nullopt;   // unsigned: whatever else stands in it is not Slack's
        } else if (form && !form->text("payload").empty()) {
            sample.kind = Kind::json_in_form;
            sample.document = json::parse(form->text("payload"), failed);
        } else {
            sample.kind = body.empty() ? Kind::query : Kind::form;
            sample.fields = fields;
        }
        bool const whole = body.empty() && at == std::string::npos;   // nothing in it can be changed
        return failed || whole ? std::nullopt : std::optional(sample);
    }

    bool is_document() const { return kind == Kind::json || kind == Kind::json_in_form; }

    std::string body_with(json::value const& changed) const
    {
        return kind == Kind::json ? json::serialize(changed) : "payload=" + immunobot::text::percent_encoded(json::serialize(changed));
    }

    // `body`: or the query.
    std::string request(std::string const& body, Settings const& set, std::string const& conversation) const
    {
        auto target = kind == Kind::query ? path.substr(0, path.find('?') + 1) + body : path;
        if (auto const at = target.find("{id}"); at != std::string::npos)
            target.replace(at, 4, conversation);
        Fields given(vector);
        sign(given, channel, set, kind == Kind::query ? "" : body);
        if (kind == Kind::query)
            return get(target, given.lines());
        auto out = post(target, body, given.lines(), kind == Kind::json ? "application/json" : "application/x-www-form-urlencoded");
        if (text(vector, "method") == "PUT")
            out.replace(0, 4, "PUT");
        return out;
    }

    std::string name;
    std::string channel;
    std::string path;
    json::object vector;
    json::value document;
    std::string fields;
    Kind kind;
};

// A server for one sample, at the moment at which it was recorded, that has taken what goes before it.
struct Bench {
    Bench(json::object const& file, Sample const& sample)
    {
        auto options = options_of(file.at("config").as_object());
        now = sample.vector.at("now").to_number<std::int64_t>();
        options.clock = [this] { return now.load(); };
        options.deliver = false;
        if (sample.path.starts_with("/mcp"))   // its requests name their host
            options.channels["mcp"].set("hosts", {"localhost"});
        set = options.channels[sample.channel];
        running = std::make_unique<Running>(options, box.open(options.clock));
        if (sample.path.find("{id}") != std::string::npos && sample.channel == "directline") {
            auto const started = running->ask(post("/v3/directline/conversations", "{}", "Authorization: Bearer " + std::string(set.one("secret")) + "\r\n"));
            conversation = text(json::parse(started.body).as_object(), "conversationId");
        }
    }

    Answer ask(Sample const& sample, std::string const& body) const { return running->ask(sample.request(body, set, conversation)); }

    std::atomic<std::int64_t> now{0};
    TemporaryOutbox box;
    Settings set;
    std::unique_ptr<Running> running;
    std::string conversation = "unknown";
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

// What a change may be answered with: 400 where the body is no longer what it has to be at all, or the contract is ours and
// says so; 401 where the proof stands among what was changed. All else is taken, or acknowledged and ignored: a platform sends
// again what is refused, some for a day.
bool is_right(std::string const& channel, bool is_object, int status)
{
    static std::set<std::string> const ours = {"generic", "rest", "openai", "mcp", "directline"};
    static std::set<std::string> const proven_inside = {"mattermost", "rocketchat", "zulip", "botframework"};
    if (status / 100 == 2)
        return true;
    if (status == 400)
        return !is_object || ours.contains(channel);
    if (status == 401)
        return proven_inside.contains(channel);
    if (status == 501)
        return channel == "botframework";   // an invocation that we do not know
    return status == 404 && (channel == "openai" || channel == "mcp");   // another model, another method
}

// A repeated delivery is not answered once more: what the changed ones say is written here, by the channel's own functions.
void write_answers(Sample const& sample, std::string const& body, Bench const& bench)
{
    auto const& channel = *channel_named(sample.channel);
    Header const type{"content-type", sample.kind == Sample::Kind::json ? "application/json" : "application/x-www-form-urlencoded"};
    for (auto const& route : channel.routes) {
        if (route.path != sample.path || !route.parse)
            continue;
        auto const parsed = route.parse({body, {&type, 1}, bench.now}, bench.set);
        auto const* messages = parsed ? std::get_if<std::vector<Incoming>>(&*parsed) : nullptr;
        for (auto message : messages ? *messages : std::vector<Incoming>()) {
            read_wish(message, channel);
            auto const calls = message.by_call ? channel.compose(message, in_response::reply(), bench.set)
                               : channel.follow_up ? channel.follow_up(message, in_response::reply(), bench.set) : std::vector<Call>();
            for (auto const& call : calls)
                CHECK(json::parse(call.body).is_object());
            if (message.by_call)
                continue;
            HttpAnswer out;
            route.render(out, message, in_response::reply(), bench.set);
            if (out.content_type == json_content)
                static_cast<void>(json::parse(out.body));
        }
    }
}

}  // namespace

TEST_CASE("any value anywhere in a recorded delivery does no harm", "[channels]")
{
    auto const file = recorded();
    if (file.empty())
        return;
    std::size_t sent = 0;
    for (auto const& sample : samples(file)) {
        if (!sample.is_document())
            continue;
        INFO(sample.name);
        Bench const bench(file, sample);
        auto document = sample.document;
        with_each_change(document, document, [&](json::value const& changed) {
            auto const body = sample.body_with(changed);
            auto const answer = bench.ask(sample, body);
            INFO(json::serialize(changed) << " -> " << answer.raw);
            CHECK(is_right(sample.channel, changed.is_object(), answer.status));
            REQUIRE(answer.status > 0);
            write_answers(sample, body, bench);
            ++sent;
        });
        auto const as_it_was = bench.ask(sample, sample.body_with(sample.document));
        INFO(as_it_was.raw);
        CHECK(as_it_was.status / 100 == 2);
    }
    std::cout << sent << " changed deliveries\n";
    CHECK(sent > 500);
}

// Each field left out, empty, twice, with another value, and with what is no text; and what is no form.
TEST_CASE("any field of a recorded form or query does no harm", "[channels]")
{
    auto const file = recorded();
    if (file.empty())
        return;
    std::size_t sent = 0;
    for (auto const& sample : samples(file)) {
        if (sample.is_document())
            continue;
        INFO(sample.name);
        Bench const bench(file, sample);
        std::vector<std::string> fields;
        for (std::string_view rest = sample.fields; !rest.empty();) {
            auto const end = std::min(rest.find('&'), rest.size());
            fields.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        auto const ask = [&](std::size_t changed, std::string const& instead) {
            std::string body;
            for (std::size_t i = 0; i < fields.size(); ++i) {
                auto const& field = i == changed ? instead : fields[i];
                body += (body.empty() || field.empty() ? "" : "&") + field;
            }
            auto const answer = bench.ask(sample, body);
            INFO(body << " -> " << answer.raw);
            CHECK((answer.status == 200 || answer.status == 400 || answer.status == 401 || answer.status == 403));
            ++sent;
            return answer.status;
        };
        for (std::size_t i = 0; i < fields.size(); ++i) {
            auto const name = fields[i].substr(0, fields[i].find('='));
            for (auto const& instead : {std::string(), name, name + "=", fields[i] + "&" + fields[i], name + "=x", name + "=%zz", name + "=%ff", name + "=%00",
                                        name + "=" + std::string(5000, 'a'), name + "=%7B%22a%22%3A1%7D", "=" + name, fields[i] + "&" + name + "%5B%5D=1"})
                ask(i, instead);
        }
        ask(0, std::string(70, '&') + fields[0]);
        CHECK(ask(fields.size(), "") == 200);
    }
    std::cout << sent << " changed forms and queries\n";
    CHECK(sent > 100);
}

TEST_CASE("documents of platforms may be 128 levels deep and no more", "[channels]")
{
    auto const file = recorded();
    if (file.empty())
        return;
    for (auto const& sample : samples(file)) {
        bool const read = sample.channel != "directline" || sample.path.find("activities") != std::string::npos;   // some bodies are not looked at
        if (!sample.is_document() || !read)
            continue;
        INFO(sample.name);
        Bench const bench(file, sample);
        CHECK(bench.ask(sample, sample.body_with(nested(sample.document, 128))).status / 100 == 2);
        // A homeserver sends again for ever what is refused, and nothing else before it is taken.
        bool const never_refused = sample.channel == "matrix";
        CHECK(bench.ask(sample, sample.body_with(nested(sample.document, 129))).status == (never_refused ? 200 : 400));
        if (never_refused)
            CHECK(bench.ask(sample, sample.body_with(nested(sample.document, 3000))).status == 200);
        CHECK(bench.ask(sample, sample.body_with(nested(sample.document, 100))).status / 100 == 2);
    }
}
