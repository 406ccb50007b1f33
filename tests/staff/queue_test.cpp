#include "desk_world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace immunobot;
using namespace immunobot::staff;
using namespace immunobot::staff::tests;

TEST_CASE("questions without an answer are one line from the first on", "[staff]")
{
    World world;
    auto& queue = world.desk->queue;
    world.ask("Where can I park my bicycle?");
    auto groups = queue.groups().value();
    REQUIRE(groups.size() == 1);
    auto const id = groups[0].id;
    world.ask("where could i park a bicycle");
    world.ask("Can I park my bicycle somewhere?");
    world.ask("Do you sell sandwiches?");
    groups = queue.groups().value();
    REQUIRE(groups.size() == 2);
    auto const bicycle = *std::ranges::find(groups, id, &knowledge::Group::id);
    CHECK(bicycle.count == 3);
    CHECK(bicycle.question == "Where can I park my bicycle?");

    SECTION("what is not for us stays so when it is asked again")
    {
        REQUIRE(failure(queue.decide(world.editor, id, bicycle.version, Decision::ignore, "no")) == "");
        world.ask("Where can I park my bicycle");
        groups = queue.groups().value();
        CHECK(groups.size() == 2);
        CHECK(std::ranges::find(groups, id, &knowledge::Group::id)->state == "ignored");
    }
    SECTION("what was answered and is asked in vain comes back")
    {
        REQUIRE(failure(queue.decide(world.editor, id, 0, Decision::answered, "parking")) == "");
        world.ask("Where can I park my bicycle today");
        groups = queue.groups().value();
        CHECK(std::ranges::find(groups, id, &knowledge::Group::id)->state == "new");
    }
    SECTION("two who decide at once: the second is told")
    {
        REQUIRE(failure(queue.decide(world.editor, id, bicycle.version, Decision::take, {})) == "");
        CHECK(queue.decide(world.editor, id, bicycle.version, Decision::ignore, {}).error().code == Errc::conflict);
        CHECK(queue.groups().value().size() == 2);
    }
    SECTION("groups are taken apart and joined by hand")
    {
        auto const view = queue.view(id).value();
        REQUIRE(view.questions.size() == 3);
        auto const fresh = queue.split(world.editor, {view.questions[0].reply}).value();
        CHECK(queue.groups().value().size() == 3);
        CHECK(queue.view(fresh).value().questions.size() == 1);
        REQUIRE(failure(queue.merge(world.editor, fresh, id)) == "");
        CHECK(queue.view(id).value().questions.size() == 3);
        CHECK(queue.view(fresh).error().code == Errc::not_found);
        CHECK(queue.merge(world.editor, id, id).error().code == Errc::bad_request);
        CHECK_FALSE(queue.split(world.editor, {"nothing"}));
    }
    SECTION("a second look changes nothing")
    {
        auto const again = queue.groups().value();
        REQUIRE(again.size() == groups.size());
        for (std::size_t i = 0; i < again.size(); ++i) {
            CHECK(again[i].id == groups[i].id);
            CHECK(again[i].count == groups[i].count);
        }
    }
    SECTION("an answer found wrong waits as well")
    {
        world.ask("When was the lab founded?");
        REQUIRE(failure(world.journal->record(knowledge::Feedback{"r" + std::to_string(world.asked), false, ""})) == "");
        CHECK(queue.groups().value().size() == 3);
    }
    SECTION("the gain of an answer is told before it is published")
    {
        knowledge::Answer answer = answer_about_parking();
        answer.entry.questions_en.push_back("Where can I park my bicycle?");
        CHECK(world.desk->answers.rehearse(answer).value().gained == std::vector<std::string>{"Where can I park my bicycle?"});
    }
}

TEST_CASE("while a question is written, what waits for it and what has it already is told", "[staff]")
{
    World world;
    world.ask("Where can I park my bicycle?");
    world.ask("Do you sell sandwiches?");
    REQUIRE(world.desk->queue.groups().value().size() == 2);
    auto const alike = world.desk->queue.alike({"where could i park a bicycle"}).value();
    REQUIRE(alike.size() == 1);
    CHECK(alike[0].question == "Where can I park my bicycle?");
    CHECK(world.desk->queue.alike({"Who leads the lab?"}).value().empty());
    REQUIRE(failure(world.desk->queue.decide(world.editor, alike[0].id, 0, Decision::answered, "parking")) == "");
    CHECK(world.desk->queue.alike({"where could i park a bicycle"}).value().empty());

    auto answer = answer_about_parking();
    answer.entry.questions_en.push_back("Is it open?");
    auto const taken = world.desk->answers.taken(answer);
    REQUIRE(taken.size() == 1);
    CHECK(taken[0].wording == "Is it open?");
    CHECK(taken[0].answer == "open");
    answer.staff_only = true;
    CHECK(world.desk->answers.taken(answer).empty());
    CHECK(world.desk->answers.taken(world.desk->answers.open("open").value().answer).empty());
}

TEST_CASE("an answer that is published on its day answers what waited for it", "[staff]")
{
    World world;
    world.ask("Where can I park my bicycle?");
    REQUIRE(world.desk->queue.groups().value().size() == 1);
    auto answer = answer_about_parking();
    answer.entry.questions_en.push_back("where can i park my bicycle?");
    answer.staff_only = true;
    REQUIRE(world.publish(answer).value().revision > 0);
    REQUIRE(failure(world.desk->queue.settle(world.editor, "parking")) == "");
    CHECK(world.desk->queue.groups().value()[0].state == "new");
    answer.staff_only = false;
    REQUIRE(world.publish(answer).value().revision > 0);
    REQUIRE(failure(world.desk->queue.settle(world.editor, "open")) == "");
    CHECK(world.desk->queue.groups().value()[0].state == "new");
    REQUIRE(failure(world.desk->queue.settle(world.editor, "parking")) == "");
    CHECK(world.desk->queue.groups().value()[0].state == "answered");
}

TEST_CASE("a question is taken for an intent even where the bot is too unsure to answer", "[staff]")
{
    World world;
    world.ask("Where is the zorblax?");
    world.ask("Do you sell sandwiches?");
    auto groups = world.desk->queue.groups().value();
    REQUIRE(groups.size() == 2);
    std::ranges::sort(groups, {}, &knowledge::Group::id);
    auto& guesses = world.desk->guesses;
    CHECK(guesses.of(groups[0]) == "location");
    CHECK(guesses.of(groups[0]) == "location");
    CHECK(guesses.title("location").en != "location");
    CHECK(guesses.title("nothing").fr == "nothing");
    CHECK(guesses.of(groups[1]) != "location");
}
