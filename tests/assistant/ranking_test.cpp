#include "assistant/ranking.hpp"

#include "small_world.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

TEST_CASE("facts that are there no more are not ranked, nor touched", "[assistant]")
{
    auto const analysis = analyse("Who funds Orvalis? Can I visit the hub?");
    std::vector<RankedFact> out;
    Ranker ranker;
    ranker.rank(small_world(), analysis, 8, out);
    auto const most = small_world().index.facts().size();
    REQUIRE(out.size() == 8);
    ranker.rank(world_of_fewer_facts(), analysis, 8, out);
    REQUIRE(world_of_fewer_facts().index.facts().size() < most);
    for (auto const& ranked : out)
        CHECK(ranked.fact < world_of_fewer_facts().index.facts().size());
}
