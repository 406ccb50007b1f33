// Questions that people ask and that no fact of this kind will ever answer (parking, jobs, forecasts), from
// data/refusals.csv. They teach what to be silent about; the words in them are no keywords of anything. "{entity}" in one
// stands for any name: nobody is known to have that.
#pragma once

#include "base/diagnostic.hpp"
#include "base/language.hpp"

#include <string>
#include <vector>

namespace immunobot::intents {

struct Refusal {
    Language language = Language::en;
    std::string question;

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(language, question);
    }
};

// Problems are reported, what is sound is used; a folder without the file has none.
std::vector<Refusal> read_refusals(std::string const& folder, Diagnostics& found);

}  // namespace immunobot::intents
