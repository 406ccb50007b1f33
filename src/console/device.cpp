#include "console/device.hpp"

#include <span>

namespace immunobot::console {
namespace {

struct Mark {
    std::string_view in;
    std::string_view name;
};

// The first that occurs: some also name those that they wish to be taken for.
constexpr Mark browsers[] = {{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Chromium/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"}};
constexpr Mark systems[] = {{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}};

std::string_view first_of(std::span<Mark const> marks, std::string_view text)
{
    for (auto const& mark : marks)
        if (text.find(mark.in) != std::string_view::npos)
            return mark.name;
    return {};
}

}  // namespace

std::string device_of(std::string_view user_agent)
{
    std::string out(first_of(browsers, user_agent));
    auto const system = first_of(systems, user_agent);
    if (!out.empty() && !system.empty())
        out += ", ";
    return out.append(system);
}

}  // namespace immunobot::console
