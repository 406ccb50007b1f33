#include "server/coding.hpp"

#include "text/trim.hpp"

#include <algorithm>

namespace immunobot::server {
namespace {

// Takes the next element of a comma-separated list off `list`.
std::string_view next_of(std::string_view& list)
{
    auto const comma = std::min(list.find(','), list.size());
    auto const element = text::trimmed_field(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
    return element;
}

bool is_same(std::string_view text, std::string_view lower_case)
{
    return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
}

// A weight of nothing but zeros ("0", "0.00") forbids.
bool forbids(std::string_view parameters)
{
    auto const weight = parameters.find("q=");
    return weight != std::string_view::npos && parameters.find_first_not_of("0. \t", weight + 2) == std::string_view::npos;
}

}  // namespace

std::string_view name(Coding coding)
{
    constexpr std::string_view names[] = {"", "gzip", "br"};
    return names[static_cast<std::size_t>(coding)];
}

bool accepts(std::string_view accept_encoding, Coding coding)
{
    while (!accept_encoding.empty()) {
        auto const element = next_of(accept_encoding);
        auto const end = std::min(element.find(';'), element.size());
        if (is_same(text::trimmed_field(element.substr(0, end)), name(coding)) && !forbids(element.substr(end)))
            return true;
    }
    return false;
}

Coding best_coding(std::string_view accept_encoding)
{
    for (auto const coding : {Coding::brotli, Coding::gzip})
        if (accepts(accept_encoding, coding))
            return coding;
    return Coding::identity;
}

std::string entity_tag(std::string_view hash, Coding coding)
{
    auto tag = std::string("\"").append(hash);
    if (coding != Coding::identity)
        tag.append("-").append(name(coding));
    return tag + '"';
}

bool has_tag(std::string_view if_none_match, std::string_view hash)
{
    if (text::trimmed_field(if_none_match) == "*")
        return true;
    while (!if_none_match.empty()) {
        auto element = next_of(if_none_match);
        if (element.starts_with("W/"))
            element.remove_prefix(2);
        for (auto const coding : {Coding::identity, Coding::gzip, Coding::brotli})
            if (element == entity_tag(hash, coding))
                return true;
    }
    return false;
}

}  // namespace immunobot::server
