// What the keywords of the intents say of a message: which wishes facts may answer, and whether a fixed reply is due.
#include "assistant/analysis.hpp"

#include <algorithm>
#include <optional>

namespace immunobot::assistant {
namespace {

using namespace intents;

// How many content words of a message are keywords of an intent, or of others that want a message for themselves ("thanks, bye"),
// and how many are not. Nothing if it names somebody other than the house, or a number.
struct Share {
    std::size_t said = 0;
    std::size_t polite = 0;    // keywords that carry no wish: "merci"
    std::size_t besides = 0;

    // What the message says: "suis-je en train de parler à une vraie personne ou à une machine ?"
    bool is_all() const { return besides * 4 <= said; }
    // What it says as well: "je vous remercie de votre obligeance".
    bool is_much() const { return besides <= said + polite; }
};

std::optional<Share> share_of(Analysis const& analysis, std::vector<Intent> const& intents, std::vector<KeywordHit> const& hits, std::uint32_t intent)
{
    auto const covered = [&](std::size_t token) {
        return std::ranges::any_of(hits, [&](KeywordHit const& hit) {
            return (hit.intent == intent || intents[hit.intent].alone) && token >= hit.first && token < static_cast<std::size_t>(hit.first) + hit.count;
        });
    };
    Share share;
    for (auto const& word : analysis.words) {
        bool const by_keywords = covered(word.token);
        if ((word.role == Role::entity || word.role == Role::number) && !by_keywords)
            return std::nullopt;
        if (is_content(word))
            ++(by_keywords ? share.said : share.besides);
        else if (by_keywords)
            ++share.polite;
    }
    return share;
}

}  // namespace

void Analyser::read_keywords(Analysis& out, text::Stemmer& stemmer) const
{
    auto const& lexicon = snapshot_.vocabulary.lexicon();
    for (auto& word : out.words)
        for (auto const language : {Language::en, Language::fr}) {
            auto const side = static_cast<std::size_t>(language);
            TermId const term = word.word.stem[side];
            word.keyword[side] = term != no_term ? snapshot_.keyword_of(term, language)
                                                 : snapshot_.intents->matcher->keyword(stemmer.stem(lexicon.base(word.folded, language), language), language);
        }
}

void Analyser::find_keywords(Analysis& out) const
{
    auto const& matcher = *snapshot_.intents->matcher;
    std::vector<std::uint32_t> keywords(out.words.size());
    auto const read = [&](Language language) {
        for (std::size_t i = 0; i < keywords.size(); ++i)  // names never make keywords
            keywords[i] = out.words[i].role == Role::entity ? text::WordTable::none : out.words[i].keyword[static_cast<std::size_t>(language)];
    };
    read(out.language);
    matcher.find(keywords, out.language, out.hits);
    // A word of the other language alone is a keyword of that language: "le headcount de l'IPC".
    auto const is_foreign = [&](AnalysedWord const& word) { return !word.word.is_of(out.language) && word.word.is_of(other(out.language)); };
    if (std::ranges::any_of(out.words, is_foreign)) {
        read(other(out.language));
        std::vector<KeywordHit> hits;
        matcher.find(keywords, other(out.language), hits);
        for (auto const& hit : hits)
            if (std::all_of(out.words.begin() + hit.first, out.words.begin() + hit.first + hit.count, is_foreign))
                out.hits.push_back(hit);
    }
    std::vector<KeywordHit> hits;
    for (auto const& hit : out.hits)
        if (!matcher.intents()[hit.intent].is_fixed_reply())
            hits.push_back(hit);
    matcher.score(hits, out.language, out.scores);
}

// Safety and small talk are looked for in the words as typed, names and all, in both languages: a cry for help
// must not be missed because a greeting before it was in the other language.
void Analyser::find_fixed(Analysis& out) const
{
    auto const& matcher = *snapshot_.intents->matcher;
    std::vector<KeywordHit> hits;
    std::vector<IntentScore> scores;
    std::vector<std::uint32_t> keywords(out.words.size());
    for (auto const language : {out.language, other(out.language)}) {
        for (std::size_t i = 0; i < keywords.size(); ++i)
            keywords[i] = out.words[i].keyword[static_cast<std::size_t>(language)];
        hits.clear();
        matcher.find(keywords, language, hits);
        std::erase_if(hits, [&](KeywordHit const& hit) { return !matcher.intents()[hit.intent].is_fixed_reply(); });
        matcher.score(hits, language, scores);
        for (auto const& score : scores) {
            auto const& intent = matcher.intents()[score.intent];
            bool const seen = std::ranges::any_of(out.fixed, [&](IntentScore const& s) { return s.intent == score.intent; });
            if (seen || (language != out.language && intent.status != "safety"))
                continue;
            auto const share = intent.alone ? share_of(out, matcher.intents(), hits, score.intent) : Share();
            if (share && share->is_all())
                out.fixed.push_back(score);
            else if (share && share->is_much() && (!out.courtesy || out.courtesy->score < score.score))
                out.courtesy = score;
        }
    }
}

}  // namespace immunobot::assistant
