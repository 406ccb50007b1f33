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
    finish(index_[0]);
    finish(index_[1]);
}

std::string Matcher::stem(std::string_view folded, Language language, text::Stemmer& stemmer) const
{
    return std::string(stemmer.stem(lexicon_ ? lexicon_->base(folded, language) : folded, language));
}

void Matcher::add(std::uint32_t intent, Keyword const& keyword, Language language, KeywordHit::Role role, std::size_t line, text::Stemmer& stemmer)
{
    auto const tokens = text::tokenise(keyword.text);
    Entry const entry{0, intent, 1, 0, role, static_cast<std::uint8_t>(line), 0};
    auto& index = index_[static_cast<std::size_t>(language)];
    std::vector<std::string> stems;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        stems.push_back(stem(tokens.word(i), language, stemmer));
        words_.add(tokens.word(i));
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
    if (has_contraction)
        put(index, joined, entry);
    if (!stems.empty())
        put(index, stems, entry);
}

void Matcher::put(Index& index, std::vector<std::string> const& stems, Entry entry)
{
    entry.first_stem = static_cast<std::uint32_t>(index.stems.size());
    entry.count = static_cast<std::uint8_t>(stems.size());
    for (auto const& stem : stems)
        index.stems.push_back(index.known.add(stem));
    index.entries.push_back(entry);
}

void Matcher::finish(Index& index) const
{
    auto const stems_of = [&](Entry const& entry) {
        auto const first = index.stems.begin() + static_cast<std::ptrdiff_t>(entry.first_stem);
        return std::vector<std::uint32_t>(first, first + entry.count);
    };
    std::map<std::vector<std::uint32_t>, std::set<std::uint32_t>> users;
    for (auto const& entry : index.entries)
        if (entry.role == KeywordHit::Role::any || entry.role == KeywordHit::Role::may)
            users[stems_of(entry)].insert(entry.intent);
    auto const total = static_cast<float>(intents_->size());
    for (auto& entry : index.entries) {
        float const shared = static_cast<float>(std::max<std::size_t>(users[stems_of(entry)].size(), 1));
        entry.weight = std::log(1 + total / shared) * (1 + phrase_bonus * static_cast<float>(entry.count - 1));
        if (entry.role == KeywordHit::Role::may)
            entry.weight *= may_share;
    }
    auto const first = [&](Entry const& entry) { return index.stems[entry.first_stem]; };
    std::ranges::stable_sort(index.entries, {}, first);
    index.begin.assign(index.known.size() + std::size_t{1}, 0);
    for (auto const& entry : index.entries)
        ++index.begin[first(entry) + 1];
    for (std::size_t i = 1; i < index.begin.size(); ++i)
        index.begin[i] += index.begin[i - 1];
}

void Matcher::find(std::span<std::string_view const> stems, Language language, std::vector<KeywordHit>& hits) const
{
    std::vector<std::uint32_t> keywords;
    for (auto const stem : stems)
        keywords.push_back(keyword(stem, language));
    find(keywords, language, hits);
}

void Matcher::find(std::span<std::uint32_t const> keywords, Language language, std::vector<KeywordHit>& hits) const
{
    auto const& index = index_[static_cast<std::size_t>(language)];
    for (std::size_t i = 0; i < keywords.size(); ++i) {
        if (keywords[i] >= index.known.size())
            continue;
        for (std::uint32_t at = index.begin[keywords[i]]; at < index.begin[keywords[i] + 1]; ++at) {
            auto const& entry = index.entries[at];
            if (i + entry.count > keywords.size())
                continue;
            auto const* const stems = index.stems.data() + entry.first_stem;
            if (std::equal(stems + 1, stems + entry.count, keywords.data() + i + 1))
                hits.push_back({entry.intent, static_cast<std::uint16_t>(i), entry.count, entry.weight, entry.role, entry.must_line});
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

}  // namespace immunobot::intents
