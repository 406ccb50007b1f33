// The bot's own sentences, from data/phrases.csv: everything it says that is neither a fact nor an intent's reply.
// Immutable once read.
#pragma once

#include "base/diagnostic.hpp"
#include "base/language.hpp"
#include "knowledge/model.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::assistant {

enum class Phrase : std::size_t {
    yes, no, unknown_for, unknown, unknown_again, rest_unknown, can_tell, contact, emergency, notice, unsure, read_as, empty, too_long,
    storage, other_language, until, stopped, starters, known_of_them, compared,
    why_fixed, why_about, why_wish, why_facts, why_none, why_sure, why_likely, why_left, count
};

// What stands on the pages at all times; any may be empty.
struct Standing {
    LocalText notice;      // what the assistant is for and what not
    LocalText emergency;   // whom to turn to then
    std::vector<knowledge::FaqEntry> about = {};   // on the assistant itself, for the FAQ (see about.hpp)

    bool operator==(Standing const&) const = default;
};

class Wording {
public:
    // A missing or unknown phrase is reported. For a missing one the program's own is said; nothing for `contact`,
    // `emergency` and `notice`, which are another house's and another country's.
    static Wording read(std::string const& folder, Diagnostics& found);

    std::string const& say(Phrase phrase, Language language) const;
    LocalText const& both(Phrase phrase) const;
    Standing standing() const { return {both(Phrase::notice), both(Phrase::emergency)}; }
    // With each "{name}" of the sentence replaced; no hole is left when the value is empty (the braces' word stays out).
    std::string say(Phrase phrase, Language language, std::initializer_list<std::pair<std::string_view, std::string_view>> values) const;

private:
    void take(std::string const& content, std::string const& path, Diagnostics& found);

    std::array<LocalText, static_cast<std::size_t>(Phrase::count)> phrases_;
};

}  // namespace immunobot::assistant
