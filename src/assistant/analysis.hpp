// What one question (or one part of it) says: its words with their roles, the entities it names, the keyword
// intents it hits, and the slots that ranking has to account for.
//
// Pure: the same text on the same snapshot gives the same analysis.
#pragma once

#include "assistant/reply.hpp"
#include "assistant/snapshot.hpp"
#include "text/stem.hpp"
#include "text/tokens.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::assistant {

enum class Role : std::uint8_t { function, filler, home, pronoun, entity, content, unknown, number };

struct AnalysedWord {
    std::string folded;        // as understood (corrected)
    Word word;
    Role role = Role::content;
    std::array<std::uint32_t, 2> keyword{};   // by Language: its number in the matcher
    std::uint16_t token = 0;
    bool corrected = false;
    bool asks_yes_no = false;  // begins a phrase that does: "est-ce que", "y a-t-il"
};

// What a word is there for (WordClass bits); one that is a word of the other language alone is what it is there ("le headcount,
// any idea ?").
intents::ClassBits classes(AnalysedWord const& word, Language language);

// As a word of this language alone.
inline intents::ClassBits own_classes(AnalysedWord const& word, Language language)
{
    return word.word.classes[static_cast<std::size_t>(language)];
}

// Question words that can begin a question.
inline constexpr intents::ClassBits leading_question_words = intents::asks_when | intents::asks_where | intents::asks_who | intents::asks_how_many | intents::asks_why | intents::asks_which;

// Something that a good answer has to speak of.
struct Slot {
    enum class Kind : std::uint8_t { word, entity, number } kind = Kind::word;
    float weight = 0;
    bool counts = true;              // for coverage; inherited and implied slots only help ranking
    bool common = false;             // a word that everybody's questions may have: no name, no term
    std::vector<TermId> terms;
    std::vector<intents::ConceptId> concepts;
    std::vector<std::pair<std::uint16_t, float>> properties;  // keyword of these, with its strength
    EntityId entity = 0;
    std::string text;                // the word, digits or entity id: for --explain and follow-ups
};

struct Analysis {
    Language language = Language::en;
    std::string language_reason;
    text::Tokens tokens;
    std::vector<AnalysedWord> words;       // one per token
    std::vector<Link> links;
    std::vector<intents::KeywordHit> hits;
    std::vector<intents::IntentScore> scores;   // of intents that facts answer, best first
    std::vector<intents::IntentScore> fixed;    // of intents with a fixed reply: small talk, safety
    std::optional<intents::IntentScore> courtesy;   // of one that wants a message for itself, and has most of this one: for want of an answer
    std::vector<Slot> slots;
    PropertyModel::Terms terms;            // what the property model reads
    intents::ClassBits asks = 0;               // WordClass bits of the words that ask: when, where, who, ...
    std::string head;                      // what is asked for by name: "companies" in "how many companies"; may be empty
    std::vector<std::string> numbers;
    bool names_home = false;               // "you", "your", "le cluster"
    bool points_back = false;              // a pronoun, or a follow-up opening
    bool follows_on = false;
    bool yes_no = false;
    bool open = false;                     // asks how or what, so it is no yes/no question
    bool negated = false;
    std::size_t negated_at = 0;            // token of the first word that negates
    bool other_language = false;
    bool corrects = false;                 // "no, I meant ...": in the place of what was spoken of
    std::vector<std::uint16_t> private_words;   // tokens of words and phrases of private life: "married", "est né"
    bool stops = false;                    // has a phrase that ends what was spoken of: "never mind"
    std::vector<Correction> corrections;

    bool has_content() const;              // has a slot that is no name
    bool has_wish() const;                 // says anything but names and function words
};

// Says something of its own: neither a name nor one of the words that hold a question together.
inline bool is_content(AnalysedWord const& word)
{
    return word.role == Role::content || word.role == Role::unknown;
}

// Whether a word of it is of one of these classes.
inline bool says(Analysis const& analysis, intents::ClassBits bits)
{
    return std::ranges::any_of(analysis.words, [&](AnalysedWord const& word) { return (own_classes(word, analysis.language) & bits) != 0; });
}

// Whether the words from `at` on are this phrase.
inline bool says_at(Analysis const& analysis, std::size_t at, intents::Lexicon::Phrase const& phrase)
{
    auto const words = std::span(analysis.words).subspan(at);
    return phrase.words.size() <= words.size() && std::ranges::equal(words.first(phrase.words.size()), phrase.words, {}, &AnalysedWord::folded);
}

// Whether one of `meanings` is this group of data/lexicon.csv.
bool is_of_group(Snapshot const& snapshot, std::vector<intents::ConceptId> const& meanings, std::string_view group);
// Whether a word or phrase of it is.
bool says_group(Snapshot const& snapshot, Analysis const& analysis, std::string_view group);

// Nothing but names, and words that carry no wish.
bool says_little(Analysis const& analysis);

// "Which ones?", and nothing else.
bool asks_which_ones(Analysis const& analysis);
// ... or for their names, or who they are, of what was just spoken of.
bool asks_for_them(Analysis const& analysis);

class Analyser {
public:
    enum class Spelling : bool { corrected, as_typed };
    explicit Analyser(Snapshot const& snapshot, Spelling spelling = Spelling::corrected) : snapshot_(snapshot), spelling_(spelling) {}

    // `last` (the conversation's language), then `hint`, settle the language when the words do not.
    // `forced` settles it whatever they say.
    Analysis analyse(std::string_view text, std::optional<Language> hint, std::optional<Language> last, text::Stemmer& stemmer,
                     std::optional<Language> forced = {}) const;

private:
    void part_elisions(Analysis& out) const;
    void read_words(Analysis& out, text::Stemmer& stemmer) const;
    bool is_doubtful(Analysis const& out, std::size_t i) const;
    void correct_words(std::string_view text, Analysis& out) const;
    void link(Analysis& out) const;
    void detect_language(Analysis& out, std::optional<Language> hint, std::optional<Language> last) const;
    void mark_phrases(Analysis& out) const;
    static void negate(Analysis& out, std::size_t token);
    void mark_roles(Analysis& out) const;
    void find_head(Analysis& out) const;
    std::size_t tag_begin(Analysis const& out) const;
    void read_keywords(Analysis& out, text::Stemmer& stemmer) const;
    void find_keywords(Analysis& out) const;
    void find_fixed(Analysis& out) const;
    void add_question_phrases(Analysis& out, std::vector<Slot>& by_token) const;
    void make_slots(std::string_view text, Analysis& out) const;
    void make_terms(Analysis& out) const;

    Snapshot const& snapshot_;
    Spelling spelling_;
};

}  // namespace immunobot::assistant
