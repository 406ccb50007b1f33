#include "channels/channel.hpp"
#include "channels/generic.hpp"
#include "channels/look_up.hpp"
#include "channels/rasa.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <set>

using namespace immunobot::channels;
using immunobot::assistant::Reply;

namespace {

// Of the only message in `body`, on the channel's first route.
immunobot::assistant::Question question_of(Channel const& channel, std::string_view body)
{
    auto const parsed = channel.routes[0].parse({body, {}}, {}).value();
    return std::get<std::vector<Incoming>>(parsed).at(0).question;
}

Reply reply_of(std::string answer)
{
    Reply reply;
    reply.id = "r1";
    reply.answer = std::move(answer);
    reply.suggestions = {{"More \"quoted\"", "more?"}};
    return reply;
}

}  // namespace

TEST_CASE("hmac matches the published vectors", "[channels]")
{
    // RFC 4231, cases 1, 2 and 6.
    CHECK(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")) ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(to_hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")) ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("base64 goes both ways and is strict", "[channels]")
{
    std::string bytes;
    for (int length = 0; length < 300; ++length) {
        REQUIRE(from_base64(to_base64(bytes)) == bytes);
        bytes += static_cast<char>(length * 7);
    }
    CHECK(to_base64("foobar") == "Zm9vYmFy");
    for (auto const* bad : {"A", "AB", "ABC", "AB=C", "====", "A===", "AB C", "AB-_", "ABCD=", "AB\n="})
        CHECK_FALSE(from_base64(bad));
}

TEST_CASE("base64 of web tokens has no padding and its own letters", "[channels]")
{
    CHECK(to_base64url("\xfb\xff\xfe") == "-__-");
    CHECK(to_base64url("a") == "YQ");
    CHECK(from_base64url("YQ") == "a");
    for (auto const* bad : {"YQ==", "-_+/", "A", "a b"})
        CHECK_FALSE(from_base64url(bad));
}

TEST_CASE("hex goes both ways and is strict", "[channels]")
{
    CHECK(to_hex(std::string("\0\x7f\xff", 3)) == "007fff");
    CHECK(from_hex("007FfF") == std::string("\0\x7f\xff", 3));
    for (auto const* bad : {"0", "0g", " 00", "0x00"})
        CHECK_FALSE(from_hex(bad));
}

TEST_CASE("ed25519 follows RFC 8032", "[channels]")
{
    // RFC 8032, 7.1, test 2.
    auto const key = from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c").value();
    auto const good = from_hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                               "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00").value();
    CHECK(ed25519_holds(key, "\x72", good));
    CHECK_FALSE(ed25519_holds(key, "\x73", good));
    CHECK_FALSE(ed25519_holds(key, "\x72", good.substr(1)));
    CHECK_FALSE(ed25519_holds(key.substr(1), "\x72", good));
    // S and S plus the order of the group satisfy the same equation; only the former is a signature.
    auto const order = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").value();
    auto malleable = good;
    unsigned carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        carry += static_cast<unsigned char>(good[32 + i]) + 0U + static_cast<unsigned char>(order[i]);
        malleable[32 + i] = static_cast<char>(carry & 255);
        carry >>= 8;
    }
    CHECK_FALSE(ed25519_holds(key, "\x72", malleable));
}

TEST_CASE("time stamps are plain numbers near now", "[channels]")
{
    CHECK(is_fresh("1000", 1300, 300));
    CHECK(is_fresh("1600", 1300, 300));
    for (auto const* bad : {"999", "1601", "", "+1300", " 1300", "1300.0", "9999999999999", "-1", "0x500"})
        CHECK_FALSE(is_fresh(bad, 1300, 300));
}

TEST_CASE("secrets are equal only as a whole", "[channels]")
{
    CHECK(same_secret("abc", "abc"));
    for (auto const* given : {"", "ab", "abcd", "abd", "ABC"})
        CHECK_FALSE(same_secret("abc", given));
    CHECK_FALSE(same_secret("", ""));
}

TEST_CASE("quoted text is valid json", "[channels]")
{
    for (std::string const& text : {std::string("plain"), std::string("a\"b\\c"), std::string("\0\n\x1f\x7f", 4),
                                    std::string("\xc3\xa9\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa"), std::string("\xe2")}) {
        std::string out;
        append_quoted(out, text);
        CHECK(out.find('\n') == std::string::npos);
        if (text != "\xe2")
            CHECK(boost::json::parse(out).as_string() == text);
    }
}

TEST_CASE("keys of different objects may be the same", "[channels]")
{
    CHECK(parse_strict(R"({"a":{"a":[{"a":1},{"a":2}]},"b":{"a":1}})").has_value());
    for (auto const* bad : {R"({"a":1,"a":1})", R"({"a":{"b":1,"c":2,"b":3}})", R"([{"x":0},{"a":1,"b":2,"a":3}])",
                            R"({"a":1,"\u0061":2})", R"({"a":{"b":1},"a":1})"})
        CHECK_FALSE(parse_strict(bad).has_value());
}

TEST_CASE("json that is beyond a limit is told from what is no json", "[channels]")
{
    auto const object = [](int keys) {
        std::string text = "{";
        for (int i = 0; i < keys; ++i)
            text += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":0";
        return text + "}";
    };
    auto const nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    constexpr JsonLimits large{1000, 100'000, 65'536};
    struct Row { std::string text; JsonLimits limits; std::optional<JsonFault> fault; };
    Row const rows[] = {
        {object(64), {}, std::nullopt},
        {object(65), {}, JsonFault::not_taken},
        {object(30'000), large, std::nullopt},
        {object(30'000).insert(1, "\"29999\":1,"), large, JsonFault::not_taken},
        {object(100'001), large, JsonFault::not_taken},
        {nested(32), {}, std::nullopt},
        {nested(33), {}, JsonFault::not_taken},
        {nested(1000), large, std::nullopt},
        {nested(1001), large, JsonFault::not_taken},
        {"{\"" + std::string(1024, 'k') + "\":0}", {}, std::nullopt},
        {"{\"" + std::string(1025, 'k') + "\":0}", {}, JsonFault::not_taken},
        {"{\"" + std::string(65'536, 'k') + "\":0}", large, std::nullopt},
        {R"({"a":1,"a":2})", {}, JsonFault::not_taken},
        {"[1e400]", {}, JsonFault::not_taken},
        {"{", {}, JsonFault::not_json},
        {"{} {}", {}, JsonFault::not_json},
        {"", large, JsonFault::not_json},
        {"[\"\xff\"]", {}, JsonFault::not_json},
    };
    for (auto const& row : rows) {
        INFO(row.text.substr(0, 40) << " of " << row.text.size());
        JsonFault fault{};
        auto const value = parse_strict(row.text, {}, row.limits, &fault);
        CHECK(value.has_value() == !row.fault.has_value());
        if (row.fault)
            CHECK(fault == *row.fault);
    }
}

TEST_CASE("every channel and each of its routes is complete and has its own name", "[channels]")
{
    std::set<std::string_view> channels;
    std::set<std::string_view> routes;
    std::set<std::pair<Method, std::string_view>> paths;
    for (auto const* channel : all_channels()) {
        INFO(channel->name);
        CHECK(channels.insert(channel->name).second);
        CHECK(channel_named(channel->name) == channel);
        CHECK_FALSE(channel->title.empty());
        CHECK_FALSE(channel->routes.empty());
        for (auto const& route : channel->routes) {
            INFO(route.name);
            CHECK(routes.insert(route.name).second);
            CHECK(paths.emplace(route.method, route.path).second);
            CHECK((!route.parse || route.prove));   // the server has handlers of its own for what is not parsed here
            if (route.silence_type == json_content && !route.silence.empty())
                CHECK(parse_strict(route.silence).has_value());
        }
        for (auto const& setting : channel->settings) {
            CHECK_FALSE(setting.help.empty());
            CHECK((setting.kind != Setting::Kind::secret || setting.otherwise.empty()));
        }
        // Whoever answers by call can do all of it.
        CHECK((channel->compose != nullptr || channel->follow_up != nullptr) == (channel->address != nullptr));
        CHECK(channel->sample != nullptr);   // immunobot channels test
    }
}

TEST_CASE("settings are read by their kind", "[channels]")
{
    constexpr Setting known[] = {{.name = "secret", .kind = Setting::Kind::secret, .required = true, .help = "a"},
                                 {.name = "text", .otherwise = "default", .help = "a"},
                                 {.name = "list", .kind = Setting::Kind::list, .help = "a"},
                                 {.name = "number", .kind = Setting::Kind::number, .help = "a"},
                                 {.name = "address", .kind = Setting::Kind::address, .help = "a"}};
    auto const read = [&](std::map<std::string, std::string, std::less<>> const& given) {
        return Settings::read(known, [&](Setting const& one) {
            auto const found = given.find(one.name);
            return found == given.end() ? std::string() : found->second;
        });
    };
    auto const nothing = read({});
    CHECK(nothing.missing(known) == std::vector<std::string_view>{"secret"});
    CHECK(nothing.one("text") == "default");
    CHECK_FALSE(nothing.holds("secret", ""));
    auto const all = read({{"secret", " old , new,, "}, {"text", " a, b "}, {"list", "x,y"}, {"number", "60"}, {"address", "https://a.example/b/ "}});
    CHECK(all.missing(known).empty());
    CHECK(all.all("secret").size() == 2);
    CHECK(all.holds("secret", "old"));
    CHECK(all.holds("secret", "new"));
    for (auto const* wrong : {"", "ol", "old ", "old,new", " old"})
        CHECK_FALSE(all.holds("secret", wrong));
    CHECK(all.one("text") == "a, b");
    CHECK(all.all("list").size() == 2);
    CHECK(all.one("address") == "https://a.example/b");
    CHECK(all.number("number", 300) == 60);
    CHECK(all.number("text", 300) == 300);
}

TEST_CASE("header names are found in any case and counted", "[channels]")
{
    Header const headers[] = {{"Webhook-ID", "1"}, {"webhook-id", "2"}, {"webhook-idx", "3"}};
    auto const found = find_header({"", headers, 0}, "webhook-id");
    CHECK(found.count == 2);
    CHECK(found.value == "1");
    CHECK(find_header({"", headers, 0}, "other").count == 0);
}

TEST_CASE("conversations of channels and users do not meet", "[channels]")
{
    auto const named = [](Channel const& channel, std::string_view body) {
        return question_of(channel, body).conversation;
    };
    std::set<std::string> const all = {
        named(generic, R"({"text":"a","conversation":"x"})"), named(generic, R"({"text":"a","user":"x"})"),
        named(rasa, R"({"message":"a","sender":"x"})"), "api:x"};
    CHECK(all.size() == 4);
    CHECK(named(generic, R"({"text":"a","conversation":"x","user":"y"})") == named(generic, R"({"text":"a","conversation":"x"})"));
    CHECK(named(generic, R"({"text":"a"})").empty());
    CHECK(named(rasa, R"({"message":"a"})").empty());
    CHECK(named(rasa, R"({"message":"a","sender":"default"})").empty());
}

TEST_CASE("languages are hints", "[channels]")
{
    using immunobot::Language;
    CHECK(question_of(generic, R"({"text":"a","lang":"fr-FR"})").hint == Language::fr);
    CHECK(question_of(generic, R"({"text":"a","locale":"en"})").hint == Language::en);
    CHECK_FALSE(question_of(generic, R"({"text":"a","lang":"de"})").hint);
    CHECK(question_of(rasa, R"({"message":"a","metadata":{"lang":"fr"}})").hint == Language::fr);
    CHECK_FALSE(question_of(rasa, R"({"message":"a","metadata":"x"})").hint);
}

TEST_CASE("rasa answers are a list with a part for each paragraph", "[channels]")
{
    Incoming incoming;
    incoming.where["recipient"] = "a\"b";
    struct Row { char const* answer; std::vector<std::string> texts; };
    for (auto const& row : {Row{"one", {"one"}}, Row{"one\n\ntwo", {"one", "two"}}, Row{"one\n\n\n\ntwo\nmore\n\nthree", {"one", "two\nmore", "three"}},
                            Row{"\n\none", {"one"}}}) {
        HttpAnswer out;
        rasa.routes[0].render(out, incoming, reply_of(row.answer), {});
        auto const items = boost::json::parse(out.body).as_array();
        REQUIRE(items.size() == row.texts.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            CHECK(items[i].as_object().at("text").as_string() == row.texts[i]);
            CHECK(items[i].as_object().at("recipient_id").as_string() == "a\"b");
            CHECK(items[i].as_object().contains("buttons") == (i + 1 == items.size()));
        }
    }
}

TEST_CASE("rasa answers say where they come from", "[channels]")
{
    Incoming incoming;
    auto reply = reply_of("one\n\ntwo");
    reply.sources = {{"s", "Site", "https://example.org/a", "2015", "2026-11-23"}};
    HttpAnswer out;
    rasa.routes[0].render(out, incoming, reply, {});
    auto const items = boost::json::parse(out.body).as_array();
    REQUIRE(items.size() == 3);
    CHECK(items[2].as_object().at("text").as_string() == "Source: Site: https://example.org/a (2015)");
    CHECK(items[2].as_object().contains("buttons"));
}

TEST_CASE("what staff look up is found in their words", "[channels]")
{
    using immunobot::Language;
    struct Row { char const* typed; char const* words; std::optional<Language> language; };
    Row const messages[] = {
        {"faq address CIML", "address CIML", {}},        {"FAQ  fr address CIML ", "address CIML", Language::fr},
        {"/faq en address", "address", Language::en},    {"!mi address", "address", {}},
        {"faq FR address", "address", Language::fr},     {"faq en quelle annee", "en quelle annee", {}},
        {"faq french staff", "french staff", {}},        {"faq fr", "fr", {}},
    };
    for (auto const& row : messages) {
        INFO(row.typed);
        auto const found = look_up_in(row.typed);
        REQUIRE(found);
        CHECK(found->words == row.words);
        CHECK(found->language == row.language);
    }
    for (auto const* question : {"", "faq", "faq ", "faqs of CIML", "MI address", "what is the faq address", "!faqx y", "/"})
        CHECK_FALSE(look_up_in(question));
    CHECK(look_up_behind_command("faq fr address")->words == "address");
    CHECK(look_up_behind_command("fr address")->language == Language::fr);
    CHECK(look_up_behind_command("faq")->words == "faq");
    CHECK_FALSE(look_up_behind_command("  "));
    CHECK(with_chosen_language("fr: address CIML")->words == "address CIML");
    CHECK(with_chosen_language("EN:address")->language == Language::en);
    for (auto const* question : {"fr address", "fr:", "de: address", "france: address"})
        CHECK_FALSE(with_chosen_language(question));
}

TEST_CASE("rasa answers come a line each where the client asks for a stream", "[channels]")
{
    auto const asked = [](std::string_view query) {
        return std::get<std::vector<Incoming>>(rasa.routes[0].parse({.body = R"({"sender":"a","message":"x"})", .headers = {}, .now = 0, .query = query}, {}).value()).at(0);
    };
    HttpAnswer out;
    rasa.routes[0].render(out, asked("token=t&stream=true"), reply_of("one\n\ntwo"), {});
    CHECK(out.content_type == "text/event-stream");
    CHECK(out.body == "{\"recipient_id\":\"a\",\"text\":\"one\"}\n{\"recipient_id\":\"a\",\"text\":\"two\",\"buttons\":[{\"title\":\"More \\\"quoted\\\"\",\"payload\":\"more?\"}]}\n");
    for (auto const query : {"", "stream=false", "%"}) {
        HttpAnswer list;
        rasa.routes[0].render(list, asked(query), reply_of("one"), {});
        CHECK(list.body.starts_with('['));
    }
}

TEST_CASE("generic answers are the reply with its text", "[channels]")
{
    HttpAnswer out;
    generic.routes[0].render(out, {}, reply_of("one"), {});
    auto const answer = boost::json::parse(out.body).as_object();
    CHECK(answer.at("text").as_string() == "one");
    CHECK(answer.at("answer").as_string() == "one");
    CHECK(answer.at("id").as_string() == "r1");
}
