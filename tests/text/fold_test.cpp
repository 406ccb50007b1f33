#include "text/fold.hpp"

#include <catch2/catch.hpp>

using immunobot::text::fold;

TEST_CASE("folding takes case, accents, ligatures and typography away", "[text]")
{
    struct Row {
        char const* typed;
        char const* folded;
    };
    static Row const rows[] = {
        {"CIML", "ciml"},
        {"Où est l'hôpital ?", "ou est l'hopital ?"},
        {"l\u2019IPC", "l'ipc"},
        {"\u0153uvre \u00c6", "oeuvre ae"},
        {"e\u0301te\u0301", "ete"},           // decomposed
        {"CLIP\u00b2", "clip2"},
        {"2\u202f000", "2 000"},              // narrow no-break blank
        {"a\u200bb\u202e", "ab"},             // zero width, bidi control
        {"Aix\u2013Marseille", "aix-marseille"},
        {"\u00ab Immunop\u00f4le \u00bb", "\" immunopole \""},
        {"", ""},
    };
    for (auto const& row : rows)
        CHECK(fold(row.typed) == row.folded);
}

TEST_CASE("folding bad UTF-8 gives blanks, not garbage", "[text]")
{
    CHECK(fold("a\xff\xc3") == "a  ");
}

TEST_CASE("folding is done once: folding again changes nothing", "[text]")
{
    for (auto const* text : {"Éric Vivier", "A*MIDEX", "Straße 12", "ﬁnance", "İstanbul"})
        CHECK(fold(fold(text)) == fold(text));
}
