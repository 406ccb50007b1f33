#include "text/spelling.hpp"

#include <catch2/catch.hpp>

using immunobot::Language;
using immunobot::text::Spelling;

namespace {

constexpr std::uint8_t english = 1u << static_cast<unsigned>(Language::en);
constexpr std::uint8_t french = 1u << static_cast<unsigned>(Language::fr);

}  // namespace

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

TEST_CASE("of two words that are equally near, the one of the question's language is meant", "[text]")
{
    struct Row {
        char const* what;
        Spelling::Word founder;
        Spelling::Word fonder;
        char const* in_english;
        char const* in_french;
    };
    static Row const rows[] = {
        {"one of each", {"founder", 1, 1, english}, {"fonder", 1, 2, french}, "founder", "fonder"},
        {"both of both", {"founder", 1, 1, english | french}, {"fonder", 1, 2, english | french}, "", ""},
        {"one of any, like a name", {"founder", 1, 1, 0}, {"fonder", 1, 2, french}, "founder", ""},
        {"the other's is much likelier", {"founder", 100, 1, english}, {"fonder", 1, 2, french}, "founder", "founder"},
        {"not clearly likelier", {"founder", 2, 1, english | french}, {"fonder", 1, 2, english | french}, "", ""},
        {"clearly likelier", {"founder", 3, 1, english | french}, {"fonder", 1, 2, english | french}, "founder", "founder"},
    };
    for (auto const& row : rows)
        for (bool const turned : {false, true}) {
            INFO(row.what);
            Spelling spelling;
            spelling.build(turned ? std::vector{row.fonder, row.founder} : std::vector{row.founder, row.fonder});
            CHECK(spelling.correct("fouder", Language::en) == row.in_english);
            CHECK(spelling.correct("fouder", Language::fr) == row.in_french);
        }
}

TEST_CASE("a word of the other language is still better than none", "[text]")
{
    Spelling spelling;
    spelling.build({{"laboratory", 1, 1, english}});
    CHECK(spelling.correct("labratory", Language::fr) == "laboratory");
}

TEST_CASE("forms of one word are no rivals of each other", "[text]")
{
    std::vector<Spelling::Word> words{{"member", 1, 7}, {"members", 1, 7}};
    Spelling spelling;
    spelling.build(words);
    CHECK(spelling.correct("membert", Language::en) == "member");
    words[1].group = 8;
    spelling.build(words);
    CHECK(spelling.correct("membert", Language::en).empty());
    words[0].group = words[1].group = Spelling::Word().group;  // none: each is a word of its own
    spelling.build(words);
    CHECK(spelling.correct("membert", Language::en).empty());
    words = {{"member", 1, 7}, {"members", 1, 7}, {"memberd", 1, 9}};
    spelling.build(words);
    CHECK(spelling.correct("membert", Language::en).empty());
}

TEST_CASE("words too long or too short are neither corrected nor a correction", "[text]")
{
    std::string const longest(32, 'a');
    Spelling spelling;
    spelling.build({{longest}, {std::string(33, 'b')}, {"cat"}, {"covid19"}});
    CHECK(spelling.correct(longest.substr(1), Language::en) == longest);
    CHECK(spelling.correct(longest + 'a', Language::en).empty());
    CHECK(spelling.correct(std::string(32, 'b'), Language::en).empty());
    CHECK(spelling.correct(std::string(100'000, 'a'), Language::en).empty());
    CHECK(spelling.correct("catt", Language::en).empty());
    CHECK(spelling.correct("covid", Language::en).empty());
}

TEST_CASE("without words there is no correction", "[text]")
{
    Spelling spelling;
    spelling.build({});
    CHECK(spelling.correct("hospital", Language::en).empty());
}

TEST_CASE("a word is never corrected to itself", "[text]")
{
    Spelling spelling;
    spelling.build({{"hospital"}, {"project"}, {"projects"}});
    CHECK(spelling.correct("hospital", Language::en).empty());
    CHECK(spelling.correct("projects", Language::en) == "project");  // which words to correct is the caller's to know
}
