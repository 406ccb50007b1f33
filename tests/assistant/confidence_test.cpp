#include "assistant/confidence.hpp"

#include "small_world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

namespace {

float confidence_in(std::string_view text)
{
    auto const analysis = analyse(text);
    return confidence(small_world(), analysis, ranked(analysis));
}

void set(RankedFact& fact, Evidence which, float value)
{
    fact.evidence[static_cast<std::size_t>(which)] = value;
}

}  // namespace

TEST_CASE("where nothing was found there is no confidence", "[assistant]")
{
    CHECK(confidence(small_world(), analyse("When was Orvalis founded?"), {}) == 0);
    CHECK(confidence(small_world(), analyse(""), {}) == 0);
    for (auto const* text : {"", "?!", "xyzzy plugh"}) {
        INFO(text);
        CHECK(ranked(analyse(text)).empty());
        CHECK(confidence_in(text) == 0);
    }
}

TEST_CASE("confidence is a probability, whatever is asked", "[assistant]")
{
    for (auto const* text : {"When was Orvalis founded?", "Orvalis", "Orvalis parking?", "founded", "Qui dirige Belcor ?", "the the the", "1999", "Can I visit the hub?",
                             "Orvalis Belcor Tamarix Kasimir Fund Ines Varga Paul Lorrin"}) {
        INFO(text);
        CHECK(confidence_in(text) >= 0);
        CHECK(confidence_in(text) <= 1);
    }
}

TEST_CASE("what is asked in known words is surer than with strange ones, and than what no fact tells", "[assistant]")
{
    struct Row {
        char const* surer;
        char const* less;
    };
    static Row const rows[] = {
        {"When was Orvalis founded?", "When was Orvalis founded in the zeppelin hangar?"},
        {"Who leads Belcor?", "Who leads the xyzzy plugh of Belcor?"},
        {"Who leads Belcor?", "Is there parking at Belcor?"},
        {"Who funds Orvalis?", "What is the share price of Orvalis?"},
        {"Où se trouve Belcor ?", "Où se trouve le parking de Belcor ?"},
        {"Who are the members of the hub?", "Who are the cousins of the hub?"},
        {"When was Orvalis founded?", "When was the zeppelin founded?"},
    };
    for (auto const& row : rows) {
        INFO(row.surer << " / " << row.less);
        CHECK(confidence_in(row.surer) > confidence_in(row.less));
    }
}

TEST_CASE("the further the rival is behind, the surer the best is", "[assistant]")
{
    auto const analysis = analyse("Who leads Belcor?");
    auto all = ranked(analysis);
    REQUIRE(small_world().index.facts()[all[0].fact].id == "belcor.leader.1");
    all.resize(1);
    RankedFact rival = all[0];
    rival.fact = fact("orvalis.founded.1");
    all.push_back(rival);
    all[1].score = all[0].score;
    float const beside = confidence(small_world(), analysis, all);
    float before = 0;
    for (float const behind : {0.0f, 0.5f, 1.0f, 2.0f, 4.0f}) {
        all[1].score = all[0].score - behind;
        float const now = confidence(small_world(), analysis, all);
        CHECK(now >= before - 0.001f);   // trees step
        before = now;
    }
    CHECK(before > beside);
    all[1].score = all[0].score - 100;
    CHECK(confidence(small_world(), analysis, all) == before);
    all.pop_back();
    CHECK(confidence(small_world(), analysis, all) == before);  // no rival is as good as one far behind
}

TEST_CASE("another statement of the same is no rival", "[assistant]")
{
    auto const analysis = analyse("Who leads Belcor?");
    auto all = ranked(analysis);
    all.resize(1);
    float const alone = confidence(small_world(), analysis, all);
    all.push_back(all[0]);
    CHECK(confidence(small_world(), analysis, all) >= alone - 0.02f);
}

TEST_CASE("more of the evidence that matters most is hardly ever less sure", "[assistant]")
{
    auto const analysis = analyse("Who leads Belcor?");
    for (auto const which : {Evidence::entity, Evidence::alike, Evidence::property}) {
        auto all = ranked(analysis);
        all.resize(1);
        float before = 0;
        for (float const value : {0.0f, 0.25f, 0.5f, 0.75f, 1.0f}) {
            set(all[0], which, value);
            float const now = confidence(small_world(), analysis, all);
            INFO(static_cast<int>(which) << " at " << value);
            CHECK(now >= before - 0.02f);
            before = now;
        }
    }
}

TEST_CASE("what the trees read is bounded", "[assistant]")
{
    for (auto const* text : {"When was Orvalis founded?", "Orvalis parking zeppelin hangar xyzzy", "Combien de salariés compte Belcor en 2012 ?", "Orvalis"}) {
        auto const analysis = analyse(text);
        auto const all = ranked(analysis);
        REQUIRE_FALSE(all.empty());
        auto const in = confidence_input(small_world(), analysis, all);
        for (float const one : in) {
            CHECK(one >= -0.001f);
            CHECK(one <= 2.5f);
        }
    }
}

TEST_CASE("a ranking is in order, within its limit, and has each fact once", "[assistant]")
{
    Ranker ranker;
    for (auto const* text : {"When was Orvalis founded?", "founded", "Belcor", "Qui dirige Belcor et Orvalis ?", "1999", ""})
        for (std::size_t const limit : {0u, 1u, 3u, 1'000u}) {
            INFO(text << ", " << limit);
            std::vector<RankedFact> out;
            ranker.rank(small_world(), analyse(text), limit, out);
            CHECK(out.size() <= limit);
            CHECK(std::ranges::is_sorted(out, std::greater{}, &RankedFact::score));
            std::vector<FactIndexId> ids;
            for (auto const& one : out) {
                ids.push_back(one.fact);
                CHECK(one.fact < small_world().index.facts().size());
                CHECK(one.coverage <= 1.001f);
                CHECK(one.coverage >= 0);
                CHECK(one.stated <= 1.001f);
                CHECK(one.foreign <= 1.001f);
            }
            std::ranges::sort(ids);
            CHECK(std::ranges::adjacent_find(ids) == ids.end());
        }
}

TEST_CASE("what is looked at closely bounds a ranking, not what wins", "[assistant]")
{
    Ranker ranker;
    auto const analysis = analyse("Who leads Belcor?");
    std::vector<RankedFact> one, all;
    ranker.rank(small_world(), analysis, 1, one);
    ranker.rank(small_world(), analysis, 1'000, all);
    REQUIRE(one.size() == 1);
    CHECK(one[0].fact == all[0].fact);
    CHECK(one[0].score == all[0].score);
}
