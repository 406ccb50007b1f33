// The knowledge as it was at an earlier revision, from its history; and a database of its own for it, to ask it.
#pragma once

#include "base/error.hpp"
#include "knowledge/model.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::knowledge {

// Fails with Errc::not_found when the revision is still to come. Rows that are gone since stand behind the others of their
// kind: the history does not tell their place.
Result<Knowledge> knowledge_at(std::string const& database, std::int64_t revision);

// A new database of `path`, with nothing in it but the knowledge.
Result<> make_database(std::string const& path, Knowledge const& knowledge);

// A question of the log with what was asked before it in its conversation, oldest first; the last is the one itself.
struct LoggedAnswer {
    struct Asked {
        std::string text;      // masked
        std::string language;
        std::int64_t asked_at = 0;
    };
    std::vector<Asked> asked;
    std::string status;
    bool in_conversation = false;
    std::int64_t revision = 0; // of the knowledge it was answered from; 0: not noted
    std::string files;         // digest of intents and word lists
    std::string answer;        // digest of the answer
};

// Fails with Errc::not_found when it is not kept (any more), or is a health message.
Result<LoggedAnswer> logged_answer(std::string const& database, std::string_view reply);

}  // namespace immunobot::knowledge
