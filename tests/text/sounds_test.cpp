#include "text/spelling.hpp"

#include <catch2/catch.hpp>

using immunobot::Language;
using immunobot::text::sound_of;
using immunobot::text::Spelling;

TEST_CASE("words that sound alike have one sound, others have not", "[text]")
{
    struct Row {
        char const* one;
        char const* another;
        bool alike;
    };
    static Row const rows[] = {
        {"pharma", "farma", true},
        {"calmettes", "calmete", true},
        {"clinique", "klinik", true},
        {"president", "presidant", true},
        {"rythme", "ritme", true},
        {"cellule", "selule", true},
        {"zone", "sone", true},
        {"batiment", "battimant", true},
        {"inhibiteur", "inibiteur", true},
        {"projets", "projet", true},
        {"chat", "cat", false},      // "ch" is no "k"
        {"sherpa", "serpa", false},  // nor "sh" an "s"
        {"pharma", "parma", false},
        {"lame", "lune", false},
        {"cru", "cruel", false},
        {"", "a", false},
    };
    for (auto const& row : rows) {
        INFO(row.one << " and " << row.another << ": " << sound_of(row.one) << ", " << sound_of(row.another));
        CHECK((sound_of(row.one) == sound_of(row.another)) == row.alike);
    }
}

TEST_CASE("a sound is never longer than its word", "[text]")
{
    for (std::string const word : {"", "h", "hhh", "aaaa", "phph", "qqqu", "cc", "estdx", "ssss", "enenen", "12", "a1b2"})
        CHECK(sound_of(word).size() <= word.size());
    CHECK(sound_of(std::string(5'000, 'a')) == "a");
}

TEST_CASE("an unknown word is taken for a known one that sounds the same", "[text]")
{
    Spelling spelling;
    spelling.build({{"pharma"}, {"calmettes"}, {"phone"}, {"physique"}, {"phosphophosphor"}});
    struct Row {
        char const* typed;
        char const* meant;
    };
    static Row const rows[] = {
        {"farma", "pharma"},
        {"kalmete", "calmettes"},          // three letters apart
        {"fisik", ""},                     // four apart: too far, however it sounds
        {"fone", ""},                      // too short to go by its sound
        {"fosfofosfor", ""},
        {"larma", ""},
    };
    for (auto const& row : rows) {
        INFO(row.typed);
        CHECK(spelling.correct(row.typed, Language::fr) == row.meant);
    }
}

TEST_CASE("a word that sounds the same is nearer than one that is two letters away, however likely they are", "[text]")
{
    // Both are two letters from "cathegori".
    for (float const weight : {0.5f, 1.0f, 2.0f, 50.0f}) {
        Spelling spelling;
        spelling.build({{"categorie", weight}, {"cathegoux", 1}});
        INFO(weight);
        CHECK(spelling.correct("cathegori", Language::fr) == "categorie");
    }
}
