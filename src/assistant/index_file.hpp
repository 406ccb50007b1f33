// What is compiled at start, kept in a file beside the database so that the next start only has to read it.
//
// The file is a copy of memory: it is used if it was written by this very build of the program, from the same files and the
// same knowledge, and is whole; otherwise it is as if it were not there. It holds nothing that cannot be made again.
#pragma once

#include "assistant/assistant.hpp"
#include "assistant/snapshot.hpp"

#include <memory>
#include <string>

namespace immunobot::assistant {

// Digest of the intent files and word lists, with their names but not the way to their folders; empty when one of them cannot be read.
std::string files_digest(AssistantOptions const& options);

// The key of what this build compiles from them; empty when one of the two is, or when the build cannot be told from others.
std::string index_key(std::string const& files, std::string const& knowledge);

// The snapshot that was written with this key; null when there is none, or when it is damaged.
std::shared_ptr<Snapshot const> read_index(AssistantOptions const& options, std::string const& key);

// Replaces the file in one step. False when it could not be written: then what stood there stands.
bool write_index(std::string const& path, std::string const& key, Snapshot const& snapshot);

}  // namespace immunobot::assistant
