#include "app/shown_options.hpp"

namespace immunobot::app {
namespace {

std::vector<std::string> given(std::string const& value)
{
    return value.empty() ? std::vector<std::string>() : std::vector{value};
}

// That it is there, and nothing of it.
std::vector<std::string> hidden(std::string const& value)
{
    return value.empty() ? std::vector<std::string>() : std::vector<std::string>(1);
}

}  // namespace

std::vector<staff::Desk::Option> shown_options(Settings const& settings)
{
    return {{"--listen", given(settings.listen)},
            {"--console-listen", given(settings.console_listen)},
            {"--public-url", given(settings.public_url)},
            {"--origin", settings.origins},
            {"--proxy", settings.proxies},
            {"--rate-limit", given(std::to_string(settings.rate_limit))},
            {"--keep-days", given(std::to_string(settings.keep_days))},
            {"--conversation-hours", given(std::to_string(settings.conversation_hours))},
            {"--console-idle-minutes", given(std::to_string(settings.console_idle_minutes))},
            {"--staff-proxy-header", given(settings.staff_proxy_header)},
            {"IMMUNOBOT_STAFF_PROXY_SECRET", hidden(settings.staff_proxy_secret), true},
            {"--digest-file", given(settings.digest_file)},
            {"IMMUNOBOT_DIGEST_WEBHOOK", hidden(settings.digest_webhook), true},
            {"--digest-links", given(settings.check_links ? "--digest-links" : "--no-digest-links")}};
}

}  // namespace immunobot::app
