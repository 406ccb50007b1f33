#include "text/utf8.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace immunobot::text {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0u) == 0x80u;
}

// Length of the well-formed sequence at `at`, 0 if there is none; the code point in `code`.
std::size_t decode(std::string_view text, std::size_t at, char32_t& code)
{
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    unsigned char const first = byte(0);
    if (first < 0x80) {
        code = first;
        return 1;
    }
    std::size_t const size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (size == 0 || first > 0xF4 || at + size > text.size())
        return 0;
    code = first & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if (!is_continuation(byte(i)))
            return 0;
        code = (code << 6) | (byte(i) & 0x3Fu);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    bool const surrogate = code >= 0xD800 && code <= 0xDFFF;
    return code < least[size] || surrogate || code > 0x10FFFF ? 0 : size;
}

}  // namespace

std::size_t character_size(std::string_view text, std::size_t at)
{
    char32_t code = 0;
    return at < text.size() ? decode(text, at, code) : 0;
}

std::string replace_bad(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const size = text[at] == '\0' ? 0 : character_size(text, at);
        if (size == 0)
            append_code_point(out, replacement);
        else
            out += text.substr(at, size);
        at += size == 0 ? 1 : size;
    }
    return out;
}

bool is_valid_utf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const size = character_size(text, at);
        if (size == 0)
            return false;
        at += size;
    }
    return true;
}

char32_t next_code_point(std::string_view text, std::size_t& at)
{
    char32_t code = 0;
    std::size_t const size = decode(text, at, code);
    at += size == 0 ? 1 : size;
    return size == 0 ? replacement : code;
}

void append_code_point(std::string& out, char32_t code)
{
    auto const put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0u | (code >> 6));
        put(0x80u | (code & 0x3Fu));
    } else if (code < 0x10000) {
        put(0xE0u | (code >> 12));
        put(0x80u | ((code >> 6) & 0x3Fu));
        put(0x80u | (code & 0x3Fu));
    } else {
        put(0xF0u | (code >> 18));
        put(0x80u | ((code >> 12) & 0x3Fu));
        put(0x80u | ((code >> 6) & 0x3Fu));
        put(0x80u | (code & 0x3Fu));
    }
}

std::size_t length(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count)
        next_code_point(text, at);
    return count;
}

std::string_view prefix(std::string_view text, std::size_t count)
{
    std::size_t at = 0;
    for (; count > 0 && at < text.size(); --count)
        next_code_point(text, at);
    return text.substr(0, at);
}

std::optional<std::string> to_nfc(std::string_view text)
{
    utf8proc_uint8_t* made = nullptr;
    auto const size = utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &made,
                                   static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
    std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> const owner(made, &std::free);
    if (size < 0)
        return std::nullopt;
    return std::string(reinterpret_cast<char const*>(made), static_cast<std::size_t>(size));
}

}  // namespace immunobot::text
