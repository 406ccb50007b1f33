#include "base/digest.hpp"

#include <catch2/catch.hpp>

#include <string_view>

using immunobot::Digest;

TEST_CASE("a digest takes parts of any length, none as well, and tells their borders apart", "[text]")
{
    auto const of = [](std::initializer_list<std::string_view> parts) {
        Digest digest;
        for (auto const part : parts)
            digest.add(part);
        return digest.text();
    };
    CHECK(of({{}}) == of({""}));
    CHECK(of({"ab", "c"}) != of({"a", "bc"}));
    CHECK(of({"", "a"}) != of({"a", ""}));
    CHECK(of({"12345678"}) != of({"123456789"}));
}
