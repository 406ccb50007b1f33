#include "base/local_time.hpp"

#include <cstdlib>
#include <ctime>

namespace immunobot {
namespace {

std::tm local_parts(std::int64_t seconds)
{
    auto const time = static_cast<std::time_t>(seconds);
    std::tm out{};
    localtime_r(&time, &out);
    return out;
}

}  // namespace

LocalTime local_time(std::int64_t seconds)
{
    auto const parts = local_parts(seconds);
    return {{parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday}, parts.tm_hour, parts.tm_min};
}

std::int64_t seconds_at(Date const& day, int hour)
{
    std::tm parts{};
    parts.tm_year = day.year - 1900;
    parts.tm_mon = day.month - 1;
    parts.tm_mday = day.day;
    parts.tm_hour = hour;
    parts.tm_isdst = -1;   // whichever holds then
    return std::mktime(&parts);
}

std::string local_zone(std::int64_t seconds)
{
    auto const offset = local_parts(seconds).tm_gmtoff / 60;
    if (offset == 0)
        return "UTC";
    auto const minutes = std::abs(offset);
    std::string const out = (offset < 0 ? "UTC-" : "UTC+") + std::to_string(minutes / 60);
    return minutes % 60 == 0 ? out : out + ':' + std::to_string(minutes % 60);
}

Date today_here()
{
    return local_time(seconds_now()).day;
}

}  // namespace immunobot
