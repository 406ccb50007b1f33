#include "text/fold.hpp"

#include "text/utf8.hpp"

#include <utf8proc.h>

#include <array>

namespace immunobot::text {
namespace {

// What NFKD does not do, or does otherwise than readers expect.
void append_special_or(std::string& out, char32_t code, auto&& otherwise)
{
    switch (code) {
    case 0x2018: case 0x2019: case 0x201B: case 0x02BC: case 0x00B4: case 0x0060: case 0x2032: case 0xFF07:
        out += '\'';
        return;
    case 0x201C: case 0x201D: case 0x201E: case 0x00AB: case 0x00BB:
        out += '"';
        return;
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2212:
        out += '-';
        return;
    case 0x0152: case 0x0153:
        out += "oe";
        return;
    case 0x00C6: case 0x00E6:
        out += "ae";
        return;
    case 0x00DF:
        out += "ss";
        return;
    case 0x00D8: case 0x00F8:
        out += 'o';
        return;
    case 0x0141: case 0x0142:
        out += 'l';
        return;
    default:
        otherwise();
    }
}

bool is_invisible(char32_t code)
{
    return code == 0x00AD || (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x2069) || code == 0xFEFF || (code >= 0xFE00 && code <= 0xFE0F);
}

void append_decomposed(std::string& out, char32_t code)
{
    std::array<utf8proc_int32_t, 32> parts{};
    int last_class = 0;
    auto const options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
    auto const count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(code), parts.data(),
                                               static_cast<utf8proc_ssize_t>(parts.size()), options, &last_class);
    for (utf8proc_ssize_t i = 0; i < count && i < static_cast<utf8proc_ssize_t>(parts.size()); ++i) {
        auto const part = parts[static_cast<std::size_t>(i)];
        auto const category = utf8proc_category(part);
        if (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME)
            continue;
        if (category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_CC)
            out += ' ';
        else
            append_code_point(out, static_cast<char32_t>(part));
    }
}

}  // namespace

void append_folded(std::string& out, char32_t code)
{
    if (code < 0x80) {
        bool const upper = code >= 'A' && code <= 'Z';
        bool const control = code < 0x20 || code == 0x7F;
        out += code == '`' ? '\'' : control ? ' ' : static_cast<char>(upper ? code + 32 : code);
        return;
    }
    if (is_invisible(code))
        return;
    append_special_or(out, code, [&] { append_decomposed(out, code); });
}

std::string fold(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        char32_t const code = next_code_point(text, at);
        append_folded(out, code == 0xFFFD ? U' ' : code);
    }
    return out;
}

}  // namespace immunobot::text
