// What is remembered of conversations: the question log, feedback, where a conversation stands and what was said in it.
//
// One writer thread owns the only writing connection. Any thread may call the record functions; they
// queue and return at once. The queue is bounded: what does not fit is dropped and counted.
// Question texts are redacted (knowledge/redact.hpp) before they are queued; a health message's text is
// never handed over at all (the caller passes an empty text).
#pragma once

#include "base/error.hpp"
#include "base/language.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::knowledge {

struct LoggedQuestion {
    std::string reply_id;
    std::string conversation;  // as given; only a salted hash is stored
    std::string channel;       // "api", "generic", "rest", "cli", ...
    std::string text;          // redacted before it is written
    Language language = Language::en;
    std::string status;        // as in Reply
    std::string intent;
    double confidence = 0;
    std::vector<std::string> facts;
    std::string reply_json;    // kept for transcript(); empty: the turn is in none
    std::int64_t revision = 0; // of the knowledge it was answered from
    std::string files;         // digest of the intent files and word lists
    std::string answer;        // digest of the answer
    std::int64_t took = 0;     // to answer it, in microseconds; 0: not measured
};

// One question of a conversation and its reply.
struct Turn {
    std::string reply_id;
    std::int64_t asked_at = 0;  // seconds since 1970
    std::string question;       // redacted; empty: it was a health message
    std::string reply_json;
};

inline constexpr std::size_t longest_reason = 500;  // characters

struct Feedback {
    std::string reply_id;
    bool helpful = false;
    std::string reason;        // redacted before it is written; at most longest_reason
};

struct JournalOptions {
    int keep_days = 30;                // of question texts; 0 = write nothing at all
    int conversation_hours = 24;       // of conversations: where they stand and what was said; 0 = not written
    std::size_t queue_limit = 10'000;  // entries waiting
    int commit_delay_ms = 200;         // how long an entry may wait to be committed with others
    std::function<std::int64_t()> clock = {};  // seconds since 1970, for tests; empty: the system's
};

class Journal {
public:
    // Opens the writing connection of an up-to-date database and starts the writer thread.
    static Result<std::unique_ptr<Journal>> open(std::string const& path, JournalOptions options);
    ~Journal();  // commits what waits, then stops the thread

    void record(LoggedQuestion question);

    // Durable before it returns (synchronous=FULL commit); Errc::not_found when no such reply was logged
    // and logging is on, Errc::storage or Errc::busy when it cannot be kept. With keep_days 0 nothing is kept of
    // it, and that is no failure. Said again about the same reply, the later one counts.
    Result<> record(Feedback feedback);

    // Saves a conversation's state so that it survives a restart, for conversation_hours; empty state erases it. Its id is
    // stored as a salted hash. With keep_days or conversation_hours 0 nothing is saved.
    void save_conversation(std::string id, std::string state);
    Result<std::optional<std::string>> load_conversation(std::string_view id);

    // The last 50 turns of a conversation that are younger than conversation_hours and were recorded with a reply_json, oldest
    // first; those that wait to be written too. Empty when there are none.
    Result<std::vector<Turn>> transcript(std::string_view conversation);

    // Erases all that is kept of a conversation: its state, its turns, and the question log's rows and feedback of those
    // turns and of the conversation's other questions of today (older ones cannot be told to be of it). Durable before it
    // returns. Errc::not_found when nothing is kept of it.
    Result<> forget(std::string_view conversation);

    // Erases what is older than keep_days or conversation_hours, and the pages it stood on (secure_delete, WAL truncated). Errc::busy when a
    // reader held the WAL; what is erased then leaves the WAL with the next purge. Also runs by itself at the start and
    // every hour, by a clock that does not follow jumps of the system's.
    Result<> purge();

    struct Counters {
        std::uint64_t written = 0;
        std::uint64_t shed = 0;     // dropped because the queue was full
        std::uint64_t failed = 0;   // not written because the disk failed
        std::size_t waiting = 0;
    };
    Counters counters() const;

    // Blocks until everything queued so far is committed (tests, shutdown). Tells why, when entries were lost since the
    // last flush.
    Result<> flush();

private:
    struct Impl;
    explicit Journal(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace immunobot::knowledge
