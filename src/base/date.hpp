// Dates as the knowledge base writes them: a year, a month or a day ("2014", "2018-06", "2016-11-14").
// Pure: "today" is always handed in, so that answers can be replayed and tested.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace immunobot {

// A day of the Gregorian calendar; month and day are 0 where only the year (or month) is known.
struct Date {
    int year = 0;
    int month = 0;
    int day = 0;

    friend auto operator<=>(Date const&, Date const&) = default;
};

// Parses YYYY, YYYY-MM or YYYY-MM-DD; nothing for impossible dates ("2023-02-30") or other text.
std::optional<Date> parse_date(std::string_view text);

// Back to the same form: "2014", "2018-06", "2016-11-14".
std::string to_string(Date const& date);

// The last day that `date` covers: 2014 -> 2014-12-31, 2016-02 -> 2016-02-29.
Date last_day(Date const& date);

// Whether all that the date `text` covers is before `today`; false for other text, and for a day that is not known (year 0).
bool is_over(std::string_view text, Date const& today);

inline constexpr std::int64_t seconds_a_day = 86'400;

// Seconds since 1970, by the system clock.
std::int64_t seconds_now();

}  // namespace immunobot
