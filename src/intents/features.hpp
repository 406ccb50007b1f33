// What the classifier sees of a text: words, pairs of words and pieces of words, each as a 64-bit key.
//
// Texts are folded and stemmed first (text/), so case, accents and endings hardly matter. Placeholders, "{entity}" or
// "{entity:company}", are words of their own. Pure; linear in the text.
#pragma once

#include "base/language.hpp"
#include "text/stem.hpp"
#include "text/tokens.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::intents {

// The two blocks that a question is weighed in; each is scaled to a fixed length on its own.
enum class Block : std::uint8_t { words, letters };

struct Feature {
    std::uint64_t key = 0;
    Block block = Block::words;
    bool is_word = false;      // one word as such (its stem): what "is this word known?" is asked of
    std::uint32_t first = 0;   // the words it is made of: FeatureReader::words()[first..last]
    std::uint32_t last = 0;
};

// Reads texts into features, reusing its memory. One thread at a time.
class FeatureReader {
public:
    struct Word {
        std::uint32_t begin = 0;  // bytes of the text read last
        std::uint32_t end = 0;
    };

    // Replaces what was read before. A feature that occurs twice stands twice. Without `language` the
    // language is guessed from function words (English if there are none).
    void read(std::string_view text, std::optional<Language> language = {});

    std::vector<Feature> const& features() const { return features_; }
    std::vector<Word> const& words() const { return words_; }

private:
    void read_plain(std::string_view text, std::uint32_t offset, Language language);
    void read_placeholder(std::string_view text, std::uint32_t offset, std::string_view kind);
    void add_word(std::string_view folded, Word place, Language language);
    void add_word_key(std::uint64_t key, bool is_word);
    void add_letters(std::string_view folded);
    void add_pairs();
    void add_symbols(std::string_view text, std::uint32_t offset);

    text::Stemmer stemmer_;
    text::Tokens tokens_;
    std::string padded_;
    std::vector<Feature> features_;
    std::vector<Word> words_;
    std::vector<std::uint64_t> chain_;  // the key of each word, in order, for the pairs
    std::vector<std::uint32_t> chain_word_;
};

// The language most of whose function words `tokens` has; English when they draw.
Language guess_language(text::Tokens const& tokens);

}  // namespace immunobot::intents
