// What the rows of a knowledge folder have to fulfil, beyond being rows.
#pragma once

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "knowledge/sheet.hpp"

namespace immunobot::knowledge {

struct Sheets {
    Sheet sources;
    Sheet entities;
    Sheet facts;
    Sheet faq;
    Sheet askings;
};

// The most ways of asking for an answer of the FAQ, in each language, and the longest, in characters.
inline constexpr std::size_t most_faq_questions = 60;
inline constexpr std::size_t longest_faq_question = 300;

// Appends every breach to `found`: ids, references, dates, vocabulary, texts, look-alike letters; and warnings for what
// is overdue on `today` (year 0: none) and for names that two entities share.
void check_rules(Sheets const& sheets, Date const& today, CsvLimits const& limits, Diagnostics& found);

// "2026-11-23" where somebody wrote "23/11/2026"; empty: no date can be read in it.
std::string date_meant(std::string_view text);

}  // namespace immunobot::knowledge
