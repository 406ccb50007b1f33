#include "staff/digest.hpp"

#include "base/date.hpp"
#include "desk_world.hpp"

#include "../time_zone.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::staff;
using namespace immunobot::staff::tests;

TEST_CASE("the digest tells what waits, what ends, and what was of no use", "[staff]")
{
    World world;
    world.ask("Does the canteen sell zorblax?");
    world.ask("Is it open?");
    REQUIRE(world.journal->record(knowledge::Feedback{"r2", false, "too short"}));
    auto answer = answer_about_parking();
    auto soon = today_here();
    answer.entry.valid_to = to_string(soon);
    REQUIRE(world.publish(answer).value().revision > 0);
    std::int64_t const now = 4'000'000'000;
    auto digest = digest_of(*world.desk, 0, now).value();
    REQUIRE(digest.unanswered.size() >= 1);
    REQUIRE(digest.disliked.size() == 1);
    digest.dead_links = {{"https://example.org/gone", "404"}};
    digest.links_checked = 3;
    for (auto const language : {Language::fr, Language::en}) {
        auto const text = as_text(digest, language);
        INFO(text);
        for (auto const* part : {"zorblax", "too short", "Is it open?", "parking", "https://example.org/gone: 404"})
            CHECK(text.find(part) != std::string::npos);
        // What is cut off the audit log is known by what was told of its end.
        auto const end = world.desk->store.with([](auto& store) { return store.audit_end(); }).value();
        CHECK(text.find(": " + std::to_string(end.count) + ", ") != std::string::npos);
        CHECK(text.find(end.digest) != std::string::npos);
        CHECK(as_message(digest, language).starts_with("{\"text\":"));
    }
    CHECK(source_links(*world.desk).value() == std::vector<std::string>{"https://example.org/page"});
}

TEST_CASE("the digest says what ended, why a link is dead, and when nothing could be checked", "[staff]")
{
    Digest digest;
    digest.now = 4'000'000'000;
    digest.due = {{"over", "2026-10-03", true}, {"soon", "2199-01-01", true}};
    digest.dead_links = {{"https://example.org/a", "no answer"}, {"https://example.org/b", "private network"}};
    digest.links_checked = 2;
    auto const text = as_text(digest, Language::fr);
    CHECK(text.find("over: a pris fin le 2026-10-03") != std::string::npos);
    CHECK(text.find("soon: se termine le 2199-01-01") != std::string::npos);
    CHECK(text.find("https://example.org/a: le site ne r\u00e9pond pas") != std::string::npos);
    CHECK(text.find("https://example.org/b: l'adresse m\u00e8ne") != std::string::npos);

    CHECK(could_check_links(digest));
    digest.dead_links.assign(5, {"https://example.org/a", "no answer"});
    digest.links_checked = 10;
    CHECK(could_check_links(digest));   // half of them are no more than that
    digest.links_checked = 9;
    CHECK_FALSE(could_check_links(digest));
    for (auto const language : {Language::fr, Language::en}) {
        auto const offline = as_text(digest, language);
        CHECK(offline.find("https://example.org/a") == std::string::npos);
        CHECK(offline.find(language == Language::fr ? "impossible \u00e0 v\u00e9rifier" : "could not be checked") != std::string::npos);
    }
}

TEST_CASE("the addresses in answers are checked as well as those of the sources, each once", "[staff]")
{
    World world;
    auto answer = answer_about_parking();
    answer.entry.answer = {"See https://example.org/map or https://example.org/page.", "Voir https://example.org/carte (https://example.org/map)."};
    REQUIRE(world.publish(answer).value().revision > 0);
    answer.entry.id = "gate";
    answer.entry.questions_en = {"What is the gate code?"};
    answer.entry.questions_fr = {"Quel est le code du portail ?"};
    answer.entry.answer = {"https://intranet.example.org/gate", "https://intranet.example.org/gate"};
    answer.staff_only = true;
    REQUIRE(world.publish(answer).value().revision > 0);
    CHECK(source_links(*world.desk).value() == std::vector<std::string>{"https://example.org/page", "https://example.org/carte", "https://example.org/map", "https://intranet.example.org/gate"});
}

TEST_CASE("the digest counts as solved what was decided in its week, whenever it was asked", "[staff]")
{
    World world;
    for (auto const* question : {"Does the canteen sell zorblax?", "Where is the wombat?"})
        world.ask(question);
    world.ago("r1", 20);
    for (auto const& group : world.desk->queue.groups().value())
        REQUIRE(failure(world.desk->queue.decide(world.editor, group.id, 0, Decision::answered, "open")) == "");
    world.edit_database("UPDATE staff_group SET decided_at = decided_at - 86400 * 8 WHERE question LIKE '%wombat%'");
    auto const now = seconds_now();
    CHECK(digest_of(*world.desk, now - a_week, now).value().solved == 1);
}

TEST_CASE("the digest is due each Monday at seven by the clocks of the server", "[staff]")
{
    {
        TimeZone const there(paris_time);
        CHECK(next_digest(1'767'592'800 - 1, 0) == 1'767'592'800);                  // 2026-01-05 06:00 UTC
        CHECK(next_digest(1'774'850'400, 0) == 1'774'846'800 + a_week);             // 2026-03-30 06:00 UTC is 8 o'clock in summer
        CHECK(next_digest(1'774'846'800 - 1, 0) == 1'774'846'800);                  // 05:00 UTC
    }
    TimeZone const utc("UTC");
    constexpr std::int64_t monday = 1'767'596'400;   // 2026-01-05 07:00 UTC
    struct Row { std::int64_t sent, now, due; };
    Row const rows[] = {
        {monday, monday + 10, monday + a_week}, {monday + 60, monday + 70, monday + a_week}, {monday - 1, monday, monday},
        {0, monday - 10, monday},               {0, monday + 10, monday + a_week},           {monday - 3 * a_week, monday, monday - 2 * a_week},
    };
    for (auto const& row : rows)
        CHECK(next_digest(row.sent, row.now) == row.due);
}

TEST_CASE("when it was sent is remembered", "[staff]")
{
    World world;
    CHECK(world.desk->store.with([](auto& store) { return store.digest_sent(); }).value() == 0);
    REQUIRE(world.desk->store.with([](auto& store) { return store.note_digest_sent(17); }));
    REQUIRE(world.desk->store.with([](auto& store) { return store.note_digest_sent(18); }));
    CHECK(world.desk->store.with([](auto& store) { return store.digest_sent(); }).value() == 18);
}
