// Which known word was meant by an unknown one.
//
// An index of deletions (the idea of SymSpell): each known word is filed under itself and under all
// forms with one letter left out (two for long words), so a look-up costs a few hash probes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace immunobot::text {

// Immutable after build(); any number of threads may call correct().
class Spelling {
public:
    // Folded words and how likely each is meant (higher wins between equally near ones); words of fewer
    // than four letters or with digits are never a correction.
    struct Word {
        std::string text;
        float weight = 1;
    };
    void build(std::vector<Word> words);

    // The nearest known word by Damerau-Levenshtein distance: 1 for 4 to 7 letters, 2 from 8 letters; the first letter has to
    // agree unless the distance is 1 and the word has at least 5 letters. Empty when there is none, or when two
    // are equally near and neither is clearly likelier.
    std::string_view correct(std::string_view folded) const;

private:
    std::vector<Word> words_;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_deletion_;
};

// Damerau-Levenshtein distance (optimal string alignment), at most `limit` + 1. Bytes.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace immunobot::text
