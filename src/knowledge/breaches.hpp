// What the rows of the knowledge break of the rules, told by row rather than by line: so that what a change would break is told from what
// was broken before. Pure.
#pragma once

#include "base/diagnostic.hpp"
#include "knowledge/rules.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace immunobot::knowledge {

struct FaqEntry;
struct Knowledge;

struct Breach {
    std::string table;    // as its file is called: "faq"
    std::string row;      // its id
    std::string column;   // its name
    Diagnostic what;
};

// Errors alone.
std::vector<Breach> breaches(Sheets const& sheets);
// Those that `before` does not have.
std::vector<Breach> fresh(std::vector<Breach> breaches, std::vector<Breach> const& before);
// What `after` breaks, and `before` does not. Costs no look at `before` where all is well.
std::vector<Breach> new_breaches(Knowledge const& before, Knowledge const& after);
// The same where the answers that staff alone see stand in the FAQ: they take in texts of facts as well.
std::vector<Breach> new_breaches(Knowledge const& before, Knowledge const& after, std::vector<FaqEntry> const& hidden);

// With those of `hidden` behind its FAQ that are not in it.
Knowledge with_hidden(Knowledge all, std::vector<FaqEntry> const& hidden);

// "faq open, answer_en: ...": in these rows no line of a file can be named.
std::string in_one_line(Breach const& breach);

}  // namespace immunobot::knowledge
