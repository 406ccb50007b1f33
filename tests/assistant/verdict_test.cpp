#include "assistant/verdict.hpp"

#include "small_world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <ostream>

namespace immunobot::assistant {

std::ostream& operator<<(std::ostream& out, Verdict verdict)
{
    return out << (verdict == Verdict::yes ? "yes" : verdict == Verdict::no ? "no" : "none");
}

}  // namespace immunobot::assistant

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

namespace {

// Of the fact `id`, whether or not it is the best answer.
Verdict judge(std::string_view text, std::string_view id)
{
    auto const analysis = analyse(text);
    auto const all = ranked(analysis);
    auto const at = std::ranges::find(all, fact(id), &RankedFact::fact);
    REQUIRE(at != all.end());
    return verdict(small_world(), analysis, *at);
}

struct Row {
    char const* text;
    char const* fact;
    Verdict says;
};

void check(std::span<Row const> rows)
{
    for (auto const& row : rows) {
        INFO(row.text);
        CHECK(judge(row.text, row.fact) == row.says);
    }
}

}  // namespace

TEST_CASE("a yes needs a fact that says every word itself", "[assistant]")
{
    static Row const rows[] = {
        {"Was Orvalis founded in 1999?", "orvalis.founded.1", Verdict::yes},
        {"Orvalis a-t-elle été fondée en 1999 ?", "orvalis.founded.1", Verdict::yes},
        {"Does Paul Lorrin lead Belcor?", "belcor.leader.1", Verdict::yes},
        {"Orvalis is funded by the Kasimir Fund, isn't it?", "orvalis.funded_by.1", Verdict::yes},
        {"Is Orvalis in Lisbon?", "orvalis.location.1", Verdict::none},  // said, but nobody asks for it like this
        {"Is Orvalis in Tokyo?", "orvalis.location.1", Verdict::none},
        {"Was Orvalis founded in Lisbon in 1999?", "orvalis.founded.1", Verdict::none},
        {"Was Orvalis founded by students in 1999?", "orvalis.founded.1", Verdict::none},
        // Words that only ways of asking have: they may presume what is wrong.
        {"Was Orvalis created in 1999?", "orvalis.founded.1", Verdict::none},
        {"Is Ines Varga the head of Orvalis?", "orvalis.leader.1", Verdict::none},
        {"Is Orvalis generously funded by the Kasimir Fund?", "orvalis.funded_by.1", Verdict::none},
    };
    check(rows);
}

TEST_CASE("another number of the same kind is a no", "[assistant]")
{
    static Row const rows[] = {
        {"Was Orvalis founded in 1998?", "orvalis.founded.1", Verdict::no},
        {"Orvalis a-t-elle été fondée en 2012 ?", "orvalis.founded.1", Verdict::no},
        {"Does Orvalis have 90 employees?", "orvalis.headcount.1", Verdict::no},
        {"Does Orvalis have 85 employees?", "orvalis.headcount.1", Verdict::yes},
        {"Was Orvalis founded by 3 people?", "orvalis.founded.1", Verdict::none},  // no amount stands in the fact
    };
    check(rows);
}

TEST_CASE("another body or person of the same kind is a no, of another kind it is not", "[assistant]")
{
    static Row const rows[] = {
        {"Does Ines Varga lead Belcor?", "belcor.leader.1", Verdict::no},
        {"Is Orvalis led by Paul Lorrin?", "orvalis.leader.1", Verdict::no},
        {"Does Tamarix lead Belcor?", "belcor.leader.1", Verdict::none},
        {"Is Orvalis funded by Belcor?", "orvalis.funded_by.1", Verdict::none},
    };
    check(rows);
}

TEST_CASE("there is no verdict on comparisons, denials, open questions and entries of the FAQ", "[assistant]")
{
    static Row const rows[] = {
        {"Is Orvalis older than Belcor?", "orvalis.founded.1", Verdict::none},
        {"Was Orvalis the first founded, in 1998?", "orvalis.founded.1", Verdict::none},
        {"Orvalis est-elle plus vieille que Belcor ?", "orvalis.founded.1", Verdict::none},
        {"Isn't Orvalis founded in 1998?", "orvalis.founded.1", Verdict::none},
        {"Was Orvalis not founded in 1999?", "orvalis.founded.1", Verdict::none},
        {"Orvalis n'a-t-elle pas été fondée en 1999 ?", "orvalis.founded.1", Verdict::none},
        {"When was Orvalis founded?", "orvalis.founded.1", Verdict::none},
        {"Who leads Belcor?", "belcor.leader.1", Verdict::none},
        {"Can I visit the hub?", "visit", Verdict::none},
    };
    check(rows);
}
