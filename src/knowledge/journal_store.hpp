// The SQL of the journal: one batch is one transaction on the only writing connection. Belongs to the writer's thread.
#pragma once

#include "base/error.hpp"
#include "knowledge/journal.hpp"
#include "knowledge/schema.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::knowledge {

struct TimedQuestion {
    LoggedQuestion question;  // its texts are storable already
    std::int64_t asked_at = 0;
};

inline constexpr int most_turns = 50;  // kept of one conversation

struct PendingFeedback {
    Feedback feedback;        // its reason is storable already
    std::int64_t given_at = 0;
    bool found = false;       // set by write(): there is such a reply
};

// Key (see conversation_key) -> state; an empty state erases.
using ConversationStates = std::map<std::string, std::string, std::less<>>;

struct Batch {
    std::vector<TimedQuestion> questions;
    ConversationStates const* states = nullptr;
    std::vector<PendingFeedback*> feedback;
    std::int64_t now = 0;

    bool empty() const { return questions.empty() && states->empty() && feedback.empty(); }
};

class JournalStore {
public:
    static Result<JournalStore> open(std::string const& path);
    JournalStore(JournalStore&&) = default;
    JournalStore& operator=(JournalStore&&) = default;
    ~JournalStore();  // merges the write-ahead log

    // All of it durably, or nothing of it.
    Result<> write(Batch const& batch);

    // Erases questions (and their feedback) asked before `questions_before`, conversations' states and turns of before
    // `conversations_before` and the salts of other days than today's; then empties the write-ahead log.
    Result<> purge(std::int64_t questions_before, std::int64_t conversations_before, std::int64_t now);

    // What Journal::forget says. When a reader holds the write-ahead log, the erased leaves that with the next purge.
    Result<> forget(std::string_view conversation);

    // The database's own; see conversation_key.
    std::string const& conversation_salt() const { return conversation_salt_; }

private:
    JournalStore(OpenDatabase open, std::string conversation_salt) : open_(std::move(open)), conversation_salt_(std::move(conversation_salt)) {}

    Result<> write_rows(Batch const& batch);
    Result<> write_question(TimedQuestion const& timed);
    Result<> write_turn(TimedQuestion const& timed);
    Result<> write_feedback(PendingFeedback& pending);
    Result<> write_state(std::string const& key, std::string const& state, std::int64_t now);
    // Today's salt: conversations of one day can be told apart, those of two days not be joined.
    Result<std::string> salt(std::int64_t day);
    Result<std::int64_t> erase_turns(std::string const& key);
    Result<std::int64_t> erase_logged(std::string_view conversation);

    OpenDatabase open_;
    std::string conversation_salt_;
    std::int64_t salt_day_ = -1;
    std::string salt_;
};

// Under what a conversation's state is stored; `salt` is the database's own.
std::string conversation_key(std::string_view salt, std::string_view id);

}  // namespace immunobot::knowledge
