// Which known word was meant by an unknown one.
//
// The known words stand in order of length, each with the set of its letters: a look-up compares those sets first, which
// leaves few words to measure. Some tens of microseconds for a word in twenty thousand, and hardly any memory.
#pragma once

#include "base/language.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace immunobot::text {

// Immutable after build(); any number of threads may call correct().
class Spelling {
public:
    // Folded words and how likely each is meant (higher wins between equally near ones); words of fewer
    // than four letters or with digits are never a correction.
    struct Word {
        std::string_view text;
        float weight = 1;
        std::uint32_t group = 0xFFFFFFFF;  // forms of one word share a number: they are no rivals
        std::uint8_t languages = 0;        // bit 1 << Language; 0: of any
    };
    // Keeps no view of them.
    void build(std::vector<Word> words);

    // The nearest known word: by Damerau-Levenshtein distance: 1 for 4 to 7 letters, 2 from 8 letters; the first letter has to
    // agree unless the distance is 1 and the word has at least 5 letters. Empty when there is none, or when two
    // are equally near and neither is clearly likelier. A word that sounds the same ("farma", "pharma") is as near as one
    // error, whatever its letters.
    // Words of `language` are likelier than others.
    std::string_view correct(std::string_view folded, Language language) const;

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(text_, words_, letters_, begin_, by_sound_);
    }

private:
    class Search;
    struct Known {
        std::uint32_t begin = 0;  // in text_
        std::uint8_t size = 0;
        std::uint8_t languages = 0;
        std::uint16_t unused = 0;  // no hole that would be written to a file as it is
        float weight = 1;
        std::uint32_t group = 0;
    };
    std::string_view text(Known const& word) const { return std::string_view(text_).substr(word.begin, word.size); }

    struct Sound {
        std::uint64_t hash = 0;
        std::uint32_t word = 0;
        std::uint32_t unused = 0;
        friend auto operator<=>(Sound const&, Sound const&) = default;
    };

    std::string text_;                       // all words, one after the other
    std::vector<Known> words_;               // by length
    std::vector<std::uint32_t> letters_;     // of each word: bit per letter
    std::vector<std::uint32_t> begin_;       // by length: its first word
    std::vector<Sound> by_sound_;  // sorted
};

// How a folded word sounds to English and French ears, roughly: "pharma" and "farma", "calmettes" and "calmete" are one.
std::string sound_of(std::string_view folded);

// Damerau-Levenshtein distance (optimal string alignment), at most `limit` + 1. Bytes.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace immunobot::text
