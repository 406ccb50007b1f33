#include "console/form.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace immunobot::console {
namespace {

constexpr std::size_t most_fields = 300;

int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char const letter = static_cast<char>(c | 0x20);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

std::optional<std::string> decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        if (text.size() - i < 3 || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0)
            return std::nullopt;
        out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
        i += 2;
    }
    if (!text::is_valid_utf8(out) || out.find('\0') != std::string::npos)
        return std::nullopt;
    return out;
}

}  // namespace

Result<Form> Form::parse(std::string_view text)
{
    Form form;
    while (!text.empty()) {
        auto const end = std::min(text.find('&'), text.size());
        auto const pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty())
            continue;
        auto const equals = std::min(pair.find('='), pair.size());
        auto name = decoded(pair.substr(0, equals));
        auto value = decoded(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value || form.fields_.size() == most_fields)
            return Error{Errc::bad_request, "the form is not well-formed"};
        form.fields_.emplace_back(std::move(*name), std::move(*value));
    }
    return form;
}

std::string_view Form::text(std::string_view name) const&
{
    for (auto const& [known, value] : fields_)
        if (known == name)
            return value;
    return {};
}

std::vector<std::string> Form::all(std::string_view name) const
{
    std::vector<std::string> out;
    for (auto const& [known, value] : fields_)
        if (known == name)
            out.push_back(value);
    return out;
}

std::vector<std::string> Form::lines(std::string_view name) const
{
    std::vector<std::string> out;
    auto rest = text(name);
    while (!rest.empty()) {
        auto const end = std::min(rest.find('\n'), rest.size());
        auto line = rest.substr(0, end);
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        if (line.find_first_not_of(" \t") != std::string_view::npos)
            out.emplace_back(line);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

std::int64_t Form::number(std::string_view name) const
{
    auto const value = text(name);
    std::int64_t out = 0;
    auto const [end, failed] = std::from_chars(value.data(), value.data() + value.size(), out);
    return failed == std::errc() && end == value.data() + value.size() ? out : 0;
}

bool Form::has(std::string_view name) const
{
    return std::ranges::any_of(fields_, [&](auto const& field) { return field.first == name; });
}

std::string escaped(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (char const c : text) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
        if (plain) {
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

}  // namespace immunobot::console
