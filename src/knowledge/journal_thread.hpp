// The journal's queue and the thread that writes it down (journal.hpp). For journal.cpp alone.
#pragma once

#include "knowledge/journal.hpp"
#include "knowledge/journal_store.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace immunobot::knowledge {

// What a thread that cannot go on before it is done waits for.
struct JournalWaiter {
    PendingFeedback* feedback = nullptr;
    bool purge = false;
    std::string_view forget;   // a conversation; empty: none
    bool done = false;
    Result<> result;
};

struct Journal::Impl {
    Impl(JournalStore opened, OpenDatabase to_read, JournalOptions wanted);

    // ---- any thread ----
    std::int64_t now() const;
    bool keeps() const { return options.keep_days > 0; }
    bool keeps_conversations() const { return keeps() && options.conversation_hours > 0; }
    // Conversations of before this second are over.
    std::int64_t conversations_from(std::int64_t at) const;
    bool full() const { return questions.size() + states.size() >= options.queue_limit; }
    Result<> wait_for(JournalWaiter& waiter);
    bool begin_waiting();
    void add(TimedQuestion timed);
    void add(std::string key, std::string state);
    std::optional<std::string> waiting_state(std::string_view key, bool& known);
    std::vector<Turn> waiting_turns(std::string_view conversation) const;
    Result<std::vector<Turn>> written_turns(std::string_view conversation);

    // ---- the writer's thread ----
    void run();
    bool wait_for_work(std::unique_lock<std::mutex>& lock);
    Batch take_batch();
    void write(std::unique_lock<std::mutex>& lock);
    void give_back(Batch batch);
    void tell(Result<> const& written);
    Result<> purge_now(std::int64_t at);
    void purge_when_due();
    // The time by a clock that does not jump: a wrong system clock must not erase a month of questions.
    std::int64_t steady_now() const;

    JournalOptions const options;
    JournalStore store;                // the writer's thread only
    std::mutex reading;
    OpenDatabase reader;               // under `reading`
    std::string const salt;
    std::int64_t const opened_at;
    std::chrono::steady_clock::time_point const opened_steady;
    std::chrono::steady_clock::time_point next_purge;     // the writer's thread only
    bool failing = false;              // the writer's thread only

    mutable std::mutex mutex;          // what follows
    std::condition_variable work;
    std::condition_variable finished;
    std::vector<TimedQuestion> questions;
    std::vector<TimedQuestion> const* writing_questions = nullptr;  // being written; then changed by nobody
    ConversationStates states;         // waiting to be written
    ConversationStates writing_states; // being written; then changed by nobody
    std::size_t being_written = 0;
    std::vector<JournalWaiter*> waiters;
    std::chrono::steady_clock::time_point oldest{};       // when the first entry that waits came
    bool stopping = false;
    Counters counts;
    std::optional<Error> lost;         // why entries were not written since the last flush

    std::thread thread;                // last: it uses all of the above
};

}  // namespace immunobot::knowledge
