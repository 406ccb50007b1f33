#include "text/form_fields.hpp"

#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::text {
namespace {

int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char const letter = static_cast<char>(c | 0x20);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

std::optional<std::string> decoded(std::string_view text, bool plus_is_blank)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' && plus_is_blank ? ' ' : text[i];
            continue;
        }
        if (text.size() - i < 3 || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0)
            return std::nullopt;
        out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
        i += 2;
    }
    if (!is_valid_utf8(out))
        return std::nullopt;
    return out;
}

bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (char const c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        auto const byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::optional<std::string> percent_decoded(std::string_view text)
{
    return decoded(text, false);
}

// By hand: Boost.URL 1.81 reads the last value of a query up to the next NUL byte, past the end of the view.
Result<> each_form_field(std::string_view text, std::function<Result<>(std::string name, std::string value)> const& take)
{
    while (!text.empty()) {
        auto const end = std::min(text.find('&'), text.size());
        auto const pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty())
            continue;
        auto const equals = std::min(pair.find('='), pair.size());
        auto name = decoded(pair.substr(0, equals), true);
        auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value)
            return Error{Errc::bad_request, "the fields are not well-formed UTF-8"};
        if (auto taken = take(std::move(*name), std::move(*value)); !taken)
            return taken;
    }
    return {};
}

}  // namespace immunobot::text
