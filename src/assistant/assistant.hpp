// The way of a question, from text to Reply.
//
// An Assistant is shared by all threads; each thread brings its own Worker (a read-only database
// connection and scratch memory) and asks through it. When the knowledge in the database has changed,
// the next answer() rebuilds what was compiled from it; when intent files change, reload_intents() does.
#pragma once

#include "assistant/question.hpp"
#include "assistant/reply.hpp"
#include "assistant/wording.hpp"
#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "base/error.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::knowledge {
class Journal;
struct Knowledge;
}

namespace immunobot::assistant {

struct AssistantOptions {
    std::string database;           // path of an existing, up-to-date database
    std::string intents_folder;     // intents/*.yaml
    std::string data_folder;        // word lists; the facts come from the database
    std::string index_file = {};    // where the compiled index is kept from one start to the next; empty: nowhere
    std::size_t conversations = 8'000;  // kept in memory; the oldest goes first, and is then read from the journal
    int conversation_minutes = 60;  // forgotten by memory after so long without a question; see remember_in
};

struct IntentSet;
struct Snapshot;

// Reads the intents and the word lists. What is broken is in its problems; of a broken file the version of `before`
// (may be null) is kept.
std::shared_ptr<IntentSet const> read_intent_set(AssistantOptions const& options, IntentSet const* before);

class Assistant {
public:
    // Reads intents, word lists and knowledge. Fails when nothing usable is there; single broken intent
    // files do not stop it (see problems()).
    static Result<std::unique_ptr<Assistant>> create(AssistantOptions options);
    ~Assistant();

    class Worker {
    public:
        Worker(Worker&&) noexcept;
        ~Worker();

        // Never throws for any valid UTF-8 text; never fails: when the database cannot be read the reply
        // says so (status unknown) and `storage_failed` is set. The conversation is read and updated.
        Reply answer(Question const& question, Date const& today);
        bool storage_failed() const;

        // Questions that begin like `typed` or hold it, at most `limit` (type-ahead); each is one that facts answer,
        // on that day where what has ended is not told.
        std::vector<Suggestion> suggest(std::string_view typed, Language language, std::size_t limit, Date const& today = {});

    private:
        friend class Assistant;
        struct Impl;
        explicit Worker(std::unique_ptr<Impl> impl);
        std::unique_ptr<Impl> impl_;
    };
    Result<Worker> worker();

    // Re-reads intents, word lists, refusals and the bot's own sentences. Of an intent file, the word lists, the refusals or
    // the sentences that have errors the last good version stays in force.
    // Any thread; answers in flight finish on the old set.
    void reload_intents();

    // What is wrong with the files now in force (for health): empty when all is well.
    Diagnostics problems() const;

    // Where conversations are kept over a restart, and when memory has forgotten them; may be null. Set before the first
    // worker; it has to outlive the last.
    void remember_in(knowledge::Journal* journal);

    // What answers are given from now, and what they would be given from if the knowledge were `knowledge`.
    std::shared_ptr<Snapshot const> snapshot() const;
    std::shared_ptr<Snapshot const> compile(knowledge::Knowledge const& knowledge) const;

    // Calls `commit`, which changes the knowledge, and compiles what it made before it returns. Meanwhile answers are given from
    // what there was: nobody waits for the compiling but the caller. What `commit` fails with is given back.
    Result<std::int64_t> publish(std::function<Result<std::int64_t>()> const& commit);

    // Takes a conversation out of memory (not out of the journal). False: it was not there. Any thread.
    bool forget(std::string const& conversation);

    // The same of all conversations whose ids fit; gives the ids.
    std::vector<std::string> forget_if(std::function<bool(std::string const&)> const& fits);

    // Of the bot's own sentences as now in force. Any thread.
    Standing standing() const;

    // Counts, for the log line at start and for /metrics.
    struct Size {
        std::size_t entities = 0, facts = 0, faq = 0, intents = 0;
        std::int64_t revision = 0;
    };
    Size size() const;

private:
    struct Impl;
    explicit Assistant(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace immunobot::assistant
