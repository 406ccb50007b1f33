#include "server/retry_time.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ctime>
#include <string>

namespace immunobot::server {
namespace {

constexpr std::int64_t longest_wait = 3'600;
constexpr std::int64_t longest_back_off = 300;

}  // namespace

std::optional<std::int64_t> seconds_to_wait(std::string_view retry_after, std::int64_t now)
{
    if (retry_after.empty() || retry_after.size() > 40)
        return std::nullopt;
    std::string const text(retry_after);
    if (text.front() >= '0' && text.front() <= '9') {
        double seconds = 0;
        auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds, std::chars_format::fixed);
        if (failed != std::errc() || end != text.data() + text.size())
            return std::nullopt;
        return std::min(longest_wait, static_cast<std::int64_t>(std::ceil(std::min(seconds, 1e6))));
    }
    std::tm parts{};
    char const* const end = strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (!end || *end != '\0')
        return std::nullopt;
    return std::clamp<std::int64_t>(timegm(&parts) - now, 0, longest_wait);
}

std::int64_t back_off(int attempts, std::int64_t id)
{
    auto const wait = std::int64_t{1} << std::clamp(attempts, 0, 9);
    return std::min(longest_back_off, wait + id % (wait / 4 + 1));
}

}  // namespace immunobot::server
