#include "staff/difference.hpp"

#include <algorithm>
#include <cstdint>

namespace immunobot::staff {
namespace {

constexpr std::size_t most_words = 1'500;

// Words with the blanks behind them.
std::vector<std::string_view> words_of(std::string_view text)
{
    std::vector<std::string_view> words;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool const blank = text[at] == ' ' || text[at] == '\n';
        bool const next = at + 1 < text.size() && text[at + 1] != ' ' && text[at + 1] != '\n';
        if (blank && next) {
            words.push_back(text.substr(begin, at + 1 - begin));
            begin = at + 1;
        }
    }
    if (begin < text.size())
        words.push_back(text.substr(begin));
    return words;
}

void append(std::vector<Piece>& out, Piece::Kind kind, std::string_view text)
{
    if (text.empty())
        return;
    if (!out.empty() && out.back().kind == kind)
        out.back().text += text;
    else
        out.push_back({kind, std::string(text)});
}

}  // namespace

std::vector<Piece> difference(std::string_view before, std::string_view after)
{
    auto const a = words_of(before);
    auto const b = words_of(after);
    std::vector<Piece> out;
    if (a.size() > most_words || b.size() > most_words) {
        append(out, Piece::Kind::removed, before);
        append(out, Piece::Kind::added, after);
        return out;
    }
    // common[i][j]: words that a from i and b from j have in common, in order.
    std::size_t const width = b.size() + 1;
    std::vector<std::uint16_t> common((a.size() + 1) * width, 0);
    for (std::size_t i = a.size(); i-- > 0;)
        for (std::size_t j = b.size(); j-- > 0;)
            common[i * width + j] = a[i] == b[j] ? static_cast<std::uint16_t>(common[(i + 1) * width + j + 1] + 1)
                                                 : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
        bool const same = i < a.size() && j < b.size() && a[i] == b[j];
        bool const removes = !same && i < a.size() && (j == b.size() || common[(i + 1) * width + j] >= common[i * width + j + 1]);
        append(out, same ? Piece::Kind::same : removes ? Piece::Kind::removed : Piece::Kind::added, same || removes ? a[i] : b[j]);
        i += same || removes ? 1 : 0;
        j += same || !removes ? 1 : 0;
    }
    return out;
}

std::optional<Language> changed_alone(LocalText const& before, LocalText const& after)
{
    bool const had_both = !before.fr.empty() && !before.en.empty();
    bool const french = before.fr != after.fr;
    bool const english = before.en != after.en;
    if (!had_both || french == english)
        return std::nullopt;
    return french ? Language::fr : Language::en;
}

}  // namespace immunobot::staff
