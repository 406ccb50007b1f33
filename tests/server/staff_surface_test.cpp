// What is for staff alone, asked for by visitors at every address that there is; and the staff's routes with every role.
#include "staff_world.hpp"

#include "channels/channel.hpp"
#include "console/api.hpp"
#include "server/routes.hpp"
#include "text/form_fields.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <ctime>

using namespace immunobot;
using namespace immunobot::server;
namespace json = boost::json;

namespace {

constexpr std::string_view secret = "zebra-4711";

// Every channel is on, and lets everybody in.
ConfiguredChannels everything()
{
    ConfiguredChannels all;
    for (auto const* channel : channels::all_channels())
        all.insert_or_assign(std::string(channel->name), channels::Settings::read(channel->settings, [](channels::Setting const& setting) -> std::string {
            if (setting.name == "open")
                return "yes";
            if (setting.name == "public_key")
                return std::string(64, 'a');
            if (setting.name == "security_token")
                return "bWFkZSB1cA==";
            if (!setting.required)
                return std::string(setting.otherwise);
            return setting.kind == channels::Setting::Kind::address ? "https://api.example.org" : "made-up";
        }));
    return all;
}

std::string text_of(channels::Method method)
{
    return method == channels::Method::get ? "GET" : method == channels::Method::put ? "PUT" : "POST";
}

// As the platform of each channel would send the question.
std::string by_all_channels(StaffWorld const& world, ConfiguredChannels const& channels, std::string const& question, std::size_t& asked)
{
    std::string heard;
    for (auto const* channel : channels::all_channels()) {
        static std::int64_t later = 0;
        auto const sample = channel->sample ? channel->sample(channels.at(std::string(channel->name)), question, std::time(nullptr) + (++later % 200)) : std::nullopt;
        if (!sample)
            continue;
        std::string fields;
        for (auto const& [name, value] : sample->fields)
            fields += name + ": " + value + "\r\n";
        auto request = post(sample->target, sample->body, fields, sample->content_type);
        request.replace(0, 4, text_of(sample->method));
        auto const answer = world.ask(request);
        INFO(channel->name << ' ' << answer.body);
        CHECK((answer.status < 500 || answer.status == 503));   // where the platform's keys would have to be fetched
        asked += answer.status < 300 ? 1U : 0U;
        heard += answer.raw + world.sent(channel->name);
    }
    return heard;
}

// Its own words to each route that takes some.
std::string by_all_routes(StaffWorld const& world, std::string const& question)
{
    std::string heard;
    auto const words = text::percent_encoded(question);
    for (auto const& route : routes()) {
        if (route.channel)
            continue;
        std::string path(route.path);
        for (auto const* id : {"gate", "lab"}) {
            auto here = path;
            if (auto const at = here.find("{id}"); at != std::string::npos)
                here.replace(at, 4, id);
            for (auto const& query : {std::string("?q=") + words, "?question=" + words + "&lang=en", "?q=" + words + "&entity=gate", std::string("?ids=gate")})
                if (route.method == Method::get)
                    heard += world.ask(get(here + query)).raw;
        }
        if (route.method == Method::post) {
            heard += world.ask(post(path, json::serialize(json::object{{"question", question}, {"q", question}, {"explain", true}, {"conversation", "c"}}))).raw;
            heard += world.ask(post(path, "question=" + words + "&q=" + words, "", "application/x-www-form-urlencoded")).raw;
        }
    }
    for (auto const* tool : {"ask", "search", "search_facts", "facts", "fetch", "entity", "get_entity"})
        heard += world.ask(post("/mcp", json::serialize(json::object{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "tools/call"},
                     {"params", {{"name", tool}, {"arguments", {{"question", question}, {"query", question}, {"words", question}, {"id", "gate"}}}}}}),
                     "Accept: application/json, text/event-stream\r\n")).raw;
    heard += world.ask(post("/v1/chat/completions", json::serialize(json::object{{"model", "immunobot"}, {"messages", json::array{json::object{{"role", "user"}, {"content", question}}}}}))).raw;
    return heard;
}

}  // namespace

TEST_CASE("no question of a visitor brings what is for staff alone, at any address", "[server]")
{
    StaffWorld world;
    auto const channels = everything();
    world.start(channels);
    auto const hidden = gate_code();
    REQUIRE(world.publish(hidden).value().revision > 0);
    // Also one that was public before, and one that is only a draft.
    auto once = staff::tests::answer_about_parking();
    REQUIRE(world.publish(once).value().revision > 0);
    once.staff_only = true;
    once.entry.answer = {"Car park, behind zebra-4711.", "Parking, derri\u00e8re zebra-4711."};
    REQUIRE(world.publish(once, true).value().revision > 0);
    auto draft = world.desk->answers.open("open").value();
    draft.answer.entry.answer = {"Ask zebra-4711.", "Demandez zebra-4711."};
    REQUIRE(world.desk->answers.save(world.editor, draft));
    std::vector<std::string> questions = {"zebra-4711", "gate", "Is it open?"};
    auto const staffs = world.desk->store.with([](auto& store) { return store.staff_answers(); }).value();
    REQUIRE(staffs.size() == 2);
    for (auto const& answer : staffs)
        for (auto const* list : {&answer.answer.entry.questions_en, &answer.answer.entry.questions_fr})
            questions.insert(questions.end(), list->begin(), list->end());
    std::size_t asked = 0;
    for (auto const& question : questions) {
        INFO(question);
        auto heard = by_all_channels(world, channels, question, asked) + by_all_routes(world, question);
        // The question itself may be said again.
        if (question == secret)
            continue;
        CHECK(heard.size() > 10'000);
        CHECK(heard.find(secret) == std::string::npos);
        CHECK(heard.find("behind ze") == std::string::npos);
    }
    CHECK(asked > 5 * questions.size());
}

TEST_CASE("the staff's routes with every role, by token alone", "[server]")
{
    StaffWorld world;
    world.start({});
    auto const path_of = [](console::ApiRoute const& route) {
        std::string path(route.path);
        if (auto const at = path.find("{id}"); at != std::string::npos)
            path.replace(at, 4, "open");
        return path;
    };
    auto const send = [&](console::ApiRoute const& route, std::string const& fields) {
        auto const path = path_of(route);
        return world.ask(route.post ? post(path, R"({"line": "faq open"})", fields) : get(path, fields));
    };
    for (auto const& route : console::api_routes()) {
        INFO(route.path);
        CHECK(send(route, "").status == 401);
        CHECK(send(route, "").field("www-authenticate") == "Bearer");
        CHECK(send(route, "Authorization: Bearer guess\r\n").status == 401);
        CHECK(send(route, "Authorization: Basic guess\r\n").status == 401);
        CHECK(send(route, "Cookie: immunobot-session=guess\r\n").status == 401);
        for (auto const role : staff::all_roles()) {
            INFO(staff::name(role));
            auto const person = world.desk->accounts.find(std::string(staff::name(role)) + "@example.org", "test").value().value();
            auto const token = world.desk->accounts.make_token(person, "test", role, 1).value();
            auto const answer = send(route, "Authorization: Bearer " + token + "\r\n");
            CHECK(answer.status == (staff::may(role, route.role) ? 200 : 403));
            CHECK(json::parse(answer.body).is_object());
            // The other method is not there.
            auto const wrong = world.ask(route.post ? get(path_of(route), "Authorization: Bearer " + token + "\r\n")
                                                    : post(path_of(route), "{}", "Authorization: Bearer " + token + "\r\n"));
            CHECK(wrong.status == 405);
        }
    }
    // A token ends with its account, by its time, and when it is taken back.
    auto const person = world.desk->accounts.find("editor@example.org", "test").value().value();
    auto const token = world.desk->accounts.make_token(person, "weak", staff::Role::viewer, 1).value();
    auto const search = [&] { return world.ask(get("/api/v1/staff/search?q=open", "Authorization: Bearer " + token + "\r\n")).status; };
    auto const questions = [&] { return world.ask(get("/api/v1/staff/questions", "Authorization: Bearer " + token + "\r\n")).status; };
    CHECK(search() == 200);
    CHECK(questions() == 403);   // narrower than its account
    auto const listed = world.desk->store.with([](auto& store) { return store.tokens(); }).value();
    CHECK(listed.back().used_at > 0);
    world.now += 86'400;
    CHECK(search() == 401);
    world.now -= 86'400;
    CHECK(search() == 200);
    REQUIRE(world.desk->accounts.end_token(person, listed.back().id));
    CHECK(search() == 401);
    CHECK(world.ask(get("/api/v1/staff/nothing")).status == 401);
}
