// Scores the classifier on any corpus of questions, for `immunobot eval`.
#pragma once

#include "base/error.hpp"

#include <filesystem>
#include <iosfwd>

namespace immunobot::intents {

// Learns from `train` alone, asks every question of `test`, writes one line for each to `out`, and one line of costs to `costs`.
// Files are JSON lines: {"text", "intent", "lang"} in, {"intent", "score", "answered"} out; costs are {"train_s", "qps", "rss_mb"}.
// Fails with Errc::bad_data (file:line) for a line that is not such an object, with Errc::storage if a file can't be
// read or written.
Result<void> evaluate(std::filesystem::path const& train, std::filesystem::path const& test,
                      std::filesystem::path const& out, std::ostream& costs);

}  // namespace immunobot::intents
