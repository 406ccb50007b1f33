// All of the knowledge as one JSON file, for git and for other programs: a row a line, in the order of the files, so that a change of one row is
// a change of one line. Importing what was exported changes nothing.
#pragma once

#include "base/diagnostic.hpp"
#include "base/error.hpp"
#include "knowledge/export.hpp"
#include "knowledge/folder.hpp"
#include "knowledge/model.hpp"

#include <string>
#include <string_view>

namespace immunobot::knowledge {

std::string whole_json(Knowledge const& knowledge);

// Writes it to `path`, whole or not at all.
Result<ExportReport> export_json(std::string const& database, std::string const& path);

// Reads such a file with the checks of read_folder(): whatever is wrong goes to `found`, with the row by its table and id. Fails with
// Errc::bad_data, its message the first error. A table has to be in the file, if only as []; a field that is not in a row is empty.
Result<Knowledge> read_json(std::string const& path, Diagnostics& found, ReadOptions const& options = {});

}  // namespace immunobot::knowledge
