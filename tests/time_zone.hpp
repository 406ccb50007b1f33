// A test in another time zone: as long as it lives.
#pragma once

#include <stdlib.h>
#include <time.h>

#include <string>

namespace immunobot {

// Of France, written out: not every machine has the list of zones.
inline constexpr char const* paris_time = "CET-1CEST,M3.5.0,M10.5.0/3";

class TimeZone {
public:
    explicit TimeZone(char const* name)
    {
        if (char const* before = ::getenv("TZ"))
            before_ = before;
        else
            was_set_ = false;
        ::setenv("TZ", name, 1);
        ::tzset();
    }
    TimeZone(TimeZone const&) = delete;
    TimeZone& operator=(TimeZone const&) = delete;
    ~TimeZone()
    {
        if (was_set_)
            ::setenv("TZ", before_.c_str(), 1);
        else
            ::unsetenv("TZ");
        ::tzset();
    }

private:
    std::string before_;
    bool was_set_ = true;
};

}  // namespace immunobot
