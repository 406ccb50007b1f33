#include "channels/channel.hpp"
#include "channels/generic.hpp"
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

std::string hex(std::string_view bytes)
{
    std::string out;
    for (char const c : bytes) {
        char two[3];
        std::snprintf(two, sizeof two, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        out += two;
    }
    return out;
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
    CHECK(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")) ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")) ==
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

TEST_CASE("every channel has its own name and path", "[channels]")
{
    std::set<std::string_view> seen;
    for (auto const* channel : all_channels()) {
        CHECK(seen.insert(channel->name).second);
        CHECK(seen.insert(channel->path).second);
        CHECK(channel->path.starts_with("/webhooks/"));
        CHECK(parse_strict(channel->silence).has_value());
    }
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
        return channel.parse({body, {}, 0}).value().question.conversation;
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
    CHECK(generic.parse({R"({"text":"a","lang":"fr-FR"})", {}, 0}).value().question.hint == Language::fr);
    CHECK(generic.parse({R"({"text":"a","locale":"en"})", {}, 0}).value().question.hint == Language::en);
    CHECK_FALSE(generic.parse({R"({"text":"a","lang":"de"})", {}, 0}).value().question.hint);
    CHECK(rasa.parse({R"({"message":"a","metadata":{"lang":"fr"}})", {}, 0}).value().question.hint == Language::fr);
    CHECK(rasa.parse({R"({"message":"a","metadata":"x"})", {}, 0}).has_value());
}

TEST_CASE("rasa answers are a list with a part for each paragraph", "[channels]")
{
    Incoming incoming;
    incoming.recipient = "a\"b";
    struct Row { char const* answer; std::vector<std::string> texts; };
    for (auto const& row : {Row{"one", {"one"}}, Row{"one\n\ntwo", {"one", "two"}}, Row{"one\n\n\n\ntwo\nmore\n\nthree", {"one", "two\nmore", "three"}},
                            Row{"\n\none", {"one"}}}) {
        std::string out;
        rasa.render(out, incoming, reply_of(row.answer));
        auto const items = boost::json::parse(out).as_array();
        REQUIRE(items.size() == row.texts.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            CHECK(items[i].as_object().at("text").as_string() == row.texts[i]);
            CHECK(items[i].as_object().at("recipient_id").as_string() == "a\"b");
            CHECK(items[i].as_object().contains("buttons") == (i + 1 == items.size()));
        }
    }
}

TEST_CASE("generic answers are the reply with its text", "[channels]")
{
    std::string out;
    generic.render(out, {}, reply_of("one"));
    auto const answer = boost::json::parse(out).as_object();
    CHECK(answer.at("text").as_string() == "one");
    CHECK(answer.at("answer").as_string() == "one");
    CHECK(answer.at("id").as_string() == "r1");
}
