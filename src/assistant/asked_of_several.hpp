// What a message asks of several bodies: of which kind they are ("companies"), which end of them is meant ("the biggest", "le plus ancien"), and
// from which year on. By the rows of data/words.csv that are no classes of words (see Lexicon::of_several). Pure.
#pragma once

#include "assistant/analysis.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace immunobot::assistant {

struct AskedOfSeveral {
    // "More" is an end only where it is asked which, or who.
    enum End : std::uint8_t { most = 1, more = 2, least = 4, eldest = 8, youngest = 16 };
    enum class Years : std::uint8_t { in, since, before };

    std::vector<bool> taken;           // token -> it says of whom, which end, or since when
    std::vector<std::string> kinds;    // of entities; of none: only an end is asked for
    std::size_t kind_at = 0;           // first token of the name of the kind,
    std::size_t kind_words = 0;        // ... and how many it has; 0 if there are no kinds
    std::uint8_t ends = 0;             // End bits
    Years years = Years::in;           // what a year of the question means
    bool beyond = false;               // "in the world": of more than can be known here

    bool is_of_kind(std::size_t token) const { return token >= kind_at && token < kind_at + kind_words; }
    bool by_years() const { return (ends & (eldest | youngest)) != 0; }
    // The lowest figures, or the earliest years, are asked for.
    bool from_below() const { return (ends & eldest) != 0 || (!by_years() && (ends & least) != 0); }
    // Both ends: "the oldest and the youngest".
    bool both() const { return (ends & (eldest | youngest)) == (eldest | youngest) || (!by_years() && (ends & most) != 0 && (ends & least) != 0); }
    // Whether a slot of the question stands for such words.
    bool takes(Analysis const& analysis, Slot const& slot) const;
};

AskedOfSeveral asked_of_several(Snapshot const& snapshot, Analysis const& analysis);

// "Which companies ...", "companies founded after 2010": something is asked of all of a kind.
bool asks_of_all(Analysis const& analysis, AskedOfSeveral const& asked);

}  // namespace immunobot::assistant
