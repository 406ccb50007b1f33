#include "running.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace immunobot::server;

namespace {

struct Field {
    char const* path;
    char const* before;   // the body up to the value of the field under test
    char const* after;
    char const* name;
    bool text;            // else true or false
    bool required;
};

Field const fields[] = {
    {"/api/v1/ask", "{\"question\":", "}", "question", true, true},
    {"/api/v1/ask", "{\"question\":\"hello\",\"conversation\":", "}", "conversation", true, false},
    {"/api/v1/ask", "{\"question\":\"hello\",\"lang\":", "}", "lang", true, false},
    {"/api/v1/ask", "{\"question\":\"hello\",\"explain\":", "}", "explain", false, false},
    {"/api/v1/feedback", "{\"helpful\":true,\"reply\":", "}", "reply", true, true},
    {"/api/v1/feedback", "{\"reply\":\"a1\",\"helpful\":", "}", "helpful", false, true},
    {"/api/v1/feedback", "{\"reply\":\"a1\",\"helpful\":true,\"reason\":", "}", "reason", true, false},
    {"/webhooks/generic", "{\"text\":", "}", "text", true, true},
    {"/webhooks/generic", "{\"text\":\"hello\",\"conversation\":", "}", "conversation", true, false},
    {"/webhooks/generic", "{\"text\":\"hello\",\"user\":", "}", "user", true, false},
    {"/webhooks/generic", "{\"text\":\"hello\",\"lang\":", "}", "lang", true, false},
    {"/webhooks/rest/webhook", "{\"message\":\"hello\",\"sender\":", "}", "sender", true, false},
    {"/webhooks/rest/webhook", "{\"sender\":\"a\",\"message\":", "}", "message", true, false},
};

}  // namespace

TEST_CASE("each field of each wrong type is refused by its name", "[server]")
{
    Running running;
    Client client(running.port());
    for (auto const& field : fields) {
        for (auto const* value : {"null", "true", "\"en\"", "7", "-1.5", "[]", "[null]", "{}", "{\"$ne\":null}"}) {
            bool const is_text = value[0] == '"';
            bool const is_flag = value[0] == 't';
            bool const is_null = value[0] == 'n';
            bool const good = (field.text && is_text) || (!field.text && is_flag) || (is_null && !field.required);
            auto const answer = client.ask(post(field.path, std::string(field.before) + value + field.after));
            INFO(field.path << " " << field.name << " = " << value << ": " << answer.body);
            CHECK(answer.status == (good ? 200 : 400));
            if (!good)
                CHECK(answer.body.find(std::string("\\\"") + field.name + "\\\"") != std::string::npos);
        }
    }
}

TEST_CASE("missing, empty and blank texts are refused", "[server]")
{
    Running running;
    for (auto const* body : {"{}", R"({"question":""})", R"({"question":" \t\r\n "})", R"({"txet":"a"})", "null", "7",
                             "[]", "\"a\"", R"([{"question":"a"}])"})
        CHECK(running.ask(post("/api/v1/ask", body)).status == 400);
    CHECK(running.services.questions == 0);
}

TEST_CASE("what json forbids is refused", "[server]")
{
    Running running;
    std::string const bodies[] = {
        "", " ", "{", "{\"question\":", R"({"question":"a",})", R"({"question":"a"}{})", R"({"question":"a"} x)",
        R"({'question':'a'})", R"({"question":"a","question":"b"})", R"({"question":"a","x":{"k":1,"k":2}})",
        R"({"question":"a","n":1e400})", R"({"question":"a","n":NaN})", R"({"question":"a","n":01})",
        "{\"question\":\"\xff\"}", "{\"question\":\"\xc0\xaf\"}", "{\"question\":\"\xed\xa0\x80\"}",
        "{\"question\":\"a\x01\"}", R"({"question":"\ud800"})", R"({"question":"\udc00\ud800"})", R"({"question":"\x41"})",
        "\xef\xbb\xbf{\"question\":\"a\"}", R"({"question":"a","d":)" + std::string(40, '[') + std::string(40, ']') + "}",
    };
    for (auto const& body : bodies) {
        INFO(body);
        CHECK(running.ask(post("/api/v1/ask", body)).status == 400);
    }
    CHECK(running.services.questions == 0);
}

TEST_CASE("an object may have 64 keys and a document 32 levels", "[server]")
{
    Running running;
    for (int const keys : {64, 65}) {
        std::string body = "{\"question\":\"a\"";
        for (int i = 1; i < keys; ++i)
            body += ",\"k" + std::to_string(i) + "\":0";
        CHECK(running.ask(post("/api/v1/ask", body + "}")).status == (keys > 64 ? 400 : 200));
    }
    for (std::size_t const levels : {32U, 33U})
        CHECK(running.ask(post("/api/v1/ask", "{\"question\":\"a\",\"d\":" + std::string(levels - 1, '[') + std::string(levels - 1, ']') + "}"))
                  .status == (levels > 32 ? 400 : 200));
}

TEST_CASE("odd but legal texts are asked", "[server]")
{
    Running running;
    for (auto const* body : {R"({"question":"a\u0000b"})", R"({"question":"\ud83d\ude00"})", R"({"question":"\"\\/"})",
                             R"({"question":"a","unknown":[null,{"x":1}],"":1})", R"({"question":"a","lang":"de"})"})
        CHECK(running.ask(post("/api/v1/ask", body)).status == 200);
}

TEST_CASE("a conversation id has 1 to 128 printable characters", "[server]")
{
    Running running;
    struct Row { std::string id; int status; };
    for (auto const& row : {Row{"c1", 200}, Row{std::string(128, 'c'), 200}, Row{std::string(129, 'c'), 400},
                            Row{"", 200}, Row{"a\\nb", 400}, Row{"a\\u0000", 400}, Row{"a\\u007f", 400}, Row{"\xc3\xa9t\xc3\xa9", 200}})
        CHECK(running.ask(post("/api/v1/ask", R"({"question":"a","conversation":")" + row.id + "\"}")).status == row.status);
}

TEST_CASE("answers are the reply, and ids differ", "[server]")
{
    Running running;
    auto const first = boost::json::parse(running.ask(post("/api/v1/ask", R"({"question":"hello"})")).body).as_object();
    auto const second = boost::json::parse(running.ask(post("/api/v1/ask", R"({"question":"hello"})")).body).as_object();
    CHECK(first.at("id").as_string().size() == 32);
    CHECK(first.at("id") != second.at("id"));
    for (auto const* key : {"answer", "status", "lang", "intent", "entities", "confidence", "facts", "sources", "suggestions",
                            "corrections", "explanation"})
        CHECK(first.contains(key));
}
