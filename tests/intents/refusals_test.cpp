#include "intents/refusals.hpp"

#include "word_folder.hpp"

using namespace immunobot;
using namespace immunobot::intents;
using namespace immunobot::intents::tests;

TEST_CASE("refusals are read in their order, each in its language", "[intents]")
{
    WordFolder folder;
    folder.write("refusals.csv", "language,question\r\nen,Is there parking?\r\nfr,\"Où se garer, s'il vous plaît ?\"\r\n");
    auto const refusals = read_refusals(folder.path(), folder.found);
    CHECK(folder.problems() == "");
    REQUIRE(refusals.size() == 2);
    CHECK(refusals[0].language == Language::en);
    CHECK(refusals[0].question == "Is there parking?");
    CHECK(refusals[1].language == Language::fr);
    CHECK(refusals[1].question == "Où se garer, s'il vous plaît ?");
}

TEST_CASE("columns of the refusals may stand in any order", "[intents]")
{
    WordFolder folder;
    folder.write("refusals.csv", "question,language\nWho won?,en\n");
    auto const refusals = read_refusals(folder.path(), folder.found);
    REQUIRE(refusals.size() == 1);
    CHECK(refusals[0].question == "Who won?");
}

TEST_CASE("a folder without refusals has none, and that is no problem", "[intents]")
{
    WordFolder folder;
    CHECK(read_refusals(folder.path(), folder.found).empty());
    CHECK(folder.found.empty());
}

TEST_CASE("a refusal of an unknown language is told and left out", "[intents]")
{
    WordFolder folder;
    folder.write("refusals.csv", "language,question\nen,Is there parking?\nde,Wo ist der Parkplatz?\nfr,Où se garer ?\n");
    auto const refusals = read_refusals(folder.path(), folder.found);
    CHECK(refusals.size() == 2);
    REQUIRE(folder.found.size() == 1);
    CHECK(folder.found[0].code == "L010");
    CHECK(folder.found[0].line == 3);
    CHECK(folder.found[0].severity == Severity::error);
    CHECK_FALSE(folder.found[0].hint.empty());
}

TEST_CASE("a refusals.csv without its columns gives problems, not questions", "[intents]")
{
    for (char const* content : {"", "question\nWho won?\n", "language,question,language\nen,Who won?,en\n", "language,question\nen\n"}) {
        WordFolder folder;
        folder.write("refusals.csv", content);
        INFO(content);
        CHECK(read_refusals(folder.path(), folder.found).empty());
        CHECK(has_errors(folder.found));
    }
}
