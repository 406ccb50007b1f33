#include "server/languages.hpp"

#include <algorithm>

namespace immunobot::server {
namespace {

// "q=0.8" as 800, a missing or broken weight as 1000.
int weight_of(std::string_view parameters)
{
    auto const at = parameters.find("q=");
    if (at == std::string_view::npos)
        return 1000;
    auto const digits = parameters.substr(at + 2);
    if (digits.empty() || (digits[0] != '0' && digits[0] != '1'))
        return 1000;
    int weight = (digits[0] - '0') * 1000;
    int unit = 100;
    for (std::size_t i = 2; i < std::min<std::size_t>(digits.size(), 5) && digits[1] == '.' && digits[i] >= '0' && digits[i] <= '9'; ++i, unit /= 10)
        weight += (digits[i] - '0') * unit;
    return std::min(weight, 1000);
}

}  // namespace

std::optional<Language> preferred_language(std::string_view list)
{
    std::optional<Language> best;
    int most = 0;
    while (!list.empty()) {
        auto const comma = std::min(list.find(','), list.size());
        auto element = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        element.remove_prefix(std::min(element.find_first_not_of(" \t"), element.size()));
        auto const end = std::min(element.find_first_of("; \t"), element.size());
        auto const language = language_from_code(element.substr(0, end));
        int const weight = weight_of(element.substr(end));
        if (language && weight > most) {
            best = language;
            most = weight;
        }
    }
    return best;
}

}  // namespace immunobot::server
