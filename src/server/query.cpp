#include "server/query.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <charconv>

namespace immunobot::server {
namespace {

constexpr std::size_t most_parameters = 32;

Error bad_query(std::string_view why)
{
    return Error{Errc::bad_request, std::string(why)};
}

int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char const letter = static_cast<char>(c | 0x20);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

// %41 is an 'A', '+' is `plus`; nothing for a broken escape or what is not UTF-8 then.
std::optional<std::string> decoded(std::string_view text, char plus = ' ')
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' ? plus : text[i];
            continue;
        }
        if (text.size() - i < 3 || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0)
            return std::nullopt;
        out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
        i += 2;
    }
    if (!text::is_valid_utf8(out))
        return std::nullopt;
    return out;
}

}  // namespace

std::optional<std::string> path_part(std::string_view text)
{
    auto part = decoded(text, '+');
    bool const controls = part && std::ranges::any_of(*part, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    return controls ? std::nullopt : std::move(part);
}

// By hand: Boost.URL 1.81 reads the last value of a query up to the next NUL byte, past the end of the view.
Result<Query> Query::parse(std::string_view text)
{
    Query query;
    while (!text.empty()) {
        auto const end = std::min(text.find('&'), text.size());
        auto const pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty())
            continue;
        auto const equals = std::min(pair.find('='), pair.size());
        auto name = decoded(pair.substr(0, equals));
        auto value = decoded(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value)
            return bad_query("the query string is not well-formed UTF-8");
        for (auto const& [known, unused] : query.parameters_)
            if (known == *name)
                return bad_query("a parameter occurs twice in the query string");
        if (query.parameters_.size() == most_parameters)
            return bad_query("the query string has more than 32 parameters");
        query.parameters_.emplace_back(std::move(*name), std::move(*value));
    }
    return query;
}

std::string_view Query::text(std::string_view name) const&
{
    for (auto const& [known, value] : parameters_)
        if (known == name)
            return value;
    return {};
}

Result<std::size_t> Query::number(std::string_view name, std::size_t otherwise, std::size_t least,
                                  std::size_t most) const
{
    auto const given = text(name);
    if (given.empty())
        return otherwise;
    std::size_t number = 0;
    auto const [end, failed] = std::from_chars(given.data(), given.data() + given.size(), number);
    if (failed != std::errc() || end != given.data() + given.size() || number < least || number > most)
        return Error{Errc::bad_request, "parameter \"" + std::string(name) + "\" must be a number from " +
                                            std::to_string(least) + " to " + std::to_string(most)};
    return number;
}

}  // namespace immunobot::server
