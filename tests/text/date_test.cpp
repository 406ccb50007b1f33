#include "base/date.hpp"
#include "base/local_time.hpp"

#include "../time_zone.hpp"

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

TEST_CASE("what a date covers is over on the day after", "[base]")
{
    CHECK(is_over("2024", {2025, 1, 1}));
    CHECK_FALSE(is_over("2024", {2024, 12, 31}));
    CHECK(is_over("2024-02", {2024, 3, 1}));
    CHECK_FALSE(is_over("2024-02-29", {2024, 2, 29}));
    CHECK_FALSE(is_over("", {2025, 1, 1}));
    CHECK_FALSE(is_over("soon", {2025, 1, 1}));
    CHECK_FALSE(is_over("2024", {}));   // nobody knows what day it is
}

TEST_CASE("days and hours are those of the machine's time zone", "[base]")
{
    constexpr std::int64_t new_year = 1'767'222'000;   // 2025-12-31 23:00 UTC
    {
        TimeZone const paris(paris_time);
        auto const there = local_time(new_year);
        CHECK(there.day == Date{2026, 1, 1});
        CHECK(there.hour == 0);
        CHECK(seconds_at({2026, 1, 1}) == new_year);
        CHECK(seconds_at({2026, 7, 1}, 7) == 1'782'882'000);   // 05:00 UTC, in summer
        CHECK(local_zone(new_year) == "UTC+1");
        CHECK(local_zone(1'782'882'000) == "UTC+2");
    }
    TimeZone const utc("UTC");
    CHECK(local_time(new_year).day == Date{2025, 12, 31});
    CHECK(local_zone(new_year) == "UTC");
}
