#include "staff/merging.hpp"
#include "staff/presence.hpp"
#include "staff/reasons.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

using namespace immunobot;
using namespace immunobot::staff;
using Fate = MergedField::Fate;

TEST_CASE("what becomes of a text that two have changed", "[staff]")
{
    struct Row {
        char const* was;
        char const* mine;
        char const* theirs;
        char const* merged;
        Fate fate;
    };
    for (Row const& row : {Row{"a", "a", "a", "a", Fate::same}, Row{"a", "b", "b", "b", Fate::same}, Row{"a", "b", "a", "b", Fate::mine}, Row{"a", "a", "b", "b", Fate::theirs},
                           Row{"a", "b", "c", "b", Fate::clash}, Row{"a", "", "c", "", Fate::clash}}) {
        auto const field = merge_texts("x", row.was, row.mine, row.theirs);
        INFO(row.was << ' ' << row.mine << ' ' << row.theirs);
        CHECK(field.merged == row.merged);
        CHECK(field.fate == row.fate);
    }
}

TEST_CASE("of lists both changes are made", "[staff]")
{
    auto const both = merge_lines("x", "a\nb\nc", "a\nc\nd", "b\nc\ne");
    CHECK(both.merged == "c\nd\ne");
    CHECK(both.fate == Fate::joined);
    CHECK(merge_lines("x", "", "a", "a\nb").merged == "a\nb");
    CHECK(merge_lines("x", "a", "", "").fate == Fate::same);
}

TEST_CASE("whoever is at a text is gone after ten minutes without a sign, or when done", "[staff]")
{
    Presence presence;
    Person const ada{1, "ada@example.org", "Ada", Role::editor, "test"};
    Person const bob{2, "bob@example.org", "Bob", Role::editor, "test"};
    presence.note("open", ada, 1'000);
    CHECK(presence.others("open", ada, 1'001).empty());
    REQUIRE(presence.others("open", bob, 1'001).size() == 1);
    CHECK(presence.others("open", bob, 1'001)[0].email == "ada@example.org");
    CHECK(presence.others("other", bob, 1'001).empty());
    presence.note("open", ada, 1'500);
    CHECK(presence.others("open", bob, 2'000)[0].since == 1'000);
    CHECK(presence.others("open", bob, 2'200).empty());
    presence.note("open", ada, 2'300);
    presence.leave("open", ada);
    CHECK(presence.others("open", bob, 2'301).empty());
}

TEST_CASE("reasons are told in the reader's language", "[staff]")
{
    auto const title = [](std::string_view id) { return "<" + std::string(id) + ">"; };
    Reasons const french(Language::fr, title);
    CHECK(french.said("fr, by its words: 0.0 English, 1.2 French") == "fran\u00e7ais, d'apr\u00e8s ses mots (anglais 0.0, fran\u00e7ais 1.2)");
    CHECK(french.said("intent founded (When it was created) by its keywords: 1.20") == "intention \u00ab <founded> \u00bb d'apr\u00e8s ses mots-cl\u00e9s");
    CHECK(french.said("read as \"O\u00f9 est le labo\": the wish of before, of another") == "lue comme \u00ab O\u00f9 est le labo \u00bb : la question d'avant, pour un autre");
    CHECK(french.note("lab, keyword of address, like \"place\"") == "lab, mot-cl\u00e9 de \u00ab <address> \u00bb, comme \u00ab place \u00bb");
    CHECK(french.candidate("said; location; accounts for: where lab; not for: today; words 0.50, wordings 0.25, property 0.10") ==
          "donn\u00e9e; <location>; explique : where lab; n'explique pas : today; mots 0.50, formulations 0.25, sujet 0.10");
    CHECK(Reasons(Language::en, title).said("function") == "small word");
}

// A reason that the bot learns to give is one that the staff must be able to read.
TEST_CASE("no reason of the bot is left untold in French", "[staff]")
{
    std::regex const given("(?:steps\\.push_back\\(|structural, [^;]*, |Verdict::no, |prior, |, 1, |0\\.8f, )\"([a-z][^\"]*)\"");
    Reasons const french(Language::fr, [](std::string_view) { return std::string(); });
    std::size_t found = 0;
    for (auto const& entry : std::filesystem::directory_iterator(std::string(IMMUNOBOT_ROOT) + "/src/assistant")) {
        std::ifstream file(entry.path());
        std::string const text(std::istreambuf_iterator<char>(file), {});
        if (entry.path().extension() != ".cpp")
            continue;
        for (auto at = std::sregex_iterator(text.begin(), text.end(), given); at != std::sregex_iterator(); ++at, ++found) {
            std::string reason = (*at)[1];
            if (reason.back() == ' ')
                reason += "x";
            if (reason == "intent x" || reason == "split into x" || reason == "fixed reply of the intent x")
                continue;   // their ends stand apart
            if (reason == "a list with others than x")
                reason += ": y";
            INFO(reason);
            CHECK(french.said(reason) != reason);
        }
    }
    CHECK(found >= 10);
}
