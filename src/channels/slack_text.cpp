// How Slack writes links, names and signs in the text of messages; see slack.hpp.

#include "channels/slack.hpp"
#include "channels/texts.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace immunobot::channels {
namespace {

// What "<...>" in a message stands for.
std::string shown(std::string_view inside)
{
    auto const bar = inside.find('|');
    auto const label = bar == std::string_view::npos ? std::string_view() : inside.substr(bar + 1);
    if (inside.starts_with('@') || inside.starts_with('!'))
        return {};
    if (inside.starts_with('#'))
        return label.empty() ? std::string() : "#" + std::string(label);
    if (!label.empty())
        return std::string(label);
    return std::string(inside.starts_with("mailto:") ? inside.substr(7) : inside.substr(0, bar));
}

}  // namespace

std::string slack_text(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        auto const begin = std::min(text.find('<'), text.size());
        out.append(text.substr(0, begin));
        text.remove_prefix(begin);
        auto const end = text.find('>');
        if (text.empty() || end == std::string_view::npos) {
            out.append(text);
            break;
        }
        out.append(" ").append(shown(text.substr(1, end - 1))).append(" ");
        text.remove_prefix(end + 1);
    }
    return tidy(entities_decoded(out));
}

}  // namespace immunobot::channels
