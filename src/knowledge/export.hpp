// Writes the knowledge of a database back as the files that people edit.
#pragma once

#include "base/error.hpp"
#include "knowledge/model.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace immunobot::knowledge {

struct ExportReport {
    std::size_t sources = 0;
    std::size_t entities = 0;
    std::size_t facts = 0;
    std::size_t faq = 0;
    std::int64_t revision = 0;
};

ExportReport report_of(Knowledge const& knowledge);

// The bytes of one file, in the one form that exports have: comma, CR LF, quotes only where needed.
std::string sources_csv(Knowledge const& knowledge);
std::string entities_csv(Knowledge const& knowledge);
std::string facts_csv(Knowledge const& knowledge);
std::string faq_csv(Knowledge const& knowledge);
std::string questions_csv(Knowledge const& knowledge);

// Writes sources.csv, entities.csv, facts.csv, faq.csv and questions.csv into `folder` (made if it is not there), all of one revision, each
// file whole or not at all. An export of what was imported from such files gives the same bytes.
Result<ExportReport> export_folder(std::string const& database, std::string const& folder);

}  // namespace immunobot::knowledge
