#include "assistant/asked_of_several.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace immunobot::assistant {
namespace {

using namespace intents;
using Asked = AskedOfSeveral;

constexpr std::size_t longest_saying = 3;     // words: "research centres"
constexpr std::size_t before_telegram = 2;    // small words: "the oldest lab"
constexpr ClassBits asks_of_them = asks_which | asks_who | asks_when | asks_where | list_all;

// What the longest words from here on say of several, and how many words that are; nothing if they say nothing of it.
struct Saying {
    std::vector<std::string> const* names = nullptr;
    std::size_t words = 0;
};

Saying saying_at(Snapshot const& snapshot, Analysis const& analysis, std::size_t at)
{
    for (std::size_t size = std::min(longest_saying, analysis.words.size() - at); size > 0; --size) {
        auto const span = std::span(analysis.words).subspan(at, size);
        if (std::ranges::any_of(span, [](AnalysedWord const& word) { return word.role == Role::entity || word.role == Role::filler; }))
            continue;
        std::string text;
        for (auto const& word : span)
            text.append(text.empty() ? "" : " ").append(word.folded);
        if (auto const& names = snapshot.vocabulary.lexicon().of_several(text); !names.empty())
            return {&names, size};
    }
    return {};
}

class Reader {
public:
    Reader(Snapshot const& snapshot, Analysis const& analysis) : snapshot_(snapshot), analysis_(analysis) { out_.taken.resize(analysis.words.size()); }

    Asked read()
    {
        for (std::size_t i = 0; i < analysis_.words.size();) {
            auto const saying = saying_at(snapshot_, analysis_, i);
            std::size_t const next = i + 1;
            // "La plus vieille": what reaches further goes first.
            bool const overlapped = saying.words > 1 && next < analysis_.words.size() && next + saying_at(snapshot_, analysis_, next).words > i + saying.words;
            if (saying.words == 0 || overlapped) {
                i = next;
                continue;
            }
            bool used = false;
            for (auto const& name : *saying.names)
                used = note(name, i, saying.words) || used;
            if (used)
                std::fill_n(out_.taken.begin() + static_cast<std::ptrdiff_t>(i), saying.words, true);
            i += saying.words;
        }
        if ((analysis_.asks & (asks_which | asks_who)) == 0)
            out_.ends = static_cast<std::uint8_t>(out_.ends & ~Asked::more);
        return std::move(out_);
    }

private:
    // False if it says nothing where it stands.
    bool note(std::string_view name, std::size_t at, std::size_t words)
    {
        using Years = Asked::Years;
        constexpr std::pair<std::string_view, Asked::End> ends[] = {{"largest", Asked::largest}, {"smallest", Asked::smallest}, {"most", Asked::most}, {"more", Asked::more}, {"least", Asked::least}, {"eldest", Asked::eldest}, {"youngest", Asked::youngest}};
        constexpr std::pair<std::string_view, Years> years[] = {{"since", Years::since}, {"after", Years::after}, {"until", Years::until}, {"before", Years::before}};
        for (std::string_view const prefix : {"kind.", "kinds."})
            if (name.starts_with(prefix))
                return note_kind(name.substr(prefix.size()), prefix == "kinds.", at, words);
        for (auto const& [row, relation] : years)
            if (name == row)
                return note_year(at + words, relation);
        for (auto const& [row, bit] : ends)
            if (name == row)
                out_.ends = static_cast<std::uint8_t>(out_.ends | bit);
        out_.beyond = out_.beyond || name == "beyond";
        return true;
    }

    // "Which labs work with companies?" is asked of the labs.
    bool note_kind(std::string_view kind, bool plural, std::size_t at, std::size_t words)
    {
        if (!out_.kinds.empty() && at != out_.kind_at)
            return false;
        out_.kinds.emplace_back(kind);
        out_.kind_at = at;
        out_.kind_words = words;
        out_.plural = out_.plural || plural;
        return true;
    }

    bool note_year(std::size_t at, Asked::Years relation)
    {
        if (at >= analysis_.words.size() || !is_year(analysis_.words[at].folded))
            return false;
        out_.bounds.push_back({analysis_.words[at].folded, relation});
        // "Between 2010 and 2015"
        bool const joined = at + 2 < analysis_.words.size() && (analysis_.words[at + 1].folded == "and" || analysis_.words[at + 1].folded == "et") && is_year(analysis_.words[at + 2].folded);
        if (joined && relation == Asked::Years::since)
            out_.bounds.push_back({analysis_.words[at + 2].folded, Asked::Years::until});
        return true;
    }

    Snapshot const& snapshot_;
    Analysis const& analysis_;
    Asked out_;
};

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
    return Reader(snapshot, analysis).read();
}

bool asks_of_all(Analysis const& analysis, AskedOfSeveral const& asked)
{
    if (asked.kinds.empty() || analysis.yes_no)
        return false;
    auto const first = static_cast<std::size_t>(std::ranges::find(asked.taken, true) - asked.taken.begin());
    auto const is_small = [&](AnalysedWord const& word) { return word.role == Role::filler || (word.role == Role::function && (own_classes(word, analysis.language) & pronoun) == 0); };
    bool const telegram = analysis.asks == 0 && !analysis.open && first <= before_telegram && std::ranges::all_of(std::span(analysis.words).first(first), is_small);
    if (asked.ends != 0)
        return telegram || analysis.asks != 0 || analysis.open;
    bool const which = (analysis.asks & (asks_which | list_all)) != 0;   // "every company"
    return (asked.plural || which) && ((analysis.asks & asks_of_them) != 0 || telegram);
}

}  // namespace immunobot::assistant
