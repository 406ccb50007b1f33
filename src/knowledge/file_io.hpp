// Files that appear whole or not at all.
#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>

namespace immunobot::knowledge {

// Waits until what stands in the file (or which files stand in the folder) is on the disk.
Result<> sync_file(std::string const& path);
Result<> sync_folder(std::string const& path);

// The folder that holds `path`: "." for a bare name.
std::string folder_of(std::string const& path);

bool file_exists(std::string const& path);
bool same_file(std::string const& one, std::string const& other);

// Moves `draft` to `path`, durably; what stood there is replaced.
Result<> move_into_place(std::string const& draft, std::string const& path);

// Writes `bytes` beside `path` and moves them into place.
Result<> write_file(std::string const& path, std::string_view bytes);

// Removes a database file together with what SQLite keeps beside it.
void remove_database(std::string const& path);

}  // namespace immunobot::knowledge
