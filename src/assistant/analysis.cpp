#include "assistant/analysis.hpp"

#include <algorithm>
#include <cmath>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr float of_one_language = 0.3f;     // vote of a word that only one language has
constexpr std::size_t head_reach = 3;         // words after "how many" in which its noun is looked for
constexpr std::size_t most_words = 400;

bool all_digits(std::string_view word)
{
    return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

// "ou" between two names, or "them" and a name, is "or", not "where", which is typed without its accent as well.
bool is_or(Analysis const& analysis, std::size_t i)
{
    if (analysis.words[i].folded != "ou" || i == 0)
        return false;
    auto const ends = [&](Link const& link) { return std::size_t{link.first} + link.count == i; };
    auto const begins = [&](Link const& link) { return link.first > i && link.first <= i + 2; };
    bool const of_them = (analysis.words[i - 1].word.classes[static_cast<std::size_t>(Language::fr)] & pronoun) != 0;
    return (of_them || std::ranges::any_of(analysis.links, ends)) && std::ranges::any_of(analysis.links, begins);
}

}  // namespace

bool is_of_group(Snapshot const& snapshot, std::vector<ConceptId> const& meanings, std::string_view group)
{
    auto const& lexicon = snapshot.vocabulary.lexicon();
    return std::ranges::any_of(meanings, [&](ConceptId id) { return lexicon.concept_name(id) == group; });
}

bool says_group(Snapshot const& snapshot, Analysis const& analysis, std::string_view group)
{
    return std::ranges::any_of(analysis.words, [&](AnalysedWord const& word) { return is_of_group(snapshot, word.word.concepts, group); });
}

bool says_little(Analysis const& analysis)
{
    return std::ranges::none_of(analysis.words, [&](AnalysedWord const& word) {
        return is_content(word) && (own_classes(word, analysis.language) & (light | list_all)) == 0;
    });
}

bool asks_which_ones(Analysis const& analysis)
{
    constexpr ClassBits others = asks_when | asks_where | asks_who | asks_how_many | asks_why | money;
    return (analysis.asks & (asks_which | list_all)) != 0 && (analysis.asks & others) == 0 && !analysis.open && !analysis.names_home && !analysis.points_back &&
           analysis.links.empty() && says_little(analysis) && !says(analysis, any_ordinal);
}

bool asks_for_them(Analysis const& analysis)
{
    constexpr ClassBits others = asks_when | asks_where | asks_how_many | asks_why | money;
    return (analysis.asks & (asks_which | list_all)) != 0 && (analysis.asks & others) == 0 && !analysis.names_home && analysis.links.empty() &&
           says_little(analysis) && !says(analysis, any_ordinal);
}

ClassBits classes(AnalysedWord const& word, Language language)
{
    auto const mine = word.word.classes[static_cast<std::size_t>(language)];
    bool const foreign = mine == 0 && !word.word.is_of(language) && word.word.is_of(other(language));
    return foreign ? word.word.classes[static_cast<std::size_t>(other(language))] : mine;
}

// The first three signs of a number with decimals; std::to_string costs more than the rest of the sentence.
void append_number(std::string& out, float number)
{
    auto const millionths = std::llround(static_cast<double>(number) * 1e6);
    auto const digits = std::to_string(millionths / 1'000'000) + '.' + static_cast<char>('0' + millionths / 100'000 % 10);
    out.append(digits, 0, 3);
}

bool Analysis::has_content() const
{
    return std::ranges::any_of(slots, [](Slot const& slot) { return slot.kind != Slot::Kind::entity; });
}

bool Analysis::has_wish() const
{
    return std::ranges::any_of(slots, [](Slot const& s) { return s.kind != Slot::Kind::entity && s.counts; }) || asks != 0 || !scores.empty();
}

Analysis Analyser::analyse(std::string_view text, std::optional<Language> hint, std::optional<Language> last, text::Stemmer& stemmer,
                           std::optional<Language> forced) const
{
    Analysis out;
    text::tokenise(text, out.tokens);
    if (out.tokens.list.size() > most_words)
        out.tokens.list.resize(most_words);
    read_words(out, stemmer);
    detect_language(out, hint, last);
    if (forced)
        out.language = *forced;
    if (out.language == Language::fr)
        part_elisions(out);
    link(out);
    if (spelling_ == Spelling::corrected)
        correct_words(text, out);
    if (!out.corrections.empty())
        link(out);
    mark_roles(out);
    mark_phrases(out);
    find_head(out);
    read_keywords(out, stemmer);
    find_keywords(out);
    find_fixed(out);
    make_slots(text, out);
    make_terms(out);
    return out;
}

void Analyser::detect_language(Analysis& out, std::optional<Language> hint, std::optional<Language> last) const
{
    float votes[2] = {0, 0};
    std::size_t foreign = 0;
    for (auto const& word : out.words) {
        auto const en = word.word.classes[0];
        auto const fr = word.word.classes[1];
        if ((en & other_language) != 0)
            ++foreign;
        constexpr ClassBits speaks = function_word | filler | home | asks_when | asks_where | asks_who | asks_how_many | asks_which;
        bool const in_en = (en & speaks) != 0;
        bool const in_fr = (fr & speaks) != 0;
        if (in_en != in_fr)
            votes[in_fr ? 1 : 0] += 1;
        else if (word.word.is_of(Language::en) != word.word.is_of(Language::fr) && !word.word.name)
            votes[word.word.is_of(Language::fr) ? 1 : 0] += of_one_language;
    }
    for (std::size_t i = 0; i < out.words.size(); ++i) {
        auto const& token = out.tokens.list[i];
        if (token.elided && out.words[i].folded.size() <= 2)
            votes[1] += 1;
    }
    std::vector<std::uint32_t> keywords;
    std::vector<KeywordHit> hits;
    for (int side = 0; side < 2; ++side) {
        auto const language = side == 0 ? Language::en : Language::fr;
        keywords.clear();
        for (auto const& word : out.words) {
            TermId const term = word.word.stem[static_cast<std::size_t>(side)];
            keywords.push_back(term == no_term ? snapshot_.intents->matcher->keyword(word.folded, language) : snapshot_.keyword_of(term, language));
        }
        hits.clear();
        snapshot_.intents->matcher->find(keywords, language, hits);
        std::vector<bool> seen(out.words.size());
        for (auto const& hit : hits)
            if (hit.role != KeywordHit::Role::may && hit.role != KeywordHit::Role::never && !seen[hit.first]) {
                seen[hit.first] = true;
                votes[side] += 0.4f;
            }
    }
    out.other_language = foreign >= 2 && static_cast<float>(foreign) > std::max(votes[0], votes[1]);
    if (votes[0] != votes[1]) {
        out.language = votes[1] > votes[0] ? Language::fr : Language::en;
        out.language_reason = "its words: ";
        append_number(out.language_reason, votes[0]);
        out.language_reason += " English, ";
        append_number(out.language_reason, votes[1]);
        out.language_reason += " French";
    } else if (last || hint) {
        out.language = last ? *last : *hint;
        out.language_reason = last ? "the question before" : "the page or channel";
    } else {
        out.language_reason = "nothing tells: English by default";
    }
}

void Analyser::link(Analysis& out) const
{
    std::vector<std::string_view> words;
    for (auto const& word : out.words)
        words.push_back(word.folded);
    out.links.clear();
    snapshot_.linker.find(out.tokens, words, out.links, [&](std::size_t i) { return out.words[i].word.name; });
}

// Where "..., isn't it?" begins; the number of words when there is no such thing.
std::size_t Analyser::tag_begin(Analysis const& out) const
{
    std::size_t const size = out.words.size();
    std::size_t const longest = 4;
    for (std::size_t begin = size > longest ? size - longest : 1; begin < size; ++begin) {
        if (begin + 1 == size)
            return (classes(out.words[begin], out.language) & tag) != 0 && out.tokens.list[begin].after_comma ? begin : size;
        for (auto const& phrase : snapshot_.vocabulary.lexicon().phrases_at(out.words[begin].word.phrases)) {
            auto const bits = out.language == Language::fr ? phrase.classes_fr : phrase.classes_en;
            bool matches = (bits & tag) != 0 && begin + phrase.words.size() == size;
            for (std::size_t k = 1; matches && k < phrase.words.size(); ++k)
                matches = out.words[begin + k].folded == phrase.words[k];
            if (matches)
                return begin;
        }
    }
    return size;
}

void Analyser::mark_roles(Analysis& out) const
{
    std::size_t const tagged = tag_begin(out);
    for (auto& word : out.words) {
        if (is_or(out, word.token))
            for (auto& of_language : word.word.classes)
                of_language &= ~ClassBits{asks_where};
        if (word.token >= tagged) {
            word.role = Role::filler;
            continue;
        }
        auto const mine = classes(word, out.language);
        auto const both = mine | classes(word, other(out.language));
        if (all_digits(word.folded))
            word.role = Role::number;
        else if ((mine & home) != 0)
            word.role = Role::home;
        else if ((mine & (function_word | asks_when | asks_where | asks_who | asks_how_many | asks_why | asks_which)) != 0)
            word.role = Role::function;
        else if ((mine & filler) != 0)
            word.role = Role::filler;
        else if (word.folded.size() <= 2 && (both & function_word) != 0)
            word.role = Role::function;
        else
            word.role = word.word.known && !word.word.common ? Role::content : Role::unknown;
        if (word.word.in_facts && word.role == Role::unknown)
            word.role = Role::content;
        if (word.word.stem[0] != no_term || word.word.stem[1] != no_term || !word.word.concepts.empty())
            if (word.role == Role::unknown)
                word.role = Role::content;
        constexpr ClassBits asking = asks_when | asks_where | asks_who | asks_how_many | asks_why | asks_which | list_all | money;
        out.asks |= mine & asking;
        out.open = out.open || (mine & asks_how) != 0 || ((mine & opens) != 0 && out.tokens.list[word.token].sentence_start);
        if ((mine & home) != 0)
            out.names_home = true;
        if ((mine & pronoun) != 0)
            out.points_back = true;
        if ((mine & negation) != 0)
            negate(out, word.token);
    }
    for (auto const& link : out.links)
        for (std::size_t i = link.first; i < link.first + link.count; ++i)
            out.words[i].role = Role::entity;
    bool const speaks = std::ranges::any_of(out.words, is_content);
    bool const asks_nothing = speaks && (out.asks & ~ClassBits{list_all | money}) == 0;
    if (!out.words.empty()) {
        auto const first = classes(out.words[0], out.language);
        out.follows_on = (first & follows_on) != 0;
        out.yes_no = ((first & yes_no) != 0 && (first & (asks_when | asks_where | asks_who | asks_which)) == 0) || tagged < out.words.size() || (out.tokens.question_mark && asks_nothing && !out.open && !out.follows_on && out.words.size() > 2);
    }
}

void Analyser::negate(Analysis& out, std::size_t token)
{
    out.negated_at = out.negated ? std::min(out.negated_at, token) : token;
    out.negated = true;
}

// The first word of substance after "how many", "which", "quelle": an answer has to be of that.
void Analyser::find_head(Analysis& out) const
{
    for (std::size_t i = 0; i < out.words.size() && out.head.empty(); ++i) {
        if ((classes(out.words[i], out.language) & (asks_which | asks_how_many)) == 0 || out.words[i].role == Role::entity)
            continue;
        for (std::size_t k = i + 1; k < out.words.size() && k <= i + head_reach; ++k) {
            auto const& word = out.words[k];
            if (word.role == Role::entity)
                break;
            if (is_content(word)) {
                out.head = word.folded;
                break;
            }
        }
    }
}

void Analyser::mark_phrases(Analysis& out) const
{
    auto const side = out.language;
    for (std::size_t i = 0; i < out.words.size(); ++i)
        for (auto const& phrase : snapshot_.vocabulary.lexicon().phrases_at(out.words[i].word.phrases)) {
            std::size_t const size = phrase.words.size();
            if (i + size > out.words.size())
                continue;
            bool matches = true;
            for (std::size_t k = 1; k < size && matches; ++k)
                matches = out.words[i + k].folded == phrase.words[k];
            auto const bits = side == Language::fr ? phrase.classes_fr : phrase.classes_en;
            if (!matches)
                continue;
            bool const takes_away = size > 1 && (bits & negation) != 0;   // "apart from"
            if (takes_away)
                negate(out, i);
            if ((bits & filler) != 0 || takes_away)
                for (std::size_t k = 0; k < size; ++k)
                    if (out.words[i + k].role != Role::entity)
                        out.words[i + k].role = Role::filler;
            out.asks |= bits & (asks_when | asks_where | asks_who | asks_how_many | asks_why | asks_which | list_all | money);
            if ((bits & home) != 0) {
                out.names_home = true;
                for (std::size_t k = 0; k < size; ++k)
                    if (out.words[i + k].role != Role::entity)
                        out.words[i + k].role = Role::home;
            }
            out.points_back = out.points_back || (bits & pronoun) != 0;
            if ((bits & private_life) != 0)
                for (std::size_t k = 0; k < size; ++k)
                    out.private_words.push_back(out.words[i + k].token);
            if ((bits & stop) != 0) {
                out.stops = true;
                for (std::size_t k = 0; k < size; ++k)
                    out.words[i + k].role = Role::filler;
            }
            // At the beginning, or after words that say nothing: "sorry, I meant ...".
            bool const begins = std::all_of(out.words.begin(), out.words.begin() + static_cast<std::ptrdiff_t>(i),
                                            [](AnalysedWord const& word) { return word.role == Role::filler || word.role == Role::function; });
            if (begins && (bits & (follows_on | correction)) != 0) {
                out.follows_on = true;
                out.corrects = out.corrects || (bits & correction) != 0;
                for (std::size_t k = 0; k < size; ++k)
                    if (out.words[i + k].role != Role::entity)
                        out.words[i + k].role = Role::filler;
            }
            out.words[i].asks_yes_no = out.words[i].asks_yes_no || (bits & yes_no) != 0;
            if (i == 0)
                out.yes_no = out.yes_no || (bits & yes_no) != 0;
            if ((bits & yes_no) != 0 && i > 0 && i + size == out.words.size())
                out.yes_no = true;  // a tag: "..., isn't it", "..., c'est ça ?"
            if (!phrase.concepts.empty()) {
                // The first content word of the phrase carries its meaning.
                for (std::size_t k = 0; k < size; ++k)
                    if (out.words[i + k].role != Role::entity) {
                        auto& concepts = out.words[i + k].word.concepts;
                        concepts.insert(concepts.end(), phrase.concepts.begin(), phrase.concepts.end());
                        if (out.words[i + k].role == Role::unknown)
                            out.words[i + k].role = Role::content;
                    }
            }
        }
}

}  // namespace immunobot::assistant
