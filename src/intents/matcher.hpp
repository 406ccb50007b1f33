// Which keyword intents a question hits, and with which words.
//
// Keywords are compared as stems of one language, in any order; a phrase needs its words one after the other.
// The weight of a keyword is its rarity among the intents: one that many intents claim says little.
// Immutable once made; any number of threads may match.
#pragma once

#include "intents/intent.hpp"
#include "intents/lexicon.hpp"
#include "text/stem.hpp"
#include "text/word_map.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace immunobot::intents {

// One keyword found in a question.
struct KeywordHit {
    std::uint32_t intent = 0;  // index in the intent set
    std::uint16_t first = 0;   // token
    std::uint16_t count = 1;   // tokens
    float weight = 0;
    enum class Role : std::uint8_t { must, any, may, never } role = Role::any;
    std::uint8_t must_line = 0;
};

struct IntentScore {
    std::uint32_t intent = 0;
    float score = 0;
};

class Matcher {
public:
    // `lexicon` knows irregular forms; it has to be the one that the stems of questions are made with. May be null.
    explicit Matcher(std::shared_ptr<std::vector<Intent> const> intents, std::shared_ptr<Lexicon const> lexicon = nullptr);

    // Appends the hits of `stems` (stems of all tokens in `language`, in order) to `hits`.
    void find(std::span<std::string_view const> stems, Language language, std::vector<KeywordHit>& hits) const;

    // The number by which find() knows a stem; WordTable::none for one that no keyword has.
    std::uint32_t keyword(std::string_view stem, Language language) const { return index_[static_cast<std::size_t>(language)].known.find(stem); }
    // The same with keyword() of each stem.
    void find(std::span<std::uint32_t const> keywords, Language language, std::vector<KeywordHit>& hits) const;

    // The intents that `hits` satisfy (must, any, never), best first. A word that several keywords of one intent
    // cover counts once, with the heaviest.
    void score(std::vector<KeywordHit> const& hits, Language language, std::vector<IntentScore>& scores) const;

    std::vector<Intent> const& intents() const { return *intents_; }

    // All single folded words of the keywords, for the spelling vocabulary.
    text::WordTable const& words() const { return words_; }

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(index_[0], index_[1], words_);
    }
    // One that is read back, with what it was made of.
    template <class Archive>
    Matcher(std::shared_ptr<std::vector<Intent> const> intents, std::shared_ptr<Lexicon const> lexicon, Archive& archive)
        : intents_(std::move(intents)), lexicon_(std::move(lexicon))
    {
        transfer(archive);
    }

private:
    struct Entry {
        std::uint32_t first_stem;   // in stems_, as many as `count`
        std::uint32_t intent;
        float weight;
        std::uint8_t count;
        KeywordHit::Role role;
        std::uint8_t must_line;
        std::uint8_t unused = 0;  // no hole that would be written to a file as it is
    };
    // The keywords of one language. Stems are numbers of `known`; those of the keywords that begin with the same stem stand
    // together after finish().
    struct Index {
        text::WordTable known;
        std::vector<std::uint32_t> stems;
        std::vector<Entry> entries;
        std::vector<std::uint32_t> begin;   // by stem: its first entry

        template <class Archive>
        void transfer(Archive& archive)
        {
            archive(known, stems, entries, begin);
        }
    };
    void put(Index& index, std::vector<std::string> const& stems, Entry entry);
    void add(std::uint32_t intent, Keyword const& keyword, Language language, KeywordHit::Role role, std::size_t line, text::Stemmer& stemmer);
    void finish(Index& index) const;

    std::string stem(std::string_view folded, Language language, text::Stemmer& stemmer) const;

    std::shared_ptr<std::vector<Intent> const> intents_;
    std::shared_ptr<Lexicon const> lexicon_;
    Index index_[2];
    text::WordTable words_;
};

}  // namespace immunobot::intents
