#include "text/spelling.hpp"

#include <catch2/catch.hpp>

using immunobot::text::Spelling;

TEST_CASE("an unknown word is taken for the nearest known one, never by guessing", "[text]")
{
    Spelling spelling;
    spelling.build({{"hospital", 1}, {"research", 1}, {"supporter", 1}, {"member", 1}, {"centre", 1}, {"centra", 1}, {"cell", 1}, {"bell", 1}});
    struct Row {
        char const* typed;
        char const* meant;
    };
    static Row const rows[] = {
        {"hopsital", "hospital"},   // two letters swapped
        {"reserch", "research"},    // one left out
        {"suporterr", "supporter"}, // two errors in a long word
        {"memeber", "member"},
        {"centr", ""},              // centre or centra: a tie
        {"dell", ""},               // too short for a change of the first letter
        {"xyz", ""},                // too short
        {"cro2", ""},               // has a digit
        {"restaurant", ""},
        {"", ""},
    };
    for (auto const& row : rows)
        CHECK(spelling.correct(row.typed, immunobot::Language::en) == row.meant);
}

TEST_CASE("the edit distance counts insertions, deletions, changes and swaps, up to a limit", "[text]")
{
    using immunobot::text::edit_distance;
    CHECK(edit_distance("abc", "abc", 2) == 0);
    CHECK(edit_distance("abc", "acb", 2) == 1);
    CHECK(edit_distance("abc", "abcd", 2) == 1);
    CHECK(edit_distance("abc", "xyz", 2) == 3);
    CHECK(edit_distance(std::string(100, 'a'), "a", 2) == 3);
}
