// The ways of asking that the knowledge keeps for each fact (data/questions.csv, data/faq.csv), as lists of words,
// and how much a question resembles them.
//
// Filled once while a snapshot is compiled, then immutable: any number of threads may compare, each with its own Marks.
#pragma once

#include "assistant/linker.hpp"
#include "assistant/vocabulary.hpp"
#include "base/kept.hpp"
#include "base/language.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace immunobot::assistant {

// Whatever a word can be recognised by, as one range of numbers: concepts, then entities, then kinds of question words
// (WordClass bits), then stems.
using Code = std::uint32_t;

struct Codes {
    std::uint32_t concepts = 0;
    std::uint32_t entities = 0;
    static constexpr std::uint32_t classes = 32;

    Code of_concept(intents::ConceptId id) const { return id; }
    Code of_entity(EntityId id) const { return concepts + id; }
    Code of_class(std::uint32_t bit) const { return concepts + entities + bit; }
    Code of_term(TermId id) const { return concepts + entities + classes + id; }
    bool is_concept(Code code) const { return code < concepts; }
};

// One way of asking, read: its words and the entities that it names. Keeps its memory from one to the next.
struct WordingText {
    Language language = Language::en;
    text::Tokens tokens;
    std::vector<std::uint32_t> words;   // one per token, numbers in the vocabulary
    std::vector<Link> links;
    std::vector<bool> named;            // token -> part of a name
    std::vector<bool> wrapping;         // token -> part of a phrase of politeness: "do you know", "j'aimerais savoir"
    Vocabulary const* vocabulary = nullptr;

    void read(std::string_view text, Language in, Vocabulary& known, Linker const& linker);
    Word const& word(std::size_t token) const { return vocabulary->word(words[token]); }
    intents::ClassBits classes(std::size_t token) const { return word(token).classes[static_cast<std::size_t>(language)]; }
    TermId term(std::size_t token) const { return word(token).stem[static_cast<std::size_t>(language)]; }
    // Calls take(phrase) for each phrase of the lexicon that begins at this token.
    template <class Take>
    void each_phrase(std::size_t token, Take const& take) const
    {
        for (auto const& phrase : vocabulary->lexicon().phrases_at(word(token).phrases)) {
            bool matches = token + phrase.words.size() <= tokens.size();
            for (std::size_t k = 1; matches && k < phrase.words.size(); ++k)
                matches = tokens.word(token + k) == phrase.words[k];
            if (matches)
                take(phrase);
        }
    }
};

class Wordings {
public:
    struct Similarity {
        float best = 0;        // 0..1: how alike the nearest wording is (harmonic mean of the next two)
        float of_question = 0; // share of the question's weight that this wording has
        float of_wording = 0;  // share of the wording's weight that the question has
        float usual = 0;       // share of the question's weight that most of the wordings have
        float several = 0;     // how alike the nearest few wordings are
    };

    // What a question looks like to compare with: which codes it has, in which slot. Cleared in the time it was filled.
    class Marks {
    public:
        void begin(std::size_t codes);
        // A slot of the question that weighs `weight`; its codes are marked with how much a match is worth.
        void open_slot(float weight);
        void mark(Code code, float strength);

    private:
        friend class Wordings;
        // Apart from the strengths, so that the many codes that are not marked cost a byte each.
        std::vector<std::uint8_t> slots_;   // by code, from 1
        std::vector<float> strengths_;      // by code
        std::vector<Code> used_;
        std::vector<float> weights_;     // of the slots
        // By compare(): what the question has of each item of a fact, and of each slot by one wording.
        struct Found {
            float value = 0;     // its weight times the strength
            float strength = 0;
            std::uint8_t slot = 0;
        };
        mutable std::vector<Found> found_;
        mutable std::vector<float> seen_;
        mutable std::vector<float> usual_;
        float total_ = 0;
    };

    explicit Wordings(Codes const& codes) : codes_(codes) {}

    // One more way of asking for `fact`.
    void add(std::uint32_t fact, WordingText const& text, EntityId home);
    // After the last add(): sorts by fact and weighs each code by rarity; `facts` of them there are.
    void finish(std::size_t facts, std::size_t terms);
    // After finish(), and the last each_term() and each_code(): what is alike in the wordings of a fact is kept once, and
    // nothing but what compare() reads.
    void pack();

    // The wording of `fact` in `language` that is most like the question; none that is less alike than `least` has to be
    // found.
    Similarity compare(std::uint32_t fact, Language language, Marks const& marks, float least = 0) const;

    // ln(1 + facts / facts asked for with this code); 0 for a code that no wording has.
    float rarity(Code code) const { return code < rarity_.size() ? rarity_[code] : 0; }
    Codes const& codes() const { return codes_; }
    std::size_t size() const { return wordings_.size(); }   // until packed

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(codes_, rarity_, groups_, packed_, parts_, distinct_, distinct_codes_);
    }

    // Calls take(term) for every stem of every wording.
    template <class Take>
    void each_term(Take const& take) const
    {
        for (Code const code : item_codes_)
            if (code >= codes_.of_term(0))
                take(code - codes_.of_term(0));
    }
    // Calls take(fact, code, wordings of that fact with the code) for every pair, facts in order.
    template <class Take>
    void each_code(Take const& take) const;

private:
    struct Item {
        std::uint32_t first = 0;  // its codes
        std::uint16_t count = 0;
        float weight = 0;
    };
    struct Wording {
        std::uint32_t fact = 0;
        Language language = Language::en;
        std::uint32_t first = 0;  // its items
        std::uint32_t count = 0;
        float weight = 0;
    };
    void add_item(std::vector<Code> const& codes);
    float weight_of(Item const& item) const;

    // While compiling.
    std::vector<Wording> wordings_;      // by fact after finish()
    std::vector<std::uint32_t> begin_;   // first wording of each fact in each language
    std::vector<Item> items_;
    std::vector<Code> item_codes_;

    // Packed: the wordings of one fact in one language, and the items that occur in them.
    struct Group {
        std::uint32_t wording = 0;       // its first
        std::uint32_t item = 0;          // its first
    };
    struct Packed {
        std::uint32_t part = 0;          // its first
        float weight = 0;
    };
    struct Distinct {
        std::uint32_t code = 0;          // its first
        float weight = 0;
        float usual = 0;                 // 0..1: how many of the group's wordings have it
    };
    Codes codes_;
    std::vector<float> rarity_;
    Kept<Group> groups_;          // by fact and language, and an end
    Kept<Packed> packed_;         // wordings, and an end
    Kept<std::uint16_t> parts_;   // items of the wordings, counted from the first of the group
    Kept<Distinct> distinct_;     // items, and an end
    Kept<Code> distinct_codes_;
};

template <class Take>
void Wordings::each_code(Take const& take) const
{
    std::vector<std::pair<Code, std::uint32_t>> counts;
    for (std::size_t i = 0; i < wordings_.size();) {
        std::uint32_t const fact = wordings_[i].fact;
        counts.clear();
        for (; i < wordings_.size() && wordings_[i].fact == fact; ++i) {
            std::size_t const before = counts.size();
            for (std::uint32_t w = 0; w < wordings_[i].count; ++w) {
                auto const& item = items_[wordings_[i].first + w];
                for (std::uint32_t c = 0; c < item.count; ++c) {
                    Code const code = item_codes_[item.first + c];
                    bool fresh = true;
                    for (std::size_t k = before; k < counts.size(); ++k)
                        fresh = fresh && counts[k].first != code;
                    if (fresh)
                        counts.emplace_back(code, 1);
                }
            }
        }
        std::ranges::sort(counts);
        for (std::size_t k = 0; k < counts.size();) {
            std::uint32_t uses = 0;
            Code const code = counts[k].first;
            for (; k < counts.size() && counts[k].first == code; ++k)
                ++uses;
            take(fact, code, uses);
        }
    }
}

}  // namespace immunobot::assistant
