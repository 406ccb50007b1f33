// An answer that was given, given again: from the knowledge of that revision, on that day, after what was said before in its
// conversation. Takes about a second; any thread.
#pragma once

#include "assistant/reply.hpp"
#include "base/date.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace immunobot::staff {

struct ReplayOptions {
    std::string database;
    std::string intents_folder;   // as they were then, to be sure: from git
    std::string data_folder;      // for the word lists
};

struct Replay {
    std::string question;         // masked, as it is kept
    Date day;
    std::int64_t asked_at = 0;
    std::int64_t revision = 0;
    assistant::Reply reply;
    bool same_bytes = false;      // as the answer that was given
    bool same_files = false;      // the intents and word lists are those of then
};

// Fails with Errc::not_found when the answer is not in the log (any more), or what it was given from was not noted; with others when
// the knowledge of then cannot be put together.
Result<Replay> replay(ReplayOptions const& options, std::string_view reply);

}  // namespace immunobot::staff
