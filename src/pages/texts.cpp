#include "pages/texts.hpp"

#include "assets/asset.hpp"
#include "pages/typography.hpp"
#include "text/csv.hpp"

#include <algorithm>
#include <map>

namespace immunobot::pages {
namespace {

using Table = std::map<std::string, LocalText, std::less<>>;

Table read_table()
{
    Table table;
    for (std::string const name : {"texts.csv", "console.csv"}) {
        auto const* asset = assets::find(name);
        Diagnostics found;
        auto const rows = text::read_csv(asset ? asset->plain : std::string_view(), name, {"key", "en", "fr"}, {}, found);
        for (auto const& row : rows.rows)
            table[row[0].value] = {typeset(row[1].value, Language::en), typeset(row[2].value, Language::fr)};
    }
    return table;
}

Table const& table()
{
    static Table const all = read_table();
    return all;
}

std::string_view value_of(std::string_view name, Holes holes)
{
    for (auto const& [known, value] : holes)
        if (known == name)
            return value;
    return {};
}

}  // namespace

std::string const& say(std::string_view key, Language language)
{
    auto const found = table().find(key);
    if (found != table().end())
        return found->second.in(language);
    static thread_local std::string missing;
    missing = key;
    return missing;
}

std::string say(std::string_view key, Language language, Holes holes)
{
    // In one pass: a value that looks like a hole stays as it is.
    std::string_view rest = say(key, language);
    std::string out;
    for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
        auto const close = std::min(rest.find('}', open), rest.size() - 1);
        out.append(rest.substr(0, open)).append(value_of(rest.substr(open + 1, close - open - 1), holes));
        rest.remove_prefix(close + 1);
    }
    return out.append(rest);
}

std::string count(std::string_view key, std::size_t n, Language language)
{
    bool const one = n == 1 || (n == 0 && language == Language::fr);
    return say(std::string(key) + (one ? ".one" : ".many"), language, {{"n", spoken_number(n, language)}});
}

std::string spoken_number(std::size_t n, Language language)
{
    auto digits = std::to_string(n);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), language == Language::fr ? "\xE2\x80\xAF" : ",");
    return digits;
}

bool has_text(std::string_view key)
{
    return table().find(key) != table().end();
}

std::vector<std::string_view> text_keys()
{
    std::vector<std::string_view> keys;
    for (auto const& [key, unused] : table())
        keys.push_back(key);
    return keys;
}

}  // namespace immunobot::pages
