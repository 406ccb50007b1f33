#include "knowledge/unicode.hpp"

#include <catch2/catch.hpp>

#include <string_view>

using namespace immunobot::knowledge;

TEST_CASE("look-alike letters are told from science", "[knowledge]")
{
    for (char const* good : {"plain", "\u00e9t\u00e9 \u0153uvre", "TNF\u03b1", "IFN\u03b3 and \u03b22", "\u03bcm", "\u00b5m", "M\u00f6tley",
                             "\u041c\u043e\u0441\u043a\u0432\u0430", "CLIP\u00b2"})
        CHECK(find_mixed_script(good) == std::string_view::npos);
    for (char const* bad : {"M\u0430rseille", "Immunop\u03bfle", "\u0410P-HM", "x \u0421IML"})
        CHECK(find_mixed_script(bad) != std::string_view::npos);
}

TEST_CASE("names are compared without case, accents, ligatures and punctuation", "[knowledge]")
{
    CHECK(name_key("Marseille-Immunop\u00f4le") == name_key("MARSEILLE immunopole"));
    CHECK(name_key("C\u0153ur") == name_key("coeur"));
    CHECK(name_key("e\u0301te\u0301") == name_key("\u00e9t\u00e9"));
    CHECK(name_key("CLIP\u00b2") == name_key("clip2"));
    CHECK(name_key("CRO2") != name_key("CRO"));
}
