// What each route answers, and what it refuses.
#include "refusal.hpp"
#include "running.hpp"

#include "server/routes.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::server;

namespace {

// Not what needs secrets and has tests of its own.
bool is_ours(Route const& route)
{
    return !route.channel || (route.channel->own_contract && immunobot::channels::Settings().missing(route.channel->settings).empty());
}

// A request that each route answers with 200.
std::string good_request(Route const& route)
{
    auto const path = sample_path(route.path);
    if (route.method != Method::post)
        return get(path, "", route.method == Method::get ? "GET" : "DELETE");
    if (route.content == channels::Content::form)
        return post(path, "question=hello&reply=a1&helpful=yes&conversation=0123456789abcdef0123456789abcdef", "", "application/x-www-form-urlencoded");
    if (route.name == "feedback")
        return post(path, R"({"reply":"a1","helpful":true})");
    return post(path, R"({"question":"hello","text":"hello","sender":"a","message":"hello"})");
}

void check_fields(Answer const& answer)
{
    INFO(answer.raw);
    CHECK(answer.field("x-content-type-options") == "nosniff");
    CHECK(answer.field("referrer-policy") == "no-referrer");
    auto const policy = answer.field("content-security-policy");
    bool const page = answer.field("content-type").starts_with("text/html");
    CHECK((page ? policy.starts_with("default-src 'none'; ") && policy.find("unsafe") == std::string::npos
                : policy == "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"));
    CHECK((answer.status == 204 || answer.field("content-type").find("charset=utf-8") != std::string::npos));
    CHECK_FALSE(answer.field("cache-control").empty());
    CHECK_FALSE(answer.field("date").empty());
    CHECK(answer.field("server").empty());
}

}  // namespace

TEST_CASE("every route answers with all protective fields", "[server]")
{
    Running running;
    for (auto const& route : routes()) {
        if (!is_ours(route))
            continue;
        INFO(route.name);
        auto const answer = running.ask(good_request(route));
        CHECK(answer.status == 200);
        check_fields(answer);
    }
}

TEST_CASE("a conversation is shown again, and forgotten", "[server]")
{
    Running running;
    auto const transcript = boost::json::parse(running.ask(get("/api/v1/conversations/mi-fhu")).body).as_object();
    auto const& turns = transcript.at("turns").as_array();
    REQUIRE(turns.size() == 2);
    auto const& first = turns[0].as_object();
    CHECK(first.at("asked_at").as_string() == "2025-11-25T19:00:00Z");
    CHECK(first.at("question").as_string() == "I am [e-mail], \"when\"?");
    CHECK(first.at("reply").as_object().at("answer").as_string() == "In 2015.");
    CHECK(turns[1].as_object().at("question").is_null());
    struct Row { char const* what; char const* method; std::string target; int status; };
    Row const rows[] = {
        {"forgotten", "DELETE", "/api/v1/conversations/mi-fhu", 200},
        {"an unknown one is not shown", "GET", "/api/v1/conversations/other", 404},
        {"nor forgotten", "DELETE", "/api/v1/conversations/other", 404},
        {"an id is decoded", "GET", "/api/v1/conversations/caf%C3%A9%202%2F3", 200},
        {"'+' is a plus", "GET", "/api/v1/conversations/caf%C3%A9+2%2F3", 404},
        {"bad UTF-8", "GET", "/api/v1/conversations/%ff", 400},
        {"a control character", "DELETE", "/api/v1/conversations/a%0Ab", 400},
        {"128 characters", "GET", "/api/v1/conversations/" + std::string(128, 'a'), 404},
        {"129 characters", "GET", "/api/v1/conversations/" + std::string(129, 'a'), 400},
        {"no id", "GET", "/api/v1/conversations/", 404},
        {"two parts", "GET", "/api/v1/conversations/a/b", 404},
        {"the disk fails", "GET", "/api/v1/conversations/storage-storage-storage", 503},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        auto const answer = running.ask(get(row.target, "", row.method));
        CHECK(answer.status == row.status);
        check_fields(answer);
        if (row.status != 200)
            check_problem(answer);
    }
}

TEST_CASE("HEAD is GET without the body", "[server]")
{
    Running running;
    for (auto const& route : routes()) {
        if (!is_ours(route))
            continue;
        if (route.method != Method::get)
            continue;
        INFO(route.name);
        auto request = good_request(route);
        auto const whole = running.ask(request);
        Client client(running.port());
        client.send("HEAD" + request.substr(3) + get("/healthz"));
        auto const head = client.receive(std::chrono::seconds(5), true);
        CHECK(head.status == whole.status);
        CHECK(head.field("content-type") == whole.field("content-type"));
        if (route.name != "metrics")  // its counters move on
            CHECK(head.field("content-length") == whole.field("content-length"));
        CHECK(client.receive().status == 200);
    }
}

TEST_CASE("another method is refused with the right ones", "[server]")
{
    Running running;
    for (auto const& route : routes()) {
        if (!is_ours(route))
            continue;
        auto const path = sample_path(route.path);
        auto const expected = allowed_methods(path);
        CHECK(expected.find(name(route.method)) != std::string::npos);
        for (auto const* method : {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"}) {
            if (expected.find(method) != std::string::npos)
                continue;
            INFO(method << " " << path);
            auto const answer = running.ask(get(path, "", method));
            CHECK(answer.status == 405);
            CHECK(answer.field("allow") == expected);
            check_fields(answer);
            check_problem(answer);
        }
        auto const options = running.ask(get(path, "", "OPTIONS"));
        CHECK(options.status == 204);
        CHECK(options.field("allow") == expected);
    }
}

TEST_CASE("every refusal is a problem document that tells nothing of the inside", "[server]")
{
    auto options = quiet_options();
    options.channels["generic"].set("secret", {"right-token"});
    Running running(options);
    std::string const ask = "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\n";
    std::string const good = R"({"question":"hello"})";
    struct Row { char const* what; int status; std::string request; };
    Row const rows[] = {
        {"garbage", 400, "nonsense\r\n\r\n"},
        {"no host", 400, "GET /healthz HTTP/1.1\r\n\r\n"},
        {"two hosts", 400, get("/healthz", "Host: other\r\n")},
        {"odd host", 400, "GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n"},
        {"absolute form", 400, get("http://example.org/")},
        {"asterisk", 400, get("*", "", "OPTIONS")},
        {"connect", 400, get("example.org:443", "", "CONNECT")},
        {"bad escape", 400, get("/%zz")},
        {"fragment", 400, get("/healthz#x")},
        {"unknown method", 501, get("/healthz", "", "BREW")},
        {"lower-case method", 501, get("/healthz", "", "get")},
        {"http/2", 400, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"},
        {"two lengths", 400, ask + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"},
        {"length and chunked", 400, ask + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"gzip coding", 400, ask + "Transfer-Encoding: gzip\r\n\r\n"},
        {"folded field", 400, get("/healthz", "X-A: b\r\n c\r\n")},
        {"control in a field", 400, get("/healthz", "X-A: b\x01\r\n")},
        {"unknown path", 404, get("/nowhere")},
        {"dots", 404, get("/../etc/passwd")},
        {"unknown entity", 404, get("/api/v1/entities/nobody")},
        {"form body", 415, post("/api/v1/ask", "a=b", "", "application/x-www-form-urlencoded")},
        {"no type", 415, post("/api/v1/ask", good, "", "")},
        {"latin body", 415, post("/api/v1/ask", good, "", "application/json; charset=latin1")},
        {"compressed", 415, post("/api/v1/ask", good, "Content-Encoding: gzip\r\n")},
        {"bad json", 400, post("/api/v1/ask", "{")},
        {"a wrong token", 401, post("/webhooks/generic", R"({"text":"a"})", "Authorization: Bearer wrong-token\r\n")},
        {"no token", 401, post("/webhooks/generic", R"({"text":"a"})")},
        {"unknown reply", 404, post("/api/v1/feedback", R"({"reply":"unknown","helpful":false})")},
        {"a failing handler", 500, post("/api/v1/ask", R"({"question":"throw"})")},
        {"a failing disk", 503, post("/api/v1/ask", R"({"question":"storage"})")},
        {"a full queue", 503, post("/api/v1/feedback", R"({"reply":"busy","helpful":false})")},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        auto const answer = running.ask(row.request);
        CHECK(answer.status == row.status);
        check_fields(answer);
        check_problem(answer);
        CHECK((answer.status != 503 || !answer.field("retry-after").empty()));
    }
    CHECK(running.ask(get("/healthz")).status == 200);
}

TEST_CASE("json with a charset is json", "[server]")
{
    Running running;
    for (auto const* type : {"application/json", "Application/JSON", "application/json; charset=utf-8",
                             "application/json;charset=UTF-8", "application/json; charset=\"utf-8\""})
        CHECK(running.ask(post("/api/v1/ask", R"({"question":"hello"})", "", type)).status == 200);
}

TEST_CASE("a failure ends one request and not the connection", "[server]")
{
    Running running;
    Client client(running.port());
    CHECK(client.ask(post("/api/v1/ask", R"({"question":"throw"})")).status == 500);
    CHECK(client.ask(post("/api/v1/ask", R"({"question":"hello"})")).status == 200);
    CHECK(client.ask(post("/api/v1/ask", "{")).status == 400);
    CHECK(client.ask(get("/healthz")).status == 200);
}

TEST_CASE("http 1.0 is answered and closed", "[server]")
{
    Running running;
    Client client(running.port());
    CHECK(client.ask("GET /healthz HTTP/1.0\r\n\r\n").status == 200);
    CHECK(client.is_closed());
}

TEST_CASE("health tells which line of which file is broken, and no folder", "[server]")
{
    Running running;
    CHECK(running.ask(get("/readyz")).body.find("\"status\":\"ready\"") != std::string::npos);
    running.services.broken_intents = true;
    auto const degraded = running.ask(get("/readyz"));
    CHECK(degraded.status == 200);
    CHECK(degraded.body.find("\"status\":\"degraded\"") != std::string::npos);
    CHECK(degraded.body.find("intents/founded.yaml:12:3") != std::string::npos);
    CHECK(degraded.body.find("/home") == std::string::npos);
    running.services.ready = false;
    auto const unavailable = running.ask(get("/readyz"));
    CHECK(unavailable.status == 503);
    CHECK_FALSE(unavailable.field("retry-after").empty());
    CHECK(running.ask(get("/healthz")).status == 200);
}

TEST_CASE("metrics count what happened", "[server]")
{
    Running running(quiet_options(2));
    for (int i = 0; i < 3; ++i)
        running.ask(post("/api/v1/ask", R"({"question":"hello","lang":"fr"})"));
    running.ask(post("/api/v1/ask", "{"));
    running.ask(get("/nowhere"));
    auto const text = running.ask(get("/metrics")).body;
    INFO(text);
    for (auto const* line : {"immunobot_requests_total{route=\"ask\",status=\"2xx\"} 3\n",
                             "immunobot_requests_total{route=\"ask\",status=\"4xx\"} 1\n",
                             "immunobot_answers_total{status=\"answered\",lang=\"fr\"} 3\n",
                             "immunobot_answers_total{status=\"answered\",lang=\"en\"} 0\n",
                             "immunobot_answer_seconds_count 3\n", "immunobot_requests_refused_total 1\n",
                             "immunobot_journal_entries_total{fate=\"written\"} 7\n", "immunobot_journal_waiting 2\n",
                             "immunobot_build_info{version=\""})
        CHECK(text.find(line) != std::string::npos);
}

TEST_CASE("look-ups page and validate", "[server]")
{
    Running running;
    CHECK(running.ask(get("/api/v1/facts?entity=mi-fhu&limit=10&offset=0")).body.find("\"total\":1,\"limit\":10") != std::string::npos);
    CHECK(running.ask(get("/api/v1/facts?entity=other")).body.find("\"facts\":[]") != std::string::npos);
    CHECK(running.ask(get("/api/v1/facts?q=cr%C3%A9%C3%A9e+en")).status == 200);
    for (auto const* bad : {"limit=0", "limit=201", "limit=x", "limit=-1", "offset=99999999999999999999", "q=%ff", "q=a&q=b"})
        CHECK(running.ask(get(std::string("/api/v1/facts?") + bad)).status == 400);
    CHECK(running.ask(get("/api/v1/suggest?q=wh&lang=fr&limit=3")).status == 200);
    CHECK(running.ask(get("/api/v1/suggest?q=" + std::string(201, 'a'))).status == 400);
    auto const entity = boost::json::parse(running.ask(get("/api/v1/entities/mi-fhu")).body).as_object();
    CHECK(entity.at("name").as_object().at("en").as_string() == "MI-FHU \"quoted\"");
    CHECK(entity.at("facts").as_array().at(0).as_object().at("source").as_object().at("id").as_string() == "seed");
}

TEST_CASE("a question that is sent again gets the same reply", "[server]")
{
    Running running;
    auto const ask = [&](char const* body) { return running.ask(post("/api/v1/ask", body)).body; };
    auto const first = ask(R"({"question":"hello","conversation":"c-1","message":"m-1"})");
    CHECK(ask(R"({"question":"hello","conversation":"c-1","message":"m-1"})") == first);
    CHECK(running.services.questions == 1);
    CHECK(ask(R"({"question":"hello","conversation":"c-2","message":"m-1"})") != first);
    CHECK(ask(R"({"question":"hello","conversation":"c-1","message":"m-2"})") != first);
    CHECK(ask(R"({"question":"hello","message":"m-1"})") != first);
    CHECK(ask(R"({"question":"hello","message":"m-1"})") != first);
    CHECK(running.services.questions == 5);
}

TEST_CASE("a question that failed may be sent again", "[server]")
{
    Running running;
    for (int i = 0; i < 2; ++i) {
        CHECK(running.ask(post("/api/v1/ask", R"({"question":"storage","conversation":"c-1","message":"m-1"})")).status == 503);
        CHECK(running.ask(post("/api/v1/ask", R"({"question":"throw","conversation":"c-1","message":"m-2"})")).status == 500);
    }
    CHECK(running.services.questions == 4);
}

TEST_CASE("the welcome tells what was configured", "[server]")
{
    auto options = quiet_options();
    options.keep_days = 7;
    options.contact_url = "mailto:a@example.org";
    Running running(options);
    auto const welcome = boost::json::parse(running.ask(get("/api/v1/welcome?lang=fr")).body).as_object();
    CHECK(welcome.at("lang").as_string() == "fr");
    CHECK(welcome.at("name").as_string() == "FHU-MI");
    CHECK(welcome.at("keep_days").as_int64() == 7);
    CHECK(welcome.at("contact_url").as_string() == "mailto:a@example.org");
    CHECK(welcome.at("privacy_url").as_string() == "/ask?lang=fr#promise");
    CHECK(welcome.at("notice").as_string() == "Sur la f\xC3\xA9" "d\xC3\xA9ration, aucun avis m\xC3\xA9" "dical.");
    CHECK(welcome.at("suggestions").as_array().size() == 5);
}
