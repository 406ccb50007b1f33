// What a message asks of several bodies: of which kind they are ("companies"), which end of them is meant ("the biggest", "le plus ancien"), and
// of which years. By the rows of data/words.csv that are no classes of words (see Lexicon::of_several). Pure.
#pragma once

#include "assistant/analysis.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace immunobot::assistant {

struct AskedOfSeveral {
    // By size, where nothing else is asked for; by the figures of what is asked for; by years.
    enum End : std::uint8_t { largest = 1, smallest = 2, most = 4, more = 8, least = 16, eldest = 32, youngest = 64 };
    enum class Years : std::uint8_t { in, since, after, until, before };
    struct Bound {
        std::string year;
        Years years = Years::in;
    };

    std::vector<bool> taken;           // token -> it says of whom, which end, or which years
    std::vector<std::string> kinds;    // of entities, by the first word for some; of none: only an end is asked for
    std::size_t kind_at = 0;           // first token of the name of the kind,
    std::size_t kind_words = 0;        // ... and how many it has; 0 if there are no kinds
    bool plural = false;               // all of the kind are named: "the companies"
    std::uint8_t ends = 0;             // End bits
    std::vector<Bound> bounds;         // what the years of the question mean
    bool beyond = false;               // of more, or of something else, than what the facts say: "in the world", "will be", "my company"

    bool is_of_kind(std::size_t token) const { return token >= kind_at && token < kind_at + kind_words; }
    bool by_years() const { return (ends & (eldest | youngest)) != 0; }
    bool by_size() const { return (ends & (largest | smallest)) != 0; }
    // The lowest figures, or the earliest years, are asked for.
    bool from_below() const { return (ends & (eldest | smallest | least)) != 0; }
    // Both ends: "the oldest and the youngest".
    bool both() const { return (ends & (eldest | youngest)) == (eldest | youngest) || (ends & (largest | smallest)) == (largest | smallest); }
    // Ends of different things: "the oldest and the biggest".
    bool mixed() const { return by_years() && (ends & ~(eldest | youngest)) != 0; }
    // Whether a slot of the question stands for such words.
    bool takes(Analysis const& analysis, Slot const& slot) const;
};

AskedOfSeveral asked_of_several(Snapshot const& snapshot, Analysis const& analysis);

// Whether something is asked of all of a kind ("which companies ...", "companies founded after 2010"), or for one end of them ("oldest lab"); no
// statement, and no question for yes or no.
bool asks_of_all(Analysis const& analysis, AskedOfSeveral const& asked);

}  // namespace immunobot::assistant
