#include "assistant/reachability.hpp"

#include "small_world.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

namespace {

std::string told(Diagnostics const& found)
{
    std::string out;
    for (auto const& one : found)
        out += one.code + " " + one.message + "\n";
    return out;
}

}  // namespace

TEST_CASE("a fact that no way of asking reaches is told", "[assistant]")
{
    auto knowledge = small_knowledge();
    // Whoever asks for it is told the head of before; and nobody can ask for the last.
    knowledge.facts.push_back({"orvalis.history.1", "orvalis", "history", "", "", {"Something else altogether.", "Tout autre chose."}, "", "", "", "web", "public"});
    knowledge.askings.push_back({"orvalis.history.1", {"Who leads Orvalis?"}, {"Qui dirige Orvalis ?"}});
    knowledge.facts.push_back({"belcor.history.1", "belcor", "history", "", "", {"Nothing.", "Rien."}, "", "", "", "web", "public"});
    Diagnostics found;
    find_unreached_facts(Snapshot(shipped_intents(), knowledge), knowledge, "nowhere", found);
    CHECK(told(found) == "L110 none of the ways of asking for 'orvalis.history.1' is answered with it\n"
                         "L110 there is no way of asking for 'belcor.history.1'\n");
    found.clear();
    find_unreached_facts(small_world(), small_knowledge(), "nowhere", found);
    CHECK(told(found) == "");
}

TEST_CASE("an intent without facts is told", "[assistant]")
{
    intents::Intent with;
    with.id = "founded";
    with.properties = {"nothing_of_the_kind", "founded"};
    intents::Intent without;
    without.id = "parking";
    without.file = "intents/parking.yaml";
    without.answers_line = 3;
    without.properties = {"parking"};
    intents::Intent fixed;
    fixed.id = "hello";
    fixed.status = "smalltalk";
    Diagnostics found;
    find_intents_without_facts({with, without, fixed}, small_knowledge(), found);
    CHECK(told(found) == "L111 there is no fact that 'parking' could answer with\n");
    CHECK(found.at(0).file == "intents/parking.yaml");
    CHECK(found.at(0).line == 3);
}
