#include "channels/channel.hpp"

#include "channels/generic.hpp"
#include "channels/rasa.hpp"

#include <array>

namespace immunobot::channels {
namespace {

constexpr std::array<Channel const*, 2> table = {&generic, &rasa};

bool same_name(std::string_view given, std::string_view lower_case)
{
    if (given.size() != lower_case.size())
        return false;
    for (std::size_t i = 0; i < given.size(); ++i) {
        char const letter = given[i] >= 'A' && given[i] <= 'Z' ? static_cast<char>(given[i] + 32) : given[i];
        if (letter != lower_case[i])
            return false;
    }
    return true;
}

}  // namespace

std::span<Channel const* const> all_channels()
{
    return table;
}

FoundHeader find_header(Delivery const& delivery, std::string_view lower_case_name)
{
    FoundHeader found;
    for (auto const& header : delivery.headers)
        if (same_name(header.name, lower_case_name) && found.count++ == 0)
            found.value = header.value;
    return found;
}

}  // namespace immunobot::channels
