#include "text/tokens.hpp"

#include <catch2/catch.hpp>

using immunobot::text::tokenise;

namespace {

std::string words(char const* text)
{
    auto const tokens = tokenise(text);
    std::string out;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        out += (i == 0 ? "" : "|") + std::string(tokens.word(i));
    return out;
}

}  // namespace

TEST_CASE("a text is split into folded words", "[text]")
{
    struct Row {
        char const* text;
        char const* words;
    };
    static Row const rows[] = {
        {"Où est l'AP-HM ?", "ou|est|l|ap|hm"},
        {"C.I.M.L. et CNRS", "ciml|et|cnrs"},
        {"what's CAR-T?", "what|s|car|t"},
        {"CRO2, ICT01", "cro2|ict01"},
        {"", ""},
        {" \n\t?! ", ""},
        {"a.b", "ab"},
        {"12,5 M", "12|5|m"},
    };
    for (auto const& row : rows)
        CHECK(words(row.text) == row.words);
}

TEST_CASE("tokens know where they stood and how they were typed", "[text]")
{
    auto const tokens = tokenise("L'IPC est où ? Merci");
    REQUIRE(tokens.size() == 5);
    CHECK(tokens.list[0].elided);
    CHECK(tokens.list[1].upper);
    CHECK(tokens.list[1].glued);
    CHECK(tokens.list[1].begin == 2);
    CHECK(tokens.list[1].end == 5);
    CHECK_FALSE(tokens.list[2].sentence_start);
    CHECK(tokens.list[4].sentence_start);
    CHECK(tokens.list[4].capital);
    CHECK(tokens.question_mark);
}

TEST_CASE("the dot of a title or an initial ends no sentence", "[text]")
{
    for (auto const* typed : {"Is M. Vey there", "Is Dr. Vey there", "is prof. Vey there", "Is E. Vey there"}) {
        INFO(typed);
        auto const tokens = tokenise(typed);
        REQUIRE(tokens.size() == 4);
        CHECK_FALSE(tokens.list[2].sentence_start);
    }
    CHECK(tokenise("I am in phase b. Who pays?").list[5].sentence_start);
}
