#include "server/retry_time.hpp"

#include "channels/fields.hpp"

#include <boost/json/parse.hpp>

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

std::optional<std::int64_t> seconds_in_body(std::string_view body)
{
    boost::system::error_code failed;
    auto const document = boost::json::parse({body.data(), body.size()}, failed);
    auto const seconds_at = [&](channels::Path path) -> std::optional<double> {
        auto const* value = channels::value_at(document, path);
        return value && value->is_number() ? std::optional(value->to_number<double>()) : std::nullopt;
    };
    if (failed)
        return std::nullopt;
    auto seconds = seconds_at({"retry_after"});
    if (!seconds)
        seconds = seconds_at({"parameters", "retry_after"});
    if (auto const milliseconds = seconds_at({"retry_after_ms"}); milliseconds && !seconds)
        seconds = *milliseconds / 1000;
    if (!seconds || !(*seconds >= 0))
        return std::nullopt;
    return static_cast<std::int64_t>(std::ceil(std::min(*seconds, static_cast<double>(longest_wait))));
}

std::int64_t back_off(int attempts, std::int64_t id)
{
    auto const wait = std::int64_t{1} << std::clamp(attempts, 0, 9);
    return std::min(longest_back_off, wait + id % (wait / 4 + 1));
}

}  // namespace immunobot::server
