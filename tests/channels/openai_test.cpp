#include "running.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace immunobot::server;
namespace json = boost::json;

namespace {

constexpr std::string_view path = "/v1/chat/completions";
constexpr std::string_view key = "Authorization: Bearer sk-new\r\n";

ServerOptions with_keys()
{
    auto options = quiet_options();
    options.channels["openai"].set("key", {"sk-old", "sk-new"});
    return options;
}

std::string chat(std::string const& rest, std::string const& messages = R"([{"role":"user","content":"hello"}])")
{
    return R"({"model":"immunobot","messages":)" + messages + rest + "}";
}

// The JSON of each event; the last one is not JSON and is checked here.
std::vector<json::object> events(std::string const& body)
{
    std::vector<json::object> all;
    std::size_t at = 0;
    std::string last;
    while (at < body.size()) {
        auto const end = body.find("\n\n", at);
        REQUIRE(end != std::string::npos);
        auto const line = body.substr(at, end - at);
        REQUIRE(line.starts_with("data: "));
        REQUIRE(line.find('\n') == std::string::npos);
        last = line.substr(6);
        if (last != "[DONE]")
            all.push_back(json::parse(last).as_object());
        at = end + 2;
    }
    CHECK(last == "[DONE]");
    return all;
}

json::object const& choice(json::object const& object)
{
    return object.at("choices").as_array().at(0).as_object();
}

}  // namespace

TEST_CASE("a completion has OpenAI's shape, and says where the answer comes from", "[channels]")
{
    Running running(with_keys());
    auto const answer = running.ask(post(path, chat(""), key));
    REQUIRE(answer.status == 200);
    auto const whole = json::parse(answer.body).as_object();
    CHECK(whole.at("object").as_string() == "chat.completion");
    CHECK(whole.at("id").as_string().starts_with("chatcmpl-"));
    CHECK(whole.at("model").as_string() == "immunobot");
    CHECK(whole.at("created").as_int64() > 1'700'000'000);
    CHECK(choice(whole).at("finish_reason").as_string() == "stop");
    CHECK(choice(whole).at("logprobs").is_null());
    auto const& message = choice(whole).at("message").as_object();
    CHECK(message.at("role").as_string() == "assistant");
    CHECK(message.at("refusal").is_null());
    std::string const content(message.at("content").as_string());
    CHECK(content.starts_with("I have no fact about that."));
    auto const& cited = message.at("annotations").as_array().at(0).as_object().at("url_citation").as_object();
    auto const begin = cited.at("start_index").to_number<std::size_t>();
    auto const end = cited.at("end_index").to_number<std::size_t>();
    CHECK(content.substr(begin, end - begin) == "https://example.org/mi");
    auto const& usage = whole.at("usage").as_object();
    CHECK(usage.at("prompt_tokens").as_int64() == 1);
    CHECK(usage.at("total_tokens").as_int64() == usage.at("prompt_tokens").as_int64() + usage.at("completion_tokens").as_int64());
}

TEST_CASE("a stream is the same answer in pieces", "[channels]")
{
    Running running(with_keys());
    auto const plain = json::parse(running.ask(post(path, chat(""), key)).body).as_object();
    auto const answer = running.ask(post(path, chat(R"(,"stream":true)"), key));
    REQUIRE(answer.status == 200);
    CHECK(answer.field("content-type").starts_with("text/event-stream"));
    CHECK(answer.field("x-accel-buffering") == "no");
    auto const all = events(answer.body);
    REQUIRE(all.size() > 3);
    std::string content;
    for (auto const& event : all) {
        CHECK(event.at("object").as_string() == "chat.completion.chunk");
        CHECK(event.at("id") == all.front().at("id"));
        CHECK_FALSE(event.contains("usage"));
        if (auto const* piece = choice(event).at("delta").as_object().if_contains("content"))
            content += std::string(piece->as_string());
        CHECK(choice(event).at("finish_reason").is_null() == (&event != &all.back()));
    }
    CHECK(choice(all.front()).at("delta").as_object().at("role").as_string() == "assistant");
    CHECK(choice(all.back()).at("delta").as_object().empty());
    CHECK(content == std::string(choice(plain).at("message").as_object().at("content").as_string()));
}

TEST_CASE("a stream tells its usage at the end when asked", "[channels]")
{
    Running running(with_keys());
    auto const all = events(running.ask(post(path, chat(R"(,"stream":true,"stream_options":{"include_usage":true})"), key)).body);
    REQUIRE(all.size() > 2);
    CHECK(all.back().at("choices").as_array().empty());
    CHECK(all.back().at("usage").as_object().at("total_tokens").as_int64() > 1);
    CHECK(all.front().at("usage").is_null());
}

TEST_CASE("what cannot be answered is told in OpenAI's shape", "[channels]")
{
    Running running(with_keys());
    struct Row {
        char const* what;
        std::string request;
        int status;
        char const* code;   // null: none
    };
    Row const rows[] = {
        {"no key", post(path, chat("")), 401, "invalid_api_key"},
        {"another key", post(path, chat(""), "Authorization: Bearer sk-\r\n"), 401, "invalid_api_key"},
        {"not JSON", post(path, "{", key), 400, nullptr},
        {"a form", post(path, "a=b", key, "application/x-www-form-urlencoded"), 415, nullptr},
        {"no model", post(path, R"({"messages":[{"role":"user","content":"x"}]})", key), 400, nullptr},
        {"another model", post(path, R"({"model":"gpt-9","messages":[{"role":"user","content":"x"}]})", key), 404, "model_not_found"},
        {"no messages", post(path, R"({"model":"immunobot"})", key), 400, nullptr},
        {"an empty list", post(path, chat("", "[]"), key), 400, nullptr},
        {"nobody asks", post(path, chat("", R"([{"role":"system","content":"x"}])"), key), 400, nullptr},
        {"blanks", post(path, chat("", R"([{"role":"user","content":" \n"}])"), key), 400, nullptr},
        {"only a picture", post(path, chat("", R"([{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://127.0.0.1/"}}]}])"), key), 400, nullptr},
        {"two choices", post(path, chat(R"(,"n":2)"), key), 400, nullptr},
        {"another address", get("/v1/embeddings", key), 404, "unknown_url"},
        {"another method", get(path, key), 405, "method_not_supported"},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        auto const answer = running.ask(row.request);
        CHECK(answer.status == row.status);
        auto const error = json::parse(answer.body).as_object().at("error").as_object();
        CHECK(error.at("message").as_string().size() > 5);
        CHECK(error.at("type").as_string() == "invalid_request_error");
        CHECK(error.contains("param"));
        CHECK((row.code ? error.at("code").is_string() && error.at("code").as_string() == row.code : error.at("code").is_null()));
    }
    CHECK(running.services.questions == 0);
}

TEST_CASE("fields of other models are not in the way", "[channels]")
{
    Running running(with_keys());
    auto const answer = running.ask(post(
        path,
        chat(R"(,"temperature":0.2,"max_tokens":10,"tools":[{"type":"function","function":{"name":"f"}}],"user":"u","n":1,"stream":null)",
             R"([{"role":"developer","content":"be brief"},{"role":"user","content":[{"type":"text","text":"hel"},{"type":"image_url","image_url":{"url":"x"}},{"type":"text","text":"lo"}]},{"role":"assistant","content":null,"tool_calls":[]},{"role":"tool","content":"x"}])"),
        key));
    CHECK(answer.status == 200);
    CHECK(running.services.questions == 1);
}

TEST_CASE("there is one model, for who has a key", "[channels]")
{
    Running running(with_keys());
    CHECK(running.ask(get("/v1/models")).status == 401);
    auto const models = json::parse(running.ask(get("/v1/models", "Authorization: bearer sk-old\r\n")).body).as_object();
    CHECK(models.at("object").as_string() == "list");
    REQUIRE(models.at("data").as_array().size() == 1);
    auto const& model = models.at("data").as_array()[0].as_object();
    CHECK(model.at("id").as_string() == "immunobot");
    CHECK(model.at("object").as_string() == "model");
    CHECK(model.at("owned_by").is_string());
}

TEST_CASE("without a key it is off, unless it was opened", "[channels]")
{
    Running closed;
    auto const answer = closed.ask(post(path, chat("")));
    CHECK(answer.status == 404);
    CHECK(json::parse(answer.body).as_object().contains("error"));
    auto options = quiet_options();
    options.channels["openai"].set("open", {"yes"});
    Running open(options);
    CHECK(open.ask(post(path, chat(""))).status == 200);
    options.channels["openai"].set("open", {"no"});
    Running neither(options);
    CHECK(neither.ask(post(path, chat(""))).status == 401);
}
