// The features of all examples, numbered from 0, with their weights; and texts as rows of weighted features.
#pragma once

#include "base/kept.hpp"
#include "intents/features.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace immunobot::intents {

struct Weighted {
    std::uint32_t feature = 0;
    float value = 0;
};

// Many rows of weighted features, one after the other.
struct SparseRows {
    std::vector<std::uint32_t> begin{0};
    std::vector<Weighted> cells;

    std::size_t size() const { return begin.size() - 1; }
    void close() { begin.push_back(static_cast<std::uint32_t>(cells.size())); }
    std::span<Weighted> row(std::size_t i) { return {cells.data() + begin[i], begin[i + 1] - begin[i]}; }
    std::span<Weighted const> row(std::size_t i) const { return {cells.data() + begin[i], begin[i + 1] - begin[i]}; }
};

// The occurrences of the features of one text, and what weighs them.
struct Occurrences {
    std::vector<Weighted> known;        // features of the vocabulary with how often each occurs, in order of appearance
    std::uint32_t unknown_words = 0;    // words that no example has
    std::vector<std::uint16_t> tally;   // working memory, all 0 between calls
};

// Filled by one thread (add to all examples, then finish once), then immutable: any number of threads may read.
class Vocabulary {
public:
    // Numbers the features of one more example, and appends them with their occurrences to `rows` as a row.
    void add(std::span<Feature const> features, Occurrences& scratch, SparseRows& rows);
    // Settles the weights: the rarer a feature among the examples, the heavier.
    void finish();

    // After finish().
    std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }

    void count(std::span<Feature const> features, Occurrences& out) const;

    // Occurrences to values: weighed by rarity, each block scaled to its length. Features that `hidden` marks (if not
    // empty) get 0 and don't count.
    void weigh(std::span<Weighted> cells, std::span<std::uint8_t const> hidden = {}) const;

    // How much of the weight of a text's words is known, 0..1 (1 for a text without words). `cells` are occurrences.
    float known_share(std::span<Weighted const> cells, std::uint32_t unknown_words,
                      std::span<std::uint8_t const> hidden = {}) const;

    // The number of a feature, or `none`.
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    std::uint32_t find(std::uint64_t key) const;

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(keys_, numbers_, entries_, examples_, highest_rarity_);
    }

private:
    struct Entry {
        float rarity = 0;
        std::uint32_t examples = 0;
        Block block = Block::words;
        bool is_word = false;
        std::uint16_t unused = 0;  // no hole that would be written to a file as it is
    };

    // Until finished.
    struct Draft {
        std::vector<std::uint64_t> keys;
        std::vector<std::uint32_t> numbers;
        std::vector<Entry> entries;
    };
    static std::size_t slot(std::span<std::uint64_t const> keys, std::uint64_t key);
    std::uint32_t find_or_add(Feature const& feature);
    void grow();

    Draft draft_;
    // Open addressing with linear probing, at most half full; key 0 marks an empty slot.
    Kept<std::uint64_t> keys_;
    Kept<std::uint32_t> numbers_;
    Kept<Entry> entries_;
    std::uint32_t examples_ = 0;
    float highest_rarity_ = 1;
};

}  // namespace immunobot::intents
