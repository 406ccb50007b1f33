#include "text/utf8.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;

TEST_CASE("only well-formed UTF-8 is valid", "[text]")
{
    for (std::string_view const good : {std::string_view(""), std::string_view("abc"), std::string_view("\xC3\xA9"), std::string_view("\xF0\x9F\x98\x80")})
        CHECK(text::is_valid_utf8(good));
    for (std::string_view const bad : {std::string_view("\xC0\x80"), std::string_view("\xED\xA0\x80"), std::string_view("\xF4\x90\x80\x80"), std::string_view("\xC3"),
                                       std::string_view("\x80"), std::string_view("\xFF")})
        CHECK_FALSE(text::is_valid_utf8(bad));
}

TEST_CASE("lengths and prefixes count characters, not bytes", "[text]")
{
    CHECK(text::length("\u00e9t\u00e9") == 3);
    CHECK(text::prefix("\u00e9t\u00e9", 2) == "\u00e9t");
    CHECK(text::prefix("ab", 9) == "ab");
}

TEST_CASE("NFC joins what can be joined", "[text]")
{
    CHECK(text::to_nfc("e\u0301") == "\u00e9");
    CHECK_FALSE(text::to_nfc("\xff").has_value());
}
