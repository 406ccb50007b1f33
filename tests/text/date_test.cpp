#include "base/date.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;

TEST_CASE("dates are years, months or days that exist", "[base]")
{
    for (auto const* good : {"2014", "2018-06", "2016-11-14", "2024-02-29"}) {
        auto const date = parse_date(good);
        REQUIRE(date);
        CHECK(to_string(*date) == good);
    }
    for (auto const* bad : {"", "14", "2014-13", "2023-02-29", "2023-2-3", "2023/02/03", "20x4", "0000", "2016-11-14T"})
        CHECK_FALSE(parse_date(bad).has_value());
    CHECK(last_day({2016, 2, 0}) == Date{2016, 2, 29});
    CHECK(last_day({2014, 0, 0}) == Date{2014, 12, 31});
}
