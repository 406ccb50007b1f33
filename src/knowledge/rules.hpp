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

// Appends every breach to `found`: ids, references, dates, vocabulary, texts, look-alike letters; and warnings for what
// is overdue on `today` (year 0: none) and for names that two entities share.
void check_rules(Sheets const& sheets, Date const& today, CsvLimits const& limits, Diagnostics& found);

}  // namespace immunobot::knowledge
