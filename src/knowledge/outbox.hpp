// Messages of chat platforms that were taken, and the calls that carry their answers until these are delivered.
//
// A message and the calls that answer it are written in one transaction, before the platform is told that the message
// arrived: a kill at any moment leaves either neither (the platform sends it again) or both (the calls are made after the
// restart). What a message said is not kept, only that it was taken, as a salted hash; a call holds an answer and whom it
// goes to, and is erased once it is delivered.
//
// Any thread. All that is to be written goes to one thread, which commits together what has come meanwhile (group_writer.hpp);
// reading waits for no writer. Owns a writing and a reading connection.
#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::knowledge {

// A call to the API of a platform. It holds no credentials.
struct OutboxCall {
    std::int64_t id = 0;        // given by the outbox
    std::string key;            // the same however often it is made
    std::string channel;
    std::string conversation;   // calls of one are made in their order; only a salted hash is stored
    std::string method;
    std::string target;
    std::string body;
    std::int64_t made_at = 0;
    std::int64_t good_until = 0;
    int attempts = 0;
    std::int64_t after = 0;     // seconds that it waits at first
};

// One message that a platform sent us.
struct Arrival {
    std::string key;                 // tells it from every other message of every channel
    std::int64_t keep_seconds = 0;   // how long it may come again
    struct Note {
        std::string key;
        std::int64_t keep_seconds = 0;
    };
    std::vector<Note> notes;         // what knows() knows from then on
    std::vector<OutboxCall> calls;   // in their order
};

// A call that failed for good.
struct DeadLetter {
    std::int64_t id = 0;
    std::string channel;
    std::string target;
    std::int64_t made_at = 0;
    int attempts = 0;
    std::string why;
};

struct OutboxOptions {
    std::size_t most_waiting = 100'000;
    int dead_days = 30;
    std::function<std::int64_t()> clock = {};  // seconds since 1970, for tests; empty: the system's
};

class Outbox {
public:
    static Result<std::unique_ptr<Outbox>> open(std::string const& path, OutboxOptions options = {});
    ~Outbox();

    // Whether the key of a message or of a note is known and not yet forgotten; a note also while it is being written.
    Result<bool> knows(std::string_view key);

    // Takes what came with one delivery, all of it or, on an error, nothing. `taken` is called once it is durable, on the
    // outbox's thread: false where one of the messages is known, of which nothing was written. Errc::busy when too many calls
    // wait (then at once, on this thread) or another program holds the file. What is given first is taken first.
    using Taken = std::function<void(Result<bool> const&)>;
    void accept(std::vector<Arrival> arrivals, Taken taken);
    // Durable when it returns.
    Result<bool> accept(Arrival arrival);
    // Returns when all that was accepted before has been told.
    void settle();

    // Calls of a channel that are due and not behind another one of their conversation, oldest first.
    Result<std::vector<OutboxCall>> due(std::string_view channel, std::int64_t now, std::size_t most);
    // How many calls wait, with those that are being accepted; costs nothing.
    std::size_t waiting();

    Result<> delivered(std::vector<std::int64_t> const& ids);
    // Tried in vain; to be tried again at `due_at`.
    Result<> postpone(std::int64_t id, std::int64_t due_at, std::string_view why);
    // Refused as it was; another body takes its place.
    Result<> replace(std::int64_t id, std::string_view body, std::int64_t due_at, std::string_view why);
    // Given up. What follows in the conversation goes on.
    Result<> bury(std::int64_t id, std::string_view why);

    Result<std::vector<DeadLetter>> dead_letters(std::size_t most);
    // Lets a dead letter be tried again for a day; Errc::not_found.
    Result<> revive(std::int64_t id);
    // Out of sight, and erased after a day; until then restore() puts it back among the dead letters. Errc::not_found.
    Result<> discard(std::int64_t id);
    Result<> restore(std::int64_t id);

    // Erases what may be forgotten. Also runs by itself, a little with each arrival.
    Result<> purge();

    struct Counts {
        std::size_t waiting = 0;
        std::size_t dead = 0;
    };
    Result<Counts> counts();

    // Called on the outbox's thread after calls were put in. When this returns, what was set before is called no more.
    void on_arrival(std::function<void()> wake);

private:
    struct Impl;
    explicit Outbox(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace immunobot::knowledge
