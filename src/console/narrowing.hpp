// What the list of questions without an answer is narrowed to: as an address says it, and as the form that changes it.
#pragma once

#include "console/page.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace immunobot::console {

// "" stands for whatever it is; what is not known is no narrowing.
struct Narrowing {
    std::string state;
    std::string language;
    std::string reason;
    std::string channel;
    std::string intent;
    std::string days;
    std::string whose;
    std::string words;

    static Narrowing of(Form const& form);

    // `guessed`: the intent that the group is taken for.
    bool admits(knowledge::Group const& group, std::string_view guessed, std::string const& me, std::int64_t now) const;
    // As the part of an address behind the '?'.
    std::string query() const;
    // By more than its state.
    bool is_narrow() const { return !(language + reason + channel + intent + days + whose + words).empty(); }
};

// Whether questions are in the group that were asked in vain for this reason: "unknown", "unsure", "disliked".
bool has_reason(knowledge::Group const& group, std::string_view reason);

void put_states(Html& html, Page const& page, Narrowing const& chosen);
// The form; what may be chosen follows from all groups and what each is taken for.
void put_narrowing(Html& html, Page const& page, std::vector<knowledge::Group> const& groups, std::vector<std::string> const& guesses, Narrowing const& chosen);

}  // namespace immunobot::console
