#include "knowledge/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <utility>

namespace immunobot::knowledge {
namespace {

struct Free {
    void operator()(void* memory) const { std::free(memory); }
};

bool ascii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string mapped(std::string_view text, int options)
{
    utf8proc_uint8_t* out = nullptr;
    auto const size = utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &out,
                                   static_cast<utf8proc_option_t>(options));
    std::unique_ptr<utf8proc_uint8_t, Free> const owned(out);
    return size < 0 ? std::string(text) : std::string(reinterpret_cast<char*>(out), static_cast<std::size_t>(size));
}

// The code point at `at` of valid UTF-8, and its length.
std::pair<utf8proc_int32_t, std::size_t> decode(std::string_view text, std::size_t at)
{
    utf8proc_int32_t point = 0;
    auto const size = utf8proc_iterate(reinterpret_cast<utf8proc_uint8_t const*>(text.data() + at),
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    return {point, size > 0 ? static_cast<std::size_t>(size) : 1};
}

bool invisible(utf8proc_int32_t point)
{
    if (point == '\t' || point == '\n' || point == '\r')
        return false;
    auto const category = utf8proc_category(point);
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
           category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

// Letters and signs by their category, that fonts draw as nothing: the fillers of Hangul, and Braille without a dot.
bool is_filler(utf8proc_int32_t point)
{
    static constexpr std::array<utf8proc_int32_t, 5> fillers = {0x115f, 0x1160, 0x2800, 0x3164, 0xffa0};
    return std::ranges::find(fillers, point) != fillers.end();
}

// A letter, a digit, a mark of writing or a sign; what stands on another character shows nothing without it.
bool shows(utf8proc_int32_t point)
{
    auto const category = utf8proc_category(point);
    bool const is_drawn = (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) || (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_SO);
    return is_drawn && !is_filler(point);
}

bool letter(utf8proc_int32_t point)
{
    auto const category = utf8proc_category(point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

enum class Script { none, latin, greek, cyrillic };

// Of Greek only the letters that look like Latin ones: "TNF" with an alpha is science, with a capital omicron forgery.
Script script(utf8proc_int32_t point)
{
    static constexpr std::array<utf8proc_int32_t, 17> greek_look_alikes = {
        0x391, 0x392, 0x395, 0x396, 0x397, 0x399, 0x39a, 0x39c, 0x39d,
        0x39f, 0x3a1, 0x3a4, 0x3a5, 0x3a7, 0x3bd, 0x3bf, 0x3c5};
    if (point == 0xaa || point == 0xb5 || point == 0xba)  // ordinals and the micro sign go with any script
        return Script::none;
    if (point < 0x250 || (point >= 0x1e00 && point <= 0x1eff))
        return Script::latin;
    if (std::ranges::find(greek_look_alikes, point) != greek_look_alikes.end())
        return Script::greek;
    return point >= 0x400 && point <= 0x52f ? Script::cyrillic : Script::none;
}

}  // namespace

bool is_letter(char32_t code)
{
    auto const point = static_cast<utf8proc_int32_t>(code);
    return letter(point) || utf8proc_category(point) == UTF8PROC_CATEGORY_MN;
}

bool is_capital(char32_t code)
{
    return utf8proc_category(static_cast<utf8proc_int32_t>(code)) == UTF8PROC_CATEGORY_LU;
}

bool is_nfc(std::string_view text)
{
    return ascii(text) || mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE) == text;
}

std::size_t find_invisible(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        auto const byte = static_cast<unsigned char>(text[at]);
        auto const [point, length] = byte < 0x80 ? std::pair<utf8proc_int32_t, std::size_t>(byte, 1) : decode(text, at);
        if ((point < 0x20 || point >= 0x7f) && invisible(point))
            return at;
        at += length;
    }
    return std::string_view::npos;
}

bool shows_something(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        auto const [point, length] = decode(text, at);
        if (shows(point))
            return true;
        at += length;
    }
    return false;
}

std::size_t find_mixed_script(std::string_view text)
{
    if (ascii(text))
        return std::string_view::npos;
    std::size_t word = 0;
    std::array<bool, 4> seen{};
    for (std::size_t at = 0; at < text.size();) {
        auto const [point, length] = decode(text, at);
        if (letter(point)) {
            seen[static_cast<std::size_t>(script(point))] = true;
            if (seen[1] + seen[2] + seen[3] > 1)
                return word;
        } else {
            seen = {};
            word = at + length;
        }
        at += length;
    }
    return std::string_view::npos;
}

std::string name_key(std::string_view text)
{
    std::string const opened = open_ligatures(text);
    std::string const flat = mapped(opened, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                                UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    std::string out;
    for (std::size_t at = 0; at < flat.size();) {
        auto const [point, length] = decode(flat, at);
        if (letter(point) || utf8proc_category(point) == UTF8PROC_CATEGORY_ND)
            out.append(flat, at, length);
        at += length;
    }
    return out;
}

std::string open_ligatures(std::string_view text)
{
    struct Pair {
        std::string_view from, to;
    };
    static constexpr Pair pairs[] = {
        {"\xc5\x93", "oe"}, {"\xc5\x92", "OE"}, {"\xc3\xa6", "ae"}, {"\xc3\x86", "AE"}};
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        auto const found = std::ranges::find(pairs, text.substr(at, 2), &Pair::from);
        out += found == std::end(pairs) ? text.substr(at, 1) : found->to;
        at += found == std::end(pairs) ? 1 : 2;
    }
    return out;
}

}  // namespace immunobot::knowledge
