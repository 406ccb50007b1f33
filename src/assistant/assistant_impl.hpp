// What an Assistant and its workers hold. For assistant.cpp and worker.cpp alone.
#pragma once

#include "assistant/assistant.hpp"
#include "assistant/conversation.hpp"
#include "assistant/ranking.hpp"
#include "assistant/snapshot.hpp"
#include "assistant/type_ahead.hpp"
#include "knowledge/journal.hpp"
#include "knowledge/reader.hpp"
#include "text/stem.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace immunobot::assistant {

struct Loaded {
    Result<knowledge::Knowledge> knowledge;
    std::string fingerprint;   // empty if it changed meanwhile
};

// Of what there is now in the database.
Loaded load(knowledge::Reader& reader);

struct Assistant::Impl {
    AssistantOptions options;
    Conversations conversations;
    knowledge::Journal* journal = nullptr;

    // Guards the pointers only; what they point to is immutable.
    mutable std::mutex mutex;
    std::shared_ptr<IntentSet const> intents;
    std::shared_ptr<Snapshot const> snapshot;
    std::shared_ptr<Wording const> wording;
    Diagnostics wording_problems;
    std::mutex rebuild;  // one rebuild at a time

    std::mutex typing;
    std::shared_ptr<TypeAhead const> type_ahead;         // under `typing`
    std::weak_ptr<Snapshot const> type_ahead_snapshot;   // what it was made of

    explicit Impl(AssistantOptions given)
        : options(std::move(given)), conversations(options.conversations, std::chrono::minutes(options.conversation_minutes))
    {
        read_wording();
    }

    // The last good sentences stay in force when the new ones have errors.
    void read_wording();

    std::shared_ptr<Wording const> current_wording() const
    {
        std::lock_guard const lock(mutex);
        return wording;
    }

    // What memory knows no more, the journal may: after a restart, or when many others have talked meanwhile.
    Conversation recall(std::string const& id);

    void keep(std::string const& id, Conversation conversation);

    // Made when somebody types for the first time after a change.
    std::shared_ptr<TypeAhead const> type_ahead_of(std::shared_ptr<Snapshot const> const& of);

    std::shared_ptr<Snapshot const> current() const
    {
        std::lock_guard const lock(mutex);
        return snapshot;
    }

    // Puts a snapshot of what was loaded in the place of the present one, which stays if that cannot be had. Whoever calls it
    // holds `rebuild`, but for create(), when nobody else knows the object yet.
    Result<> rebuild_from(Loaded loaded);

    // The index of the start before, if it was compiled from what is there now. For create() alone: it takes no lock.
    bool take_index(knowledge::Reader& reader);
};

struct Assistant::Worker::Impl {
    Assistant::Impl& shared;
    knowledge::Reader reader;
    text::Stemmer stemmer;
    Ranker ranker;
    bool storage_failed = false;

    // The snapshot of what is in the database; if another is in force, one caller compiles it, without the hold, and the others
    // get the one in force. So do all where the database cannot be read: then storage_failed is set.
    std::shared_ptr<Snapshot const> fresh_snapshot(knowledge::Reader::Hold& hold);
};

}  // namespace immunobot::assistant
