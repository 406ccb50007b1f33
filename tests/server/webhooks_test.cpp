#include "outbox_file.hpp"
#include "running.hpp"

#include "channels/signature.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <ctime>

using namespace immunobot::server;
namespace channels = immunobot::channels;

namespace {

std::string const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

std::string signed_fields(std::string const& id, std::string const& body, long shift = 0)
{
    auto const stamp = std::to_string(std::time(nullptr) + shift);
    auto const key = channels::from_base64(secret.substr(6)).value();
    return "webhook-id: " + id + "\r\nwebhook-timestamp: " + stamp + "\r\nwebhook-signature: v1," +
           channels::to_base64(channels::hmac_sha256(key, id + "." + stamp + "." + body)) + "\r\n";
}

}  // namespace

TEST_CASE("the generic webhook answers with text and reply", "[server]")
{
    Running running;
    auto const answer = running.ask(post("/webhooks/generic", R"({"text":"hello","user":"u1","lang":"fr"})"));
    REQUIRE(answer.status == 200);
    auto const reply = boost::json::parse(answer.body).as_object();
    CHECK(reply.at("text") == reply.at("answer"));
    CHECK(reply.at("lang").as_string() == "fr");
}

TEST_CASE("a configured secret is asked for before the body is read", "[server]")
{
    auto options = quiet_options();
    options.channels["generic"].set("secret", {"old-token", "new-token", secret});
    Running running(options);
    std::string const body = R"({"text":"hello"})";
    struct Row { char const* what; std::string fields; int status; };
    Row const rows[] = {
        {"nothing", "", 401},
        {"the old token", "Authorization: Bearer old-token\r\n", 200},
        {"the new token", "Authorization: Bearer new-token\r\n", 200},
        {"a prefix", "Authorization: Bearer new-toke\r\n", 401},
        {"another scheme", "Authorization: Basic new-token\r\n", 401},
        {"an empty token", "Authorization: Bearer \r\n", 401},
        {"the signing secret as token", "Authorization: Bearer " + secret + "\r\n", 401},
        {"a signature", signed_fields("m1", body), 200},
        {"of another body", signed_fields("m2", body + " "), 401},
        {"299 s old", signed_fields("m3", body, -299), 200},
        {"302 s old", signed_fields("m4", body, -302), 401},
        {"298 s ahead", signed_fields("m5", body, 298), 200},
        {"302 s ahead", signed_fields("m6", body, 302), 401},
        {"twice", signed_fields("m7", body) + "webhook-signature: v1,AAAA\r\n", 401},
        {"a right token and a wrong signature", "Authorization: Bearer old-token\r\n" + signed_fields("m8", "x"), 401},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        auto const answer = running.ask(post("/webhooks/generic", body, row.fields));
        CHECK(answer.status == row.status);
        CHECK((row.status != 401 || answer.field("www-authenticate") == "Bearer"));
    }
    CHECK(running.ask(post("/webhooks/generic", "{")).status == 401);
    CHECK(running.ask(post("/webhooks/generic", "{", "Authorization: Bearer old-token\r\n")).status == 400);
}

TEST_CASE("a repeated delivery has one effect and the same answer", "[server]")
{
    auto options = quiet_options(2);
    options.channels["generic"].set("secret", {secret});
    Running running(options);
    std::string const body = R"({"text":"hello"})";
    auto const fields = signed_fields("msg_1", body);
    auto const first = running.ask(post("/webhooks/generic", body, fields));
    for (int i = 0; i < 10; ++i)
        CHECK(running.ask(post("/webhooks/generic", body, fields)).body == first.body);
    CHECK(running.services.questions == 1);
    // One that failed may come again.
    std::string const failing = R"({"text":"throw"})";
    auto const again = signed_fields("msg_2", failing);
    CHECK(running.ask(post("/webhooks/generic", failing, again)).status == 500);
    CHECK(running.ask(post("/webhooks/generic", failing, again)).status == 500);
    CHECK(running.services.questions == 3);
}

TEST_CASE("on an open channel an id gives nobody another's answer", "[server]")
{
    Running running;
    auto const first = running.ask(post("/webhooks/generic", R"({"text":"hello"})", "webhook-id: x\r\n"));
    auto const second = running.ask(post("/webhooks/generic", R"({"text":"hello"})", "webhook-id: x\r\n"));
    CHECK(first.body != second.body);
    CHECK(running.services.questions == 2);
}

TEST_CASE("the generic webhook is off without a secret, unless it is said to be open", "[server]")
{
    auto options = quiet_options();
    std::string const body = R"({"text":"hello"})";
    options.channels.erase("generic");
    CHECK(Running(options).ask(post("/webhooks/generic", body)).status == 404);
    options.channels["generic"].set("open", {"no"});
    CHECK(Running(options).ask(post("/webhooks/generic", body)).status == 401);
    options.channels["generic"].set("open", {"yes"});
    Running const running(options);
    CHECK(running.ask(post("/webhooks/generic", body)).status == 200);
    // There is nothing to check a signature by, so none is right.
    CHECK(running.ask(post("/webhooks/generic", body, signed_fields("m1", body))).status == 401);
}

TEST_CASE("refusals of the generic webhook name the error for programs", "[server]")
{
    auto options = quiet_options();
    options.channels["generic"].set("secret", {"token"});
    Running const running(options);
    auto const refused = [&](std::string const& body, std::string const& fields, int status) {
        auto const answer = running.ask(post("/webhooks/generic", body, fields));
        CHECK(answer.status == status);
        CHECK(answer.field("content-type").starts_with("application/problem+json"));
        auto const document = boost::json::parse(answer.body).as_object();
        CHECK(document.at("status").to_number<int>() == status);
        CHECK(document.at("error").at("message") == document.at("detail"));
        return std::string(document.at("error").at("code").as_string());
    };
    CHECK(refused("{}", "", 401) == "unauthorized");
    CHECK(refused("{}", "Authorization: Bearer token\r\n", 400) == "invalid-field");
    CHECK(refused(std::string(100'000, ' '), "Authorization: Bearer token\r\n", 413) == "payload-too-large");
    CHECK(boost::json::parse(running.ask(post("/api/v1/ask", "{}")).body).as_object().contains("error") == false);
}

TEST_CASE("a delivery that comes again after a restart is answered again", "[server]")
{
    TemporaryOutbox const file;
    auto options = quiet_options();
    options.channels["generic"].set("secret", {secret});
    std::string const body = R"({"text":"hello"})";
    auto const fields = signed_fields("msg_1", body);
    for (int start = 0; start < 2; ++start) {
        Running const running(options, file.open());
        auto const answer = running.ask(post("/webhooks/generic", body, fields));
        CHECK(answer.status == 200);
        CHECK(boost::json::parse(answer.body).as_object().contains("text"));
    }
}

TEST_CASE("rasa clients are answered in their form", "[server]")
{
    Running running;
    auto const answer = running.ask(post("/webhooks/rest/webhook", R"({"sender":"web-1","message":"two"})"));
    REQUIRE(answer.status == 200);
    auto const items = boost::json::parse(answer.body).as_array();
    REQUIRE(items.size() == 3);
    CHECK(items[0].as_object().at("recipient_id").as_string() == "web-1");
    CHECK(items[0].as_object().at("text").as_string() == "First part.");
    CHECK(items[2].as_object().at("text").as_string() == "Source: About MI-FHU: https://example.org/mi (2015)");
    CHECK(items[2].as_object().at("buttons").as_array().at(0).as_object().at("payload").as_string() == "Who supports the MI-FHU?");
    CHECK(running.ask(post("/webhooks/rest/webhook", R"({"sender":"web-1"})")).body == "[]");
    CHECK(running.ask(get("/webhooks/rest/")).body == R"({"status":"ok"})");
    CHECK(running.services.questions == 1);
}
