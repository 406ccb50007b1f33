// The questions that can be offered while somebody types: the plainest way of asking for each fact.
//
// Immutable once made of a snapshot; any number of threads may search.
#pragma once

#include "assistant/snapshot.hpp"
#include "base/language.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::assistant {

class TypeAhead {
public:
    explicit TypeAhead(Snapshot const& snapshot);

    // Those that begin with `typed`, then (from three letters) those that hold it; of each the house's own first, then in the
    // order of the data. At most `most`; none twice.
    std::vector<std::string> matching(std::string_view typed, Language language, std::size_t most) const;

private:
    struct Entry {
        std::string folded;
        std::string question;
        bool home = false;
        std::uint32_t number = 0;   // in the order of the data
    };
    std::array<std::vector<Entry>, 2> entries_;  // by language; by their folded text
};

}  // namespace immunobot::assistant
