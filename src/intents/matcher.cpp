#include "intents/matcher.hpp"

#include "text/tokens.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace immunobot::intents {
namespace {

constexpr float may_share = 0.4f;          // of the weight of a keyword of 'any'
constexpr float phrase_bonus = 0.35f;      // a word more in a phrase makes it that much surer

}  // namespace

Matcher::Matcher(std::shared_ptr<std::vector<Intent> const> intents, std::shared_ptr<Lexicon const> lexicon)
    : intents_(std::move(intents)), lexicon_(std::move(lexicon))
{
    text::Stemmer stemmer;
    for (std::uint32_t i = 0; i < intents_->size(); ++i)
        for (auto const language : {Language::en, Language::fr}) {
            auto const& wording = (*intents_)[i].in(language);
            for (std::size_t line = 0; line < wording.must.size(); ++line)
                for (auto const& keyword : wording.must[line])
                    add(i, keyword, language, KeywordHit::Role::must, line, stemmer);
            for (auto const& keyword : wording.any)
                add(i, keyword, language, KeywordHit::Role::any, 0, stemmer);
            for (auto const& keyword : wording.may)
                add(i, keyword, language, KeywordHit::Role::may, 0, stemmer);
            for (auto const& keyword : wording.never)
                add(i, keyword, language, KeywordHit::Role::never, 0, stemmer);
        }
    weigh(by_first_stem_[0]);
    weigh(by_first_stem_[1]);
}

std::string Matcher::stem(std::string_view folded, Language language, text::Stemmer& stemmer) const
{
    return std::string(stemmer.stem(lexicon_ ? lexicon_->base(folded, language) : folded, language));
}

void Matcher::add(std::uint32_t intent, Keyword const& keyword, Language language, KeywordHit::Role role, std::size_t line, text::Stemmer& stemmer)
{
    auto const tokens = text::tokenise(keyword.text);
    Entry entry{{}, intent, 1, role, static_cast<std::uint8_t>(line)};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        entry.stems.push_back(stem(tokens.word(i), language, stemmer));
        words_.emplace_back(tokens.word(i));
    }
    // "don't", "c'est" are also typed "dont", "cest".
    std::string glued;
    std::vector<std::string> joined;
    bool has_contraction = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        bool const elided = tokens.list[i].elided && i + 1 < tokens.size() && tokens.list[i + 1].glued;
        glued += tokens.word(i);
        has_contraction = has_contraction || elided;
        if (!elided) {
            joined.push_back(stem(glued, language, stemmer));
            glued.clear();
        }
    }
    if (has_contraction) {
        Entry contracted = entry;
        contracted.stems = joined;
        by_first_stem_[static_cast<std::size_t>(language)][joined[0]].push_back(std::move(contracted));
    }
    if (!entry.stems.empty()) {
        auto& list = by_first_stem_[static_cast<std::size_t>(language)][entry.stems[0]];
        list.push_back(std::move(entry));
    }
}

void Matcher::weigh(Index& index) const
{
    std::map<std::vector<std::string>, std::set<std::uint32_t>> users;
    for (auto const& [first, list] : index)
        for (auto const& entry : list)
            if (entry.role == KeywordHit::Role::any || entry.role == KeywordHit::Role::may)
                users[entry.stems].insert(entry.intent);
    auto const total = static_cast<float>(intents_->size());
    for (auto& [first, list] : index)
        for (auto& entry : list) {
            float const shared = static_cast<float>(std::max<std::size_t>(users[entry.stems].size(), 1));
            entry.weight = std::log(1 + total / shared) * (1 + phrase_bonus * static_cast<float>(entry.stems.size() - 1));
            if (entry.role == KeywordHit::Role::may)
                entry.weight *= may_share;
        }
}

void Matcher::find(std::span<std::string_view const> stems, Language language, std::vector<KeywordHit>& hits) const
{
    auto const& index = by_first_stem_[static_cast<std::size_t>(language)];
    for (std::size_t i = 0; i < stems.size(); ++i) {
        auto const found = index.find(stems[i]);
        if (found == index.end())
            continue;
        for (auto const& entry : found->second) {
            if (i + entry.stems.size() > stems.size())
                continue;
            if (std::equal(entry.stems.begin() + 1, entry.stems.end(), stems.begin() + static_cast<std::ptrdiff_t>(i) + 1))
                hits.push_back({entry.intent, static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(entry.stems.size()),
                                entry.weight, entry.role, entry.must_line});
        }
    }
}

void Matcher::score(std::vector<KeywordHit> const& hits, Language language, std::vector<IntentScore>& scores) const
{
    scores.clear();
    std::vector<KeywordHit> sorted = hits;
    std::ranges::sort(sorted, [](KeywordHit const& a, KeywordHit const& b) {
        return std::tie(a.intent, b.weight, a.first) < std::tie(b.intent, a.weight, b.first);
    });
    for (std::size_t begin = 0; begin < sorted.size();) {
        std::size_t end = begin;
        std::uint32_t const intent = sorted[begin].intent;
        std::uint64_t covered = 0;
        std::uint32_t lines = 0;
        bool any = false;
        bool blocked = false;
        float score = 0;
        for (; end < sorted.size() && sorted[end].intent == intent; ++end) {
            auto const& hit = sorted[end];
            blocked = blocked || hit.role == KeywordHit::Role::never;
            any = any || hit.role == KeywordHit::Role::any;
            if (hit.role == KeywordHit::Role::must)
                lines |= 1u << std::min<unsigned>(hit.must_line, 31);
            std::uint64_t const span = hit.first + hit.count > 64 ? 0 : ((std::uint64_t{1} << hit.count) - 1) << hit.first;
            if (hit.role != KeywordHit::Role::never && (span & covered) != span) {
                score += hit.weight;
                covered |= span;
            }
        }
        auto const& wording = (*intents_)[intent].in(language);
        bool const complete = lines == (1u << wording.must.size()) - 1;
        if (!blocked && complete && (any || wording.any.empty()))
            scores.push_back({intent, score});
        begin = end;
    }
    std::ranges::stable_sort(scores, std::greater{}, &IntentScore::score);
}

std::vector<std::string> Matcher::words() const
{
    return words_;
}

}  // namespace immunobot::intents
