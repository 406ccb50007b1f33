// What the words of the two languages are, from data/words.csv (classes of words) and data/lexicon.csv
// (groups of words that mean nearly the same in questions, in both languages).
//
// Immutable once read; any number of threads may look words up.
#pragma once

#include "base/diagnostic.hpp"
#include "base/language.hpp"
#include "text/stem.hpp"
#include "text/word_map.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::intents {

// What a word is there for. A word can be in several classes; data/words.csv names them like this.
using ClassBits = std::uint64_t;

enum WordClass : ClassBits {
    function_word = 1ull << 0,   // articles, prepositions, auxiliaries: carry no wish
    filler = 1ull << 1,          // "please", "tell me", "j'aimerais savoir": politeness and wrapping
    home = 1ull << 2,            // "you", "your", "vous": the house that keeps the bot
    pronoun = 1ull << 3,         // "it", "they", "elle", "ce centre": points back
    negation = 1ull << 4,
    asks_when = 1ull << 5,
    asks_where = 1ull << 6,
    asks_who = 1ull << 7,
    asks_how_many = 1ull << 8,
    asks_why = 1ull << 9,
    asks_which = 1ull << 10,
    yes_no = 1ull << 11,         // begins a yes/no question: "is", "does", "est-ce que"
    list_all = 1ull << 12,       // "list", "all", "names", "lesquels"
    follows_on = 1ull << 13,     // begins a follow-up: "and", "et", "what about"
    correction = 1ull << 14,     // "no, I meant", "non, je parlais"
    ordinal_first = 1ull << 15, ordinal_second = 1ull << 16, ordinal_third = 1ull << 17, ordinal_last = 1ull << 18,
    ordinal_fourth = ordinal_first | ordinal_second,   // told by which of the bits are there: there are no more of them
    ordinal_fifth = ordinal_first | ordinal_third, ordinal_sixth = ordinal_second | ordinal_third,
    other_language = 1ull << 19, // words of languages that the bot does not speak
    stop = 1ull << 20,           // "cancel", "annuler"
    money = 1ull << 21,          // "euros", "how much", "montant"
    undo = 1ull << 22,           // "no", "wrong", "pas": alone, it takes back a correction of the typing
    person_pronoun = 1ull << 24, // "he", "her": points back to a person
    thing_pronoun = 1ull << 25,  // "it", "their": points back to a body
    tag = 1ull << 26,            // makes a yes/no question of what stands before it: "isn't it", "non ?"
    asks_how = 1ull << 27,       // "how", "comment", "quoi": an open question, whatever it is about
    opens = 1ull << 28,          // the same, but only at the beginning: "que", "qu'"
    compares = 1ull << 29,       // "older", "difference": each of those named is asked for
    earlier = 1ull << 30,        // "before", "auparavant": who or what was there before
    compares_age = 1ull << 31,   // "older", "first": what is compared is dates
    light = 1ull << 23,          // real words that seldom carry the wish: "big", "nowadays", "mettre"
    to_english = 1ull << 33, to_french = 1ull << 34,   // "in English", "en anglais": the language of what is to be said
    private_life = 1ull << 32,   // "married", "né": nobody's business, of a person
};

inline constexpr ClassBits any_ordinal = ordinal_first | ordinal_second | ordinal_third | ordinal_last;

// "first" is 1, up to 6; 0 for what is no ordinal, and for "last".
constexpr int order_of(ClassBits classes)
{
    constexpr ClassBits in_order[] = {ordinal_first, ordinal_second, ordinal_third, ordinal_fourth, ordinal_fifth, ordinal_sixth};
    for (int i = 0; i < 6; ++i)
        if ((classes & any_ordinal) == in_order[i])
            return i + 1;
    return 0;
}

using ConceptId = std::uint32_t;

struct WordInfo {
    ClassBits classes_en = 0;
    ClassBits classes_fr = 0;
    std::uint8_t languages = 0;       // bit 1 << Language: in which lists it stands
    std::vector<ConceptId> concepts;  // of the word itself, either language

    ClassBits classes() const { return classes_en | classes_fr; }

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(classes_en, classes_fr, languages, concepts);
    }
};

class Lexicon {
public:
    // Reads words.csv and lexicon.csv of `folder`, and common_en.txt / common_fr.txt (real words that are never
    // taken for typing errors). Problems are reported, what is sound is used.
    // `kinds`: of entities, those that "kind.*" and "kinds.*" may name; of none any.
    static Lexicon read(std::string const& folder, Diagnostics& found, std::span<std::string_view const> kinds = {});

    // What is known of a folded word as it stands; nullptr if it is in no list.
    WordInfo const* word(std::string_view folded) const;
    // Concepts of a stem (either language's stem), empty if none.
    std::vector<ConceptId> const& concepts_of_stem(std::string_view stem) const;

    // The base of an irregular form ("ran": "run"), from forms.csv; the word itself if it is none.
    std::string_view base(std::string_view folded, Language language) const;

    bool is_common(std::string_view folded) const { return common_languages(folded) != 0; }
    // In which languages it is a real word, as a bit 1 << Language each.
    std::uint8_t common_languages(std::string_view folded) const;

    // What folded words (a blank between them) say where something is asked of several: the names of such rows of words.csv, as "largest" and
    // "kinds.company" (docs/knowledge.md tells all). Empty if nothing.
    std::vector<std::string> const& of_several(std::string_view words) const;

    // Phrases of several words (folded, separated by one blank) with their concept or classes.
    struct Phrase {
        std::vector<std::string> words;
        std::vector<ConceptId> concepts;
        ClassBits classes_en = 0;
        ClassBits classes_fr = 0;

        template <class Archive>
        void transfer(Archive& archive)
        {
            archive(words, concepts, classes_en, classes_fr);
        }
    };
    // Phrases that begin with this folded word, longest first; empty if none.
    std::vector<Phrase> const& phrases_from(std::string_view first) const { return phrases_at(phrases_of(first)); }
    // The same in two steps, for words that are looked up once and read often.
    std::uint32_t phrases_of(std::string_view first) const { return phrases_.number(first); }
    std::vector<Phrase> const& phrases_at(std::uint32_t number) const;

    std::string const& concept_name(ConceptId id) const { return concept_names_[id]; }
    std::size_t concepts() const { return concept_names_.size(); }
    std::vector<std::string> all_words() const;

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(words_, by_stem_, phrases_, common_, bases_[0], bases_[1], of_several_, concept_names_);
    }

private:
    void add(std::string_view item, Language language, ClassBits classes, ConceptId const* concept_id, text::Stemmer& stemmer);

    template <class T>
    using Map = text::WordMap<T>;
    Map<WordInfo> words_;
    Map<std::vector<ConceptId>> by_stem_;
    Map<std::vector<Phrase>> phrases_;
    Map<std::uint8_t> common_;
    Map<std::string> bases_[2];
    Map<std::vector<std::string>> of_several_;
    std::vector<std::string> concept_names_;
};

}  // namespace immunobot::intents
