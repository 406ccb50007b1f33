#include "assistant/asked_of_several.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace immunobot::assistant {
namespace {

using namespace intents;
using Asked = AskedOfSeveral;

constexpr std::size_t longest_saying = 3;     // words: "research centres"
constexpr std::string_view of_kind = "kind.";
constexpr ClassBits asks_of_them = asks_which | asks_who | asks_when | asks_where | list_all;

void note(std::string_view name, std::size_t at, std::size_t words, Asked& out)
{
    constexpr std::pair<std::string_view, Asked::End> ends[] = {{"most", Asked::most}, {"more", Asked::more}, {"least", Asked::least}, {"eldest", Asked::eldest}, {"youngest", Asked::youngest}};
    if (name.starts_with(of_kind)) {
        out.kinds.emplace_back(name.substr(of_kind.size()));
        out.kind_at = at;
        out.kind_words = words;
    } else if (name == "since" || name == "before") {
        out.years = name == "since" ? Asked::Years::since : Asked::Years::before;
    }
    out.beyond = out.beyond || name == "beyond";
    for (auto const& [end, bit] : ends)
        out.ends = static_cast<std::uint8_t>(out.ends | (name == end ? bit : 0));
}

// What the longest words from here on say of several, and how many words that are; nothing if they say nothing of it.
struct Saying {
    std::vector<std::string> const* names = nullptr;
    std::size_t words = 0;
};

Saying saying_at(Snapshot const& snapshot, Analysis const& analysis, std::size_t at)
{
    for (std::size_t size = std::min(longest_saying, analysis.words.size() - at); size > 0; --size) {
        auto const span = std::span(analysis.words).subspan(at, size);
        if (std::ranges::any_of(span, [](AnalysedWord const& word) { return word.role == Role::entity; }))
            continue;
        std::string text;
        for (auto const& word : span)
            text.append(text.empty() ? "" : " ").append(word.folded);
        if (auto const& names = snapshot.vocabulary.lexicon().of_several(text); !names.empty())
            return {&names, size};
    }
    return {};
}

}  // namespace

bool AskedOfSeveral::takes(Analysis const& analysis, Slot const& slot) const
{
    for (std::size_t i = 0; i < taken.size(); ++i)
        if (taken[i] && analysis.words[i].folded == slot.text)
            return true;
    return false;
}

AskedOfSeveral asked_of_several(Snapshot const& snapshot, Analysis const& analysis)
{
    Asked out;
    out.taken.resize(analysis.words.size());
    for (std::size_t i = 0; i < analysis.words.size();) {
        auto const saying = saying_at(snapshot, analysis, i);
        std::size_t const next = i + 1;
        // "La plus vieille": what reaches further goes first.
        bool const overlapped = saying.words > 1 && next < analysis.words.size() && next + saying_at(snapshot, analysis, next).words > i + saying.words;
        if (saying.words == 0 || overlapped) {
            i = next;
            continue;
        }
        for (auto const& name : *saying.names)
            note(name, i, saying.words, out);
        std::fill_n(out.taken.begin() + static_cast<std::ptrdiff_t>(i), saying.words, true);
        i += saying.words;
    }
    if ((analysis.asks & (asks_which | asks_who)) == 0)
        out.ends = static_cast<std::uint8_t>(out.ends & ~Asked::more);
    return out;
}

bool asks_of_all(Analysis const& analysis, AskedOfSeveral const& asked)
{
    bool const opens = asked.kind_at == 0 && analysis.asks == 0 && !analysis.open;
    return !asked.kinds.empty() && !analysis.yes_no && ((analysis.asks & asks_of_them) != 0 || opens);
}

}  // namespace immunobot::assistant
