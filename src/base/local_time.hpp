// All days and hours that people read or write are those of the machine's time zone (TZ): when a day begins, when something is
// published, what the charts count. Only what is for programs says times in UTC.
#pragma once

#include "base/date.hpp"

#include <cstdint>
#include <string>

namespace immunobot {

struct LocalTime {
    Date day;
    int hour = 0;
    int minute = 0;
};
LocalTime local_time(std::int64_t seconds);

// When the hour of this day begins there, in seconds since 1970.
std::int64_t seconds_at(Date const& day, int hour = 0);

// How far its clocks are from UTC then: "UTC", "UTC+2", "UTC-3:30".
std::string local_zone(std::int64_t seconds);

// The day it is now there, by the system clock. Only app, server and staff call this; the rest is told.
Date today_here();

}  // namespace immunobot
