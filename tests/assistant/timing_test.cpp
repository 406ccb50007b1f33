#include "assistant/timing.hpp"

#include "assistant/answering.hpp"
#include "small_world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

namespace {

// Three who led one house after another, the dates in no sentence; and one who is still to come.
std::shared_ptr<Snapshot const> succession(bool silent_when_over = false)
{
    auto all = small_knowledge();
    all.silent_when_over = silent_when_over;
    auto const fact = std::ranges::find(all.facts, std::string("leader"), &knowledge::Fact::property);
    REQUIRE(fact != all.facts.end());
    auto const first = *fact;
    auto const entity = std::ranges::find(all.entities, first.entity, &knowledge::Entity::id)->name;
    std::erase_if(all.facts, [&](auto const& one) { return one.entity == first.entity && one.property == "leader"; });
    struct Row { char const* who; char const* from; char const* to; };
    int number = 0;
    for (Row const& row : {Row{"Ada Lovelace", "2001-01-01", "2009-12-31"}, Row{"Grace Hopper", "2010-01-01", "2017-06-30"}, Row{"Mary Somerville", "2017-07-01", "2031-04-30"}, Row{"Emmy Noether", "2031-05-01", ""}}) {
        auto one = first;
        one.id = first.entity + ".leader." + std::to_string(++number);
        one.valid_from = row.from;
        one.valid_to = row.to;
        one.text = {std::string(row.who) + " leads " + entity.en + ".", std::string(row.who) + " dirige " + entity.fr + "."};
        one.value = row.who;
        all.facts.push_back(one);
    }
    return std::make_shared<Snapshot const>(shipped_intents(), all);
}

std::string leader_told(Snapshot const& snapshot, std::string const& question, Date const& today)
{
    Ranker ranker;
    text::Stemmer stemmer;
    auto const decision = Answering(snapshot, ranker, stemmer, Analyser::Spelling::corrected, today).decide(question, {}, {});
    std::string told;
    for (auto const& part : decision.parts)
        for (auto const fact : part.chosen)
            told += snapshot.index.facts()[fact].id + ' ';
    return told;
}

}  // namespace

TEST_CASE("the year that is asked about", "[assistant]")
{
    Date const today{2026, 11, 25};
    CHECK(asked_year({"2015"}, today) == 2015);
    CHECK(asked_year({"3", "2015"}, today) == 2015);
    CHECK_FALSE(asked_year({"2015", "2016"}, today));
    CHECK_FALSE(asked_year({"2030"}, today));
    CHECK_FALSE(asked_year({"1200"}, today));
    CHECK_FALSE(asked_year({"20150"}, today));
    CHECK_FALSE(asked_year({}, today));
}

TEST_CASE("what is over is not what holds at the moment", "[assistant]")
{
    auto all = small_knowledge();
    auto const leader = *std::ranges::find(all.facts, std::string("orvalis.leader.1"), &knowledge::Fact::id);
    for (auto const* years : {"1999-2004", "2004-2009", "2009-2015"}) {
        auto one = leader;
        one.property = "former_leader";
        one.id = "orvalis.former_leader." + std::string(years).substr(2, 2);
        one.valid_from = std::string(years).substr(0, 4);
        one.valid_to = std::string(years).substr(5);
        one.value = "Ada Lovelace";
        one.text = {"Ada Lovelace led Orvalis at that moment.", "Ada Lovelace dirigeait Orvalis en ce moment."};
        all.facts.push_back(one);
    }
    Snapshot const snapshot(shipped_intents(), all);
    for (auto const* question : {"Who leads Orvalis at the moment?", "Who is the current head of Orvalis?", "Qui dirige Orvalis en ce moment ?"}) {
        INFO(question);
        CHECK(leader_told(snapshot, question, {2026, 11, 25}) == "orvalis.leader.1 ");
    }
}

TEST_CASE("who led it then, who leads it now, who will", "[assistant]")
{
    auto const snapshot = succession(GENERATE(false, true));
    auto const leader = std::ranges::find_if(snapshot->index.facts(), [](auto const& one) { return one.id == "orvalis.leader.1"; });
    REQUIRE(leader != snapshot->index.facts().end());
    auto const house = snapshot->entities[leader->entity].name.en;
    struct Row { std::string question; Date today; char const* told; };
    Row const rows[] = {
        {"Who leads " + house + "?", {2026, 11, 25}, "orvalis.leader.3"},
        {"Who leads " + house + "?", {2031, 4, 30}, "orvalis.leader.3"},
        {"Who led " + house + " in 2005?", {2026, 11, 25}, "orvalis.leader.1"},
        {"Who led " + house + " in 2015?", {2026, 11, 25}, "orvalis.leader.2"},
        {"Who led " + house + " in 2020?", {2026, 11, 25}, "orvalis.leader.3"},
        {"Who led " + house + " in 1990?", {2026, 11, 25}, ""},
        {"Who led " + house + " in 2035?", {2026, 11, 25}, ""},
    };
    for (auto const& row : rows) {
        INFO(row.question);
        INFO(leader_told(*snapshot, row.question, row.today));
        auto const told = leader_told(*snapshot, row.question, row.today);
        CHECK(told.substr(0, told.find(' ')) == row.told);
        CHECK(told.find("leader.4") == std::string::npos);
    }
    INFO(leader_told(*snapshot, "Who leads " + house + "?", {2031, 5, 1}));
    CHECK(leader_told(*snapshot, "Who leads " + house + "?", {2031, 5, 1}).find("leader.4") != std::string::npos);
}

TEST_CASE("what has ended is told, or not at all where that is chosen, but for what held in the year that is asked about", "[assistant]")
{
    auto all = small_knowledge();
    auto& leader = *std::ranges::find(all.facts, std::string("belcor.leader.1"), &knowledge::Fact::id);
    leader.valid_from = "2010";
    leader.valid_to = "2019";
    all.faq[0].valid_to = "2020-06-30";
    auto& founded = *std::ranges::find(all.facts, std::string("tamarix.founded.1"), &knowledge::Fact::id);
    founded.valid_to = "2004";   // as its sentences say themselves
    Snapshot const told(shipped_intents(), all);
    all.silent_when_over = true;
    Snapshot const silent(shipped_intents(), all);
    Date const today{2026, 11, 25};
    for (auto const* question : {"Who leads Belcor?", "Who runs Belcor?", "Qui dirige Belcor ?", "Can I visit the hub?", "Peut-on visiter le hub ?"}) {
        INFO(question);
        CHECK_FALSE(leader_told(told, question, today).empty());
        CHECK(leader_told(silent, question, today).empty());
        CHECK(leader_told(silent, question, {2019, 12, 31}) == leader_told(told, question, {2019, 12, 31}));
    }
    for (auto const* question : {"Who led Belcor in 2015?", "When was Tamarix founded?", "Quand a \u00e9t\u00e9 fond\u00e9 Tamarix ?", "Where is Belcor?", "Who leads Orvalis?"}) {
        INFO(question);
        CHECK_FALSE(leader_told(told, question, today).empty());
        CHECK(leader_told(silent, question, today) == leader_told(told, question, today));
    }
}
