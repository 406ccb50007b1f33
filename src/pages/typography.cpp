#include "pages/typography.hpp"

namespace immunobot::pages {
namespace {

constexpr std::string_view no_break = "\xC2\xA0";          // U+00A0
constexpr std::string_view narrow_no_break = "\xE2\x80\xAF";  // U+202F
constexpr std::string_view dash = "\xE2\x80\x93";             // U+2013
constexpr std::string_view apostrophe = "\xE2\x80\x99";       // U+2019
constexpr std::string_view opening = "\xC2\xAB";            // left guillemet
constexpr std::string_view closing = "\xC2\xBB";            // right guillemet

bool is_digit(std::string_view text, std::size_t at)
{
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

// Of any script: what is not ASCII counts as a letter. `at` before the beginning is none.
bool is_letter(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return false;
    auto const byte = static_cast<unsigned char>(text[at]);
    return byte >= 0x80 || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

// "2 000": one to three digits before, exactly three behind.
bool parts_thousands(std::string_view text, std::size_t blank)
{
    std::size_t before = 0;
    while (before < blank && is_digit(text, blank - before - 1))
        ++before;
    bool const three = is_digit(text, blank + 1) && is_digit(text, blank + 2) && is_digit(text, blank + 3);
    return before >= 1 && before <= 3 && three && !is_digit(text, blank + 4);
}

// " - " between two words is a dash.
bool is_dash(std::string_view text, std::size_t blank)
{
    return blank > 0 && text.substr(blank, 3) == " - ";
}

// What stands instead of the blank at `at`.
std::string_view blank_of(std::string_view text, std::size_t at)
{
    auto const rest = text.substr(at + 1);
    if (!rest.empty() && std::string_view("?!;").find(rest.front()) != std::string_view::npos)
        return narrow_no_break;
    if (rest == ":" || rest.starts_with(": ") || rest.starts_with(":\n") || rest.starts_with(closing))
        return no_break;
    if (text.substr(0, at).ends_with(opening))
        return no_break;
    return parts_thousands(text, at) ? narrow_no_break : std::string_view(" ");
}

}  // namespace

std::string typeset(std::string_view text, Language language)
{
    std::string out;
    out.reserve(text.size() + 16);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_dash(text, i)) {
            out.append(no_break).append(dash);
            ++i;
        } else if (text[i] == ' ' && language == Language::fr) {
            out += blank_of(text, i);
        } else if (text[i] == '\'' && is_letter(text, i - 1) && (i + 1 == text.size() || is_letter(text, i + 1))) {
            out += apostrophe;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace immunobot::pages
