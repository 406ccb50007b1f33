#include "knowledge/outbox.hpp"

#include "base/date.hpp"
#include "knowledge/group_writer.hpp"
#include "knowledge/schema.hpp"
#include "knowledge/sha256.hpp"
#include "knowledge/statements.hpp"

#include <algorithm>
#include <limits>
#include <mutex>
#include <set>
#include <utility>

namespace immunobot::knowledge {
namespace {

constexpr int outbox_lock_wait_ms = 2'000;        // the platform waits for its acknowledgement
constexpr std::size_t key_digits = 32;
constexpr std::size_t longest_why = 300;

}  // namespace

struct Outbox::Impl {
    Impl(OpenDatabase to_write, OpenDatabase to_read, std::string database_salt, OutboxOptions wanted, std::size_t waiting_calls)
        : options(std::move(wanted)), salt(std::move(database_salt)), waiting(waiting_calls), reader(std::move(to_read)),
          writer(std::move(to_write), outbox_lock_wait_ms, [this] { call_awake(); })
    {
    }

    std::int64_t now() const { return options.clock ? options.clock() : seconds_now(); }
    std::string hashed(std::string_view text) const { return sha256_hex(salt + ':' + std::string(text)).substr(0, key_digits); }

    // ---- the writer's thread, within a transaction ----
    Result<bool> take(Database& database, Arrival const& arrival) const;
    Result<bool> note(Database& database, std::string_view key, std::int64_t at, std::int64_t keep_seconds) const;
    Result<> put(Database& database, OutboxCall const& call, std::int64_t at) const;
    void call_awake();

    // ---- any thread ----
    bool reserve(std::size_t calls, std::vector<std::string> const& notes);
    void came(std::vector<std::string> const& notes);
    void waits_no_more(std::size_t calls);
    // Errc::not_found unless it changes a row.
    Result<> change_one(Sql sql, std::int64_t id, std::int64_t at);

    OutboxOptions const options;
    std::string const salt;

    std::mutex mutex;            // what follows; held for a moment only
    std::size_t waiting;
    std::multiset<std::string> coming;   // notes that are being written, hashed
    std::function<void()> wake;
    bool calls_came = false;     // the writer's thread only

    std::mutex reading;
    OpenDatabase reader;         // under `reading`

    GroupWriter writer;          // last: its thread uses the above
};

Outbox::Outbox(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

// The writing connection is to be the last that closes: it alone can merge the write-ahead log, in which erased answers stand.
Outbox::~Outbox()
{
    impl_->reader.database = {};
}

Result<std::unique_ptr<Outbox>> Outbox::open(std::string const& path, OutboxOptions options)
{
    auto opened = open_current(path, Access::write);
    if (!opened)
        return opened.error();
    auto reader = open_current(path, Access::read);
    if (!reader)
        return reader.error();
    auto salt = read_salt(opened->database);
    if (!salt)
        return salt.error();
    auto const waiting = opened->database.integer("SELECT count(*) FROM outbox WHERE state='waiting'");
    if (!waiting)
        return waiting.error();
    auto impl = std::make_unique<Impl>(std::move(*opened), std::move(*reader), std::move(*salt), std::move(options), static_cast<std::size_t>(*waiting));
    return std::unique_ptr<Outbox>(new Outbox(std::move(impl)));
}

void Outbox::on_arrival(std::function<void()> wake)
{
    std::lock_guard const lock(impl_->mutex);
    impl_->wake = std::move(wake);
}

// Under the mutex, so that on_arrival() waits for it.
void Outbox::Impl::call_awake()
{
    std::lock_guard const lock(mutex);
    if (std::exchange(calls_came, false) && wake)
        wake();
}

Result<bool> Outbox::knows(std::string_view key)
{
    auto const hashed = impl_->hashed(key);
    if (std::lock_guard const lock(impl_->mutex); impl_->coming.contains(hashed))
        return true;
    std::lock_guard const lock(impl_->reading);
    auto query = impl_->reader.database.cached("SELECT 1 FROM message_seen WHERE key=?1 AND forget_at > ?2");
    if (!query)
        return query.error();
    return (*query)->bind(1, hashed).bind(2, impl_->now()).step();
}

// False: it is known.
Result<bool> Outbox::Impl::note(Database& database, std::string_view key, std::int64_t at, std::int64_t keep_seconds) const
{
    auto done = run(database,
                    "INSERT INTO message_seen(key, forget_at) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET forget_at=?2 "
                    "WHERE forget_at <= ?3",
                    hashed(key), at + keep_seconds, at);
    if (!done)
        return done.error();
    return database.changes() > 0;
}

Result<> Outbox::Impl::put(Database& database, OutboxCall const& call, std::int64_t at) const
{
    return run(database,
               "INSERT INTO outbox(key, channel, conversation, method, target, body, made_at, good_until, due_at) "
               "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(key) DO NOTHING",
               call.key, call.channel, hashed(call.conversation), call.method, call.target, call.body, at, call.good_until, at + call.after);
}

// False: the message is known.
Result<bool> Outbox::Impl::take(Database& database, Arrival const& arrival) const
{
    auto const at = now();
    auto const fresh = arrival.key.empty() ? Result<bool>(true) : note(database, arrival.key, at, arrival.keep_seconds);
    if (!fresh || !*fresh)
        return fresh;
    for (auto const& [key, keep_seconds] : arrival.notes)
        if (auto const noted = note(database, key, at, keep_seconds); !noted)
            return noted.error();
    for (auto const& call : arrival.calls)
        if (auto const done = put(database, call, at); !done)
            return done.error();
    auto const forgotten =
        run(database, "DELETE FROM message_seen WHERE key IN (SELECT key FROM message_seen WHERE forget_at <= ?1 ORDER BY forget_at LIMIT 4)", at);
    if (!forgotten)
        return forgotten.error();
    return true;
}

bool Outbox::Impl::reserve(std::size_t calls, std::vector<std::string> const& notes)
{
    std::lock_guard const lock(mutex);
    if (calls > 0 && waiting + calls > options.most_waiting)
        return false;
    waiting += calls;
    coming.insert(notes.begin(), notes.end());
    return true;
}

void Outbox::Impl::came(std::vector<std::string> const& notes)
{
    std::lock_guard const lock(mutex);
    for (auto const& note : notes)
        coming.erase(coming.find(note));
}

void Outbox::Impl::waits_no_more(std::size_t calls)
{
    std::lock_guard const lock(mutex);
    waiting -= std::min(waiting, calls);
}

void Outbox::accept(std::vector<Arrival> arrivals, Taken taken)
{
    struct Order {
        std::vector<Arrival> arrivals;
        Taken taken;
        std::vector<std::string> notes = {};   // hashed
        std::size_t reserved = 0;
        std::size_t put = 0;
        bool fresh = true;
    };
    auto order = std::make_shared<Order>(Order{std::move(arrivals), std::move(taken)});
    for (auto const& arrival : order->arrivals) {
        order->reserved += arrival.calls.size();
        for (auto const& note : arrival.notes)
            order->notes.push_back(impl_->hashed(note.key));
    }
    if (!impl_->reserve(order->reserved, order->notes))
        return order->taken(Error{Errc::busy, "too many answers wait to be delivered"});
    auto work = [impl = impl_.get(), order](Database& database) -> Result<> {
        for (auto const& arrival : order->arrivals) {
            auto const fresh = impl->take(database, arrival);
            if (!fresh)
                return fresh.error();
            order->put += *fresh ? arrival.calls.size() : 0;
            order->fresh = order->fresh && *fresh;
        }
        return {};
    };
    impl_->writer.write(std::move(work), [impl = impl_.get(), order](Result<> const& written) {
        auto const put = written ? order->put : 0;
        impl->waits_no_more(order->reserved - put);
        impl->came(order->notes);
        impl->calls_came = impl->calls_came || put > 0;
        order->taken(written ? Result<bool>(order->fresh) : Result<bool>(written.error()));
    });
}

Result<bool> Outbox::accept(Arrival arrival)
{
    auto const result = std::make_shared<Result<bool>>(false);
    accept(std::vector<Arrival>{std::move(arrival)}, [result](Result<bool> const& taken) { *result = taken; });
    settle();
    return *result;
}

void Outbox::settle()
{
    impl_->writer.settle();
}

Result<std::vector<OutboxCall>> Outbox::due(std::string_view channel, std::int64_t now, std::size_t most)
{
    std::lock_guard const lock(impl_->reading);
    auto query = impl_->reader.database.cached(
        "SELECT id, key, channel, conversation, method, target, body, made_at, good_until, attempts FROM outbox AS one "
        "WHERE state='waiting' AND channel=?1 AND due_at <= ?2 AND NOT EXISTS (SELECT 1 FROM outbox AS other "
        "WHERE other.conversation=one.conversation AND other.state='waiting' AND other.id < one.id) ORDER BY due_at, id LIMIT ?3");
    if (!query)
        return query.error();
    (*query)->bind(1, channel).bind(2, now).bind(3, static_cast<std::int64_t>(most));
    std::vector<OutboxCall> calls;
    for (auto row = (*query)->step(); !row || *row; row = (*query)->step()) {
        if (!row)
            return row.error();
        Statement const& found = **query;
        calls.push_back({found.integer(0), found.text(1), found.text(2), found.text(3), found.text(4), found.text(5), found.text(6),
                         found.integer(7), found.integer(8), static_cast<int>(found.integer(9))});
    }
    return calls;
}

std::size_t Outbox::waiting()
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->waiting;
}

Result<> Outbox::delivered(std::vector<std::int64_t> const& ids)
{
    auto done = impl_->writer.write([&](Database& database) -> Result<> {
        for (auto const id : ids)
            if (auto erased = run(database, "DELETE FROM outbox WHERE id=?1", id); !erased)
                return erased;
        return {};
    });
    if (done)
        impl_->waits_no_more(ids.size());
    return done;
}

Result<> Outbox::postpone(std::int64_t id, std::int64_t due_at, std::string_view why)
{
    return impl_->writer.write([&](Database& database) {
        return run(database, "UPDATE outbox SET due_at=?2, attempts=attempts+1, why=?3 WHERE id=?1", id, due_at, why.substr(0, longest_why));
    });
}

Result<> Outbox::replace(std::int64_t id, std::string_view body, std::int64_t due_at, std::string_view why)
{
    return impl_->writer.write([&](Database& database) {
        return run(database, "UPDATE outbox SET body=?2, due_at=?3, attempts=attempts+1, why=?4 WHERE id=?1", id, body, due_at, why.substr(0, longest_why));
    });
}

Result<> Outbox::bury(std::int64_t id, std::string_view why)
{
    std::size_t buried = 0;
    auto done = impl_->writer.write([&](Database& database) {
        auto changed = run(database, "UPDATE outbox SET state='dead', due_at=?2, attempts=attempts+1, why=?3, good_until=max(good_until, 1) WHERE id=?1 AND state='waiting'",
                           id, impl_->now(), why.substr(0, longest_why));
        buried = changed ? static_cast<std::size_t>(database.changes()) : 0;
        return changed;
    });
    if (done)
        impl_->waits_no_more(buried);
    return done;
}

Result<std::vector<DeadLetter>> Outbox::dead_letters(std::size_t most)
{
    std::lock_guard const lock(impl_->reading);
    auto query = impl_->reader.database.cached(
        "SELECT id, channel, target, made_at, attempts, why FROM outbox WHERE state='dead' AND good_until > 0 ORDER BY id DESC LIMIT ?1");
    if (!query)
        return query.error();
    (*query)->bind(1, static_cast<std::int64_t>(most));
    std::vector<DeadLetter> letters;
    for (auto row = (*query)->step(); !row || *row; row = (*query)->step()) {
        if (!row)
            return row.error();
        Statement const& found = **query;
        letters.push_back({found.integer(0), found.text(1), found.text(2), found.integer(3), static_cast<int>(found.integer(4)), found.text(5)});
    }
    return letters;
}

Result<> Outbox::Impl::change_one(Sql sql, std::int64_t id, std::int64_t at)
{
    return writer.write([&](Database& database) -> Result<> {
        if (auto done = run(database, sql, id, at); !done)
            return done;
        if (database.changes() == 0)
            return Error{Errc::not_found, "there is no dead letter " + std::to_string(id)};
        return {};
    });
}

Result<> Outbox::revive(std::int64_t id)
{
    auto done = impl_->change_one(
        "UPDATE outbox SET state='waiting', due_at=?2, good_until=max(good_until, ?2+86400), why='' WHERE id=?1 AND state='dead' AND good_until > 0", id, impl_->now());
    std::lock_guard const lock(impl_->mutex);
    impl_->waiting += done ? 1 : 0;
    return done;
}

Result<> Outbox::discard(std::int64_t id)
{
    // Good until never: that is what tells it from the others.
    return impl_->change_one("UPDATE outbox SET good_until=0, due_at=?2 WHERE id=?1 AND state='dead' AND good_until > 0", id, impl_->now());
}

Result<> Outbox::restore(std::int64_t id)
{
    return impl_->change_one("UPDATE outbox SET good_until=1, due_at=?2 WHERE id=?1 AND state='dead' AND good_until = 0", id, impl_->now());
}

Result<> Outbox::purge()
{
    auto const at = impl_->now();
    return impl_->writer.write([&](Database& database) -> Result<> {
        if (auto done = run(database, "DELETE FROM message_seen WHERE forget_at <= ?1", at); !done)
            return done;
        return run(database, "DELETE FROM outbox WHERE state='dead' AND due_at <= iif(good_until > 0, ?1, ?2)", at - impl_->options.dead_days * seconds_a_day, at - seconds_a_day);
    });
}

Result<Outbox::Counts> Outbox::counts()
{
    std::lock_guard const lock(impl_->reading);
    auto const dead = impl_->reader.database.integer("SELECT count(*) FROM outbox WHERE state='dead' AND good_until > 0");
    if (!dead)
        return dead.error();
    return Counts{waiting(), static_cast<std::size_t>(*dead)};
}

}  // namespace immunobot::knowledge
