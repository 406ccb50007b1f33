#include "base/date.hpp"

#include <chrono>
#include <cstdio>

namespace immunobot {
namespace {

std::optional<int> digits(std::string_view text)
{
    int value = 0;
    for (char const c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

int days_in(int year, int month)
{
    using namespace std::chrono;
    year_month_day_last const last{std::chrono::year{year}, month_day_last{std::chrono::month{static_cast<unsigned>(month)}}};
    return static_cast<int>(static_cast<unsigned>(last.day()));
}

}  // namespace

std::optional<Date> parse_date(std::string_view text)
{
    if (text.size() != 4 && text.size() != 7 && text.size() != 10)
        return std::nullopt;
    auto const year = digits(text.substr(0, 4));
    if (!year || *year == 0)
        return std::nullopt;
    Date date{*year, 0, 0};
    if (text.size() >= 7) {
        auto const month = digits(text.substr(5, 2));
        if (text[4] != '-' || !month || *month < 1 || *month > 12)
            return std::nullopt;
        date.month = *month;
    }
    if (text.size() == 10) {
        auto const day = digits(text.substr(8, 2));
        if (text[7] != '-' || !day || *day < 1 || *day > days_in(date.year, date.month))
            return std::nullopt;
        date.day = *day;
    }
    return date;
}

std::string to_string(Date const& date)
{
    char buffer[40];
    if (date.month == 0)
        std::snprintf(buffer, sizeof buffer, "%04d", date.year);
    else if (date.day == 0)
        std::snprintf(buffer, sizeof buffer, "%04d-%02d", date.year, date.month);
    else
        std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", date.year, date.month, date.day);
    return buffer;
}

Date last_day(Date const& date)
{
    Date last = date;
    if (last.month == 0)
        last.month = 12;
    if (last.day == 0)
        last.day = days_in(last.year, last.month);
    return last;
}

bool is_over(std::string_view text, Date const& today)
{
    auto const date = parse_date(text);
    return date && last_day(*date) < today;
}

std::int64_t seconds_now()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace immunobot
