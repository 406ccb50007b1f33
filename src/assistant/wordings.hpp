// The ways of asking that the knowledge keeps for each fact (data/questions.csv, data/faq.csv), as lists of words,
// and how much a question resembles them.
//
// Filled once while a snapshot is compiled, then immutable: any number of threads may compare, each with its own Marks.
#pragma once

#include "assistant/linker.hpp"
#include "assistant/vocabulary.hpp"
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

// One way of asking, read: its words and the entities that it names.
struct WordingText {
    Language language = Language::en;
    text::Tokens tokens;
    std::vector<Word> words;       // one per token
    std::vector<Link> links;
    std::vector<bool> named;       // token -> part of a name
    std::vector<bool> wrapping;    // token -> part of a phrase of politeness: "do you know", "j'aimerais savoir"

    static WordingText read(std::string_view text, Language language, Vocabulary& vocabulary, Linker const& linker);
    std::uint32_t classes(std::size_t token) const { return words[token].classes[static_cast<std::size_t>(language)]; }
    TermId term(std::size_t token) const { return words[token].stem[static_cast<std::size_t>(language)]; }
};

class Wordings {
public:
    struct Similarity {
        float best = 0;        // 0..1: how alike the nearest wording is (harmonic mean of the next two)
        float of_question = 0; // share of the question's weight that this wording has
        float of_wording = 0;  // share of the wording's weight that the question has
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
        struct Mark {
            std::uint8_t slot = 0;   // from 1
            float strength = 0;
        };
        std::vector<Mark> marks_;
        std::vector<Code> used_;
        std::vector<float> weights_;     // of the slots
        mutable std::vector<float> seen_; // of the slots, by one wording
        float total_ = 0;
    };

    explicit Wordings(Codes const& codes) : codes_(codes) {}

    // One more way of asking for `fact`.
    void add(std::uint32_t fact, WordingText const& text, EntityId home, Vocabulary const& vocabulary);
    // After the last add(): sorts by fact and weighs each code by rarity; `facts` of them there are.
    void finish(std::size_t facts, std::size_t terms);

    // The wording of `fact` in `language` that is most like the question.
    Similarity compare(std::uint32_t fact, Language language, Marks const& marks) const;

    // ln(1 + facts / facts asked for with this code); 0 for a code that no wording has.
    float rarity(Code code) const { return code < rarity_.size() ? rarity_[code] : 0; }
    Codes const& codes() const { return codes_; }
    std::size_t size() const { return wordings_.size(); }

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

    Codes codes_;
    std::vector<Wording> wordings_;      // by fact after finish()
    std::vector<std::uint32_t> begin_;   // first wording of each fact in each language
    std::vector<Item> items_;
    std::vector<Code> item_codes_;
    std::vector<float> rarity_;
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
