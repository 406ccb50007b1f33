// Reads a knowledge folder (sources.csv, entities.csv, facts.csv, faq.csv, questions.csv) without any database.
#pragma once

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "base/error.hpp"
#include "knowledge/model.hpp"
#include "knowledge/rules.hpp"
#include "text/csv.hpp"

#include <string>

namespace immunobot::knowledge {

struct ReadOptions {
    Date today = {};  // for warnings about what is overdue; the year 0 asks for none
    text::CsvLimits limits = {};
};

// Every problem of all files goes to `found`, in the order of the files and lines. Fails with Errc::bad_data, its
// message the first error, if one of them is an error; warnings alone do not fail. The revision is 0.
Result<Knowledge> read_folder(std::string const& folder, Diagnostics& found, ReadOptions const& options = {});

// The rows of sheets that were checked; none of a sheet that is not usable.
Knowledge knowledge_of(Sheets const& sheets);
// The way back. What is wrong with a text as a field of a sheet goes to `found`.
Sheets sheets_of(Knowledge const& knowledge, Diagnostics& found);
Sheets sheets_of(Knowledge const& knowledge);

}  // namespace immunobot::knowledge
