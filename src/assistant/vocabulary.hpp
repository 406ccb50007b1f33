// Every word the bot knows, as numbers: its stems in both languages, its classes and its concepts, how
// often the facts use it, and whether it is known at all.
//
// Filled once while a snapshot is compiled, then immutable: any number of threads may look up.
#pragma once

#include "base/language.hpp"
#include "intents/lexicon.hpp"
#include "text/spelling.hpp"
#include "text/stem.hpp"
#include "text/word_map.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace immunobot::assistant {

using TermId = std::uint32_t;
inline constexpr TermId no_term = static_cast<TermId>(-1);

struct Word {
    std::array<TermId, 2> stem{no_term, no_term};       // by Language
    std::array<intents::ClassBits, 2> classes{0, 0};         // intents::WordClass bits by Language
    std::vector<intents::ConceptId> concepts;
    std::uint8_t languages = 0;  // bit 1 << Language: where it is a word
    std::uint32_t uses = 0;      // in sentences and ways of asking
    bool name = false;     // part of a name
    bool known = false;    // used by facts, names, keywords or word lists
    bool in_facts = false;
    bool common = false;   // a real word of the language, though the bot has no use for it
    std::uint32_t phrases = text::WordTable::none;  // those of the lexicon that begin with it

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(stem, classes, concepts, languages, uses, name, known, in_facts, common, phrases);
    }

    bool is_of(Language language) const { return (languages >> static_cast<unsigned>(language) & 1u) != 0; }
};

class Vocabulary {
public:
    explicit Vocabulary(std::shared_ptr<intents::Lexicon const> lexicon);
    // For one that is read back.
    struct Empty {};
    Vocabulary(std::shared_ptr<intents::Lexicon const> lexicon, Empty) : lexicon_(std::move(lexicon)) {}

    // While compiling: the word, made if it is new; lives until the next one is.
    Word& add(std::string_view folded);
    // A word of a sentence in one language.
    Word& use(std::string_view folded, Language language) { return word(use_number(folded, language)); }
    // The same as a number, which stays.
    std::uint32_t use_number(std::string_view folded, Language language);
    Word& word(std::uint32_t number) { return words_.values()[number]; }
    Word const& word(std::uint32_t number) const { return words_.values()[number]; }
    // Builds the index of spellings; call once, after the last add().
    void finish();

    Word const* find(std::string_view folded) const { return words_.find(folded); }
    // For a word that find() does not know: stems and concepts made on the spot.
    Word make(std::string_view folded, text::Stemmer& stemmer) const;
    // The known word meant by an unknown one; empty if none is near enough.
    std::string_view correct(std::string_view folded, Language language) const { return spelling_.correct(folded, language); }

    std::string_view stem_text(TermId id) const { return terms_.word(id); }
    std::size_t terms() const { return terms_.size(); }
    intents::Lexicon const& lexicon() const { return *lexicon_; }

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(words_, terms_, spelling_);
    }

private:
    void fill_classes(Word& word, std::string_view folded, std::string_view stem_en, std::string_view stem_fr) const;

    std::shared_ptr<intents::Lexicon const> lexicon_;
    text::Stemmer stemmer_;  // only while compiling
    text::WordMap<Word> words_;
    text::WordTable terms_;  // stems
    text::Spelling spelling_;
};

}  // namespace immunobot::assistant
