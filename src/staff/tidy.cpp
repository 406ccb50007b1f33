#include "staff/tidy.hpp"

#include "knowledge/rules.hpp"
#include "knowledge/unicode.hpp"
#include "text/trim.hpp"
#include "text/utf8.hpp"

namespace immunobot::staff {
namespace {

// Soft hyphens, zero-width spaces and joiners, byte order marks: what comes along from a web page or a word processor. What
// changes the direction of writing is none of them.
bool means_nothing(char32_t code)
{
    return code == 0x00AD || code == 0x034F || code == 0x180E || (code >= 0x200B && code <= 0x200D) || (code >= 0x2060 && code <= 0x2064) || code == 0xFEFF;
}

bool is_line_end(char32_t code)
{
    return code == 0x2028 || code == 0x2029;
}

}  // namespace

std::string tidy(std::string_view text)
{
    auto out = text::to_nfc(text).value_or(std::string());
    std::erase(out, '\r');
    return std::string(text::trimmed(out));
}

std::string tidy_pasted(std::string_view text)
{
    if (!text::is_valid_utf8(text))
        return {};
    std::string seen;
    for (std::size_t at = 0; at < text.size();) {
        auto const from = at;
        auto const code = text::next_code_point(text, at);
        if (is_line_end(code))
            seen += '\n';
        else if (!means_nothing(code))
            seen += text.substr(from, at - from);
    }
    return tidy(seen);
}

std::string tidy_seen(std::string_view text)
{
    auto const pasted = tidy_pasted(text);
    std::string seen;
    std::string_view rest = pasted;
    for (auto at = knowledge::find_invisible(rest); at != std::string_view::npos; at = knowledge::find_invisible(rest)) {
        seen += rest.substr(0, at);
        text::next_code_point(rest, at);
        rest.remove_prefix(at);
    }
    return std::string(text::trimmed(seen.append(rest)));
}

std::string tidy_day(std::string_view text)
{
    auto typed = tidy_pasted(text);
    auto meant = knowledge::date_meant(typed);
    return meant.empty() ? typed : meant;
}

}  // namespace immunobot::staff
