#include "text/spoken.hpp"

#include "base/date.hpp"

#include <array>

namespace immunobot::text {
namespace {

constexpr std::array<std::string_view, 12> english_months = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
constexpr std::array<std::string_view, 12> french_months = {"janvier", "f\xC3\xA9vrier", "mars", "avril", "mai", "juin", "juillet", "ao\xC3\xBBt", "septembre", "octobre", "novembre", "d\xC3\xA9" "cembre"};

}  // namespace

std::string spoken_date(std::string_view text, Language language)
{
    auto const date = parse_date(text);
    if (!date)
        return std::string(text);
    auto const year = std::to_string(date->year);
    if (date->month == 0)
        return year;
    auto const& months = language == Language::fr ? french_months : english_months;
    auto const month = std::string(months[static_cast<std::size_t>(date->month) - 1]);
    if (date->day == 0)
        return month + " " + year;
    bool const first = date->day == 1 && language == Language::fr;
    return std::to_string(date->day) + (first ? "er" : "") + "\xC2\xA0" + month + " " + year;
}

}  // namespace immunobot::text
