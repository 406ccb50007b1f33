// What every stored question becomes when something is published.
#include "desk_world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace immunobot;
using namespace immunobot::staff;
using namespace immunobot::staff::tests;

namespace {

std::vector<std::string> const birthdays = {"What is the birthday of the Lab?", "How many candles for the Lab?", "In which year did the Lab begin?"};

void teach_birthdays(World& world)
{
    auto const version = world.desk->answers.add_questions(world.editor, "lab.founded.1", birthdays, {}).value();
    REQUIRE(world.desk->answers.publish(world.editor, "lab.founded.1", version, "", false).value().revision > 0);
}

std::vector<std::string> questions_in(std::vector<Turned> const& all)
{
    std::vector<std::string> out;
    for (auto const& turned : all)
        out.push_back(turned.asked.text);
    return out;
}

}  // namespace

TEST_CASE("whatever was taught to a fact is asked again before everything that is published", "[staff][threads]")
{
    World world;
    teach_birthdays(world);
    auto thief = answer_about_parking();
    thief.entry.questions_en = {birthdays[2]};   // the last of the list
    auto const stopped = world.publish(thief).value();
    CHECK(stopped.revision == 0);
    CHECK(questions_in(stopped.regression.worse) == std::vector<std::string>{birthdays[2]});
}

TEST_CASE("a wording that a fact is about to get is asked before it is published", "[staff]")
{
    World world;
    teach_birthdays(world);
    auto const version = world.desk->answers.add_questions(world.editor, "lab.founded.1", {"Is it open?"}, {}).value();   // of the entry "open"
    auto const regression = world.desk->answers.rehearse(world.desk->answers.open("lab.founded.1").value().answer).value();
    CHECK(version > 0);
    CHECK(questions_in(regression.missed) == std::vector<std::string>{"Is it open?"});
}

TEST_CASE("of the ways of asking that came with the data two of each language are asked, of those that staff added all", "[staff]")
{
    knowledge::Knowledge all;
    all.askings.push_back({"lab.founded.1", {"a", "b", "c", "d"}, {"e", "f", "g"}});
    CHECK(stored_questions(all, {}).size() == 4);
    auto const with = stored_questions(all, {}, {{"lab.founded.1", "d"}, {"lab.founded.1", "a"}, {"lab.founded.1", "gone"}, {"unit.part_of.1", "c"}});
    REQUIRE(with.size() == 5);
    CHECK(with[2].text == "d");
    CHECK(with[2].wanted == "lab.founded.1");
    auto wanted = all;
    wanted.askings[0].questions_fr.push_back("h");
    wanted.askings.push_back({"unit.part_of.1", {"i"}, {}});
    CHECK(new_wordings(all, wanted) == std::vector<knowledge::Taught>{{"lab.founded.1", "h"}, {"unit.part_of.1", "i"}});
    CHECK(new_wordings(wanted, all).empty());
}

TEST_CASE("what a new fact takes over from another was not taught", "[staff]")
{
    World world;
    teach_birthdays(world);
    auto fact = world.desk->store.with([](auto& store) { return store.fact("lab.founded.1"); }).value().value().fact;
    fact.id = "lab.founded.2";
    auto const set = world.desk->store.with([&](auto& store) { return store.set_facts({{fact, 0, "lab.founded.1"}}, {}, "fact set", {"ada@example.org", "test", "fact.set"}); });
    REQUIRE(failure(set) == "");
    auto const all = world.desk->answers.knowledge().value();
    CHECK(std::ranges::find(all.askings, "lab.founded.2", &knowledge::Asking::id)->questions_en == birthdays);
    auto const taught = world.desk->store.with([](auto& store) { return store.taught(); }).value();
    CHECK(taught == std::vector<knowledge::Taught>{{"lab.founded.1", birthdays[0]}, {"lab.founded.1", birthdays[1]}, {"lab.founded.1", birthdays[2]}});
}

TEST_CASE("a question that one answer loses to another stands in one list", "[staff]")
{
    World world;
    teach_birthdays(world);
    auto thief = answer_about_parking();
    thief.entry.questions_en = {birthdays[0]};
    auto const regression = world.desk->answers.rehearse(thief).value();
    CHECK(questions_in(regression.worse) == std::vector<std::string>{birthdays[0]});
    auto const gained = questions_in(regression.better);
    CHECK(std::ranges::find(gained, birthdays[0]) == gained.end());
    CHECK(questions_in(regression.missed).empty());
    CHECK(regression.newly_wrong == 1);
    CHECK(regression.newly_right == regression.better.size());
    CHECK(regression.newly_right >= 2);   // the French ones
    CHECK(regression.asked == regression.newly_right + regression.newly_wrong + regression.unchanged);
}

TEST_CASE("both answers are told, each as it is worded then", "[staff]")
{
    World world;
    teach_birthdays(world);
    auto thief = answer_about_parking();
    thief.entry.questions_en = {birthdays[0]};
    auto const regression = world.desk->answers.rehearse(thief).value();
    REQUIRE(regression.worse.size() == 1);
    CHECK(regression.worse[0].said_before == "The lab was founded in 1976.");
    CHECK(regression.worse[0].said_after == "Behind the lab.");
    REQUIRE_FALSE(regression.better.empty());
    CHECK(regression.better[0].said_after == "Derri\u00e8re le labo.");
}

TEST_CASE("who publishes what was just looked at waits for no second look", "[staff]")
{
    World world;
    auto& answers = world.desk->answers;
    auto const answer = answer_about_parking();
    auto const first = answers.rehearse(answer).value();
    world.ask("Where can I park my car?");   // shows whether there was another look
    CHECK(answers.rehearse(answer, Answers::Look::kept).value().past_asked == first.past_asked);
    CHECK(answers.rehearse(answer).value().past_asked == first.past_asked + 1);

    auto other = answer;
    other.entry.answer.en = "In front of the lab.";
    world.ask("Is there a car park?");
    CHECK(answers.rehearse(other, Answers::Look::kept).value().past_asked == first.past_asked + 2);   // another text
    world.ask("Do you sell sandwiches?");
    teach_birthdays(world);
    CHECK(answers.rehearse(answer, Answers::Look::kept).value().past_asked == first.past_asked + 3);  // another revision
    world.ask("Do you sell coffee?");
    world.bot->reload_intents();
    CHECK(answers.rehearse(answer, Answers::Look::kept).value().past_asked == first.past_asked + 4);  // other intents
}
