// What administrators choose for the whole desk.
#include "desk_world.hpp"

#include "knowledge/past.hpp"

#include <algorithm>

using namespace immunobot;
using namespace immunobot::staff;
using namespace immunobot::staff::tests;

namespace {

struct EndedWorld : World {
    EndedWorld()
    {
        edit_database("UPDATE fact SET valid_to='1976' WHERE id='lab.founded.1';"
                      "UPDATE faq SET valid_to='2020' WHERE id='open';"
                      "UPDATE meta SET value=value+1 WHERE key='revision'");
    }

    void choose(std::string_view value) { REQUIRE(failure(desk->settings.choose(admin, knowledge::over_setting, value)) == ""); }

    Person const admin{2, "grace@example.org", "Grace", Role::admin, "test"};
};

using FactIds = std::vector<std::string>;

}  // namespace

TEST_CASE("what has ended is told with its date, or not at all, as administrators choose", "[staff]")
{
    EndedWorld scene;
    auto const entry = scene.ask("Is it open?");
    REQUIRE(entry.facts == FactIds{"open"});
    CHECK(entry.answer.find("2020") != std::string::npos);
    auto const history = scene.ask("When was the lab founded?");
    REQUIRE(history.facts == FactIds{"lab.founded.1"});

    scene.choose("silent");
    for (auto const* question : {"Is it open?", "Opening?", "C'est ouvert ?"}) {
        auto const reply = scene.ask(question);
        INFO(question << ": " << reply.answer);
        CHECK(reply.facts.empty());
        CHECK(reply.status != assistant::Status::answered);
        CHECK(std::ranges::none_of(reply.suggestions, [&](auto const& one) { return one.question == "Is it open?" || one.question == question; }));
    }
    SECTION("a sentence that says itself until when it held is history")
    {
        CHECK(scene.ask("When was the lab founded?").answer == history.answer);
    }
    SECTION("the questions wait for the staff, who find what there was")
    {
        auto const groups = scene.desk->queue.groups().value();
        CHECK(std::ranges::any_of(groups, [](auto const& group) { return group.question == "Is it open?"; }));
        auto const found = scene.desk->search.find("open", 10).value();
        auto const there = std::ranges::find(found, "open", &Found::id);
        REQUIRE(there != found.end());
        CHECK(there->valid_to == "2020");
    }
    SECTION("nothing of it is offered while somebody types")
    {
        auto worker = scene.bot->worker().value();
        CHECK(worker.suggest("is it", Language::en, 5, today_here()).empty());
    }
    SECTION("chosen back, all is told as before, to the letter")
    {
        scene.choose("say");
        CHECK(scene.ask("Is it open?").answer == entry.answer);
    }
}

TEST_CASE("a setting holds at once for whoever else answers from the database, and the past knows it", "[staff]")
{
    EndedWorld scene;
    auto const other = assistant::Assistant::create(scene.options()).value();
    auto worker = other->worker().value();
    auto const told = [&] { return !worker.answer({"Is it open?", {}, {}, false, "test"}, today_here()).facts.empty(); };
    REQUIRE(told());
    auto const before = scene.desk->answers.knowledge().value().revision;
    scene.choose("silent");
    CHECK_FALSE(told());
    auto const after = scene.bot->snapshot()->revision;
    CHECK(after == before + 1);
    scene.choose("say");
    CHECK(told());
    CHECK_FALSE(knowledge::knowledge_at(scene.database, before).value().silent_when_over);
    CHECK(knowledge::knowledge_at(scene.database, after).value().silent_when_over);
    // No change of a text, so the history of these has none.
    CHECK(scene.desk->store.with([](auto& store) { return store.recent_changes(100, 100); }).value().empty());
}

TEST_CASE("a setting is changed once, to a value that it has, and audited with what held before", "[staff]")
{
    EndedWorld scene;
    auto& settings = scene.desk->settings;
    auto const rows = [&] { return scene.desk->store.with([](auto& store) { return store.audit({{}, "setting.change"}); }).value(); };
    CHECK(settings.choose(scene.admin, "over", "sometimes").error().code == Errc::bad_request);
    CHECK(settings.choose(scene.admin, "colour", "blue").error().code == Errc::not_found);
    CHECK(settings.choose(scene.admin, "over", "say").value() == "say");
    CHECK(rows().empty());
    scene.choose("silent");
    REQUIRE(rows().size() == 1);
    CHECK(rows()[0].act.who == scene.admin.email);
    CHECK(rows()[0].act.target == "over");
    CHECK(rows()[0].act.before == "say");
    CHECK(rows()[0].act.after == "silent");
    auto const late = scene.desk->store.with([&](auto& store) { return store.set_setting(*knowledge::setting_form("over"), "say", "silent", {"late", "test", "setting.change"}); });
    CHECK(late.error().code == Errc::conflict);
    CHECK(rows().size() == 1);
}
