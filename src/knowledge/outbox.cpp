#include "knowledge/outbox.hpp"

#include "knowledge/schema.hpp"
#include "knowledge/sha256.hpp"
#include "knowledge/statements.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <mutex>
#include <utility>

namespace immunobot::knowledge {
namespace {

constexpr int lock_wait_ms = 2'000;        // the platform waits for its acknowledgement
constexpr std::size_t key_digits = 32;
constexpr std::size_t longest_why = 300;
constexpr std::int64_t seconds_a_day = 86'400;

std::int64_t system_seconds()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

struct Outbox::Impl {
    Impl(OpenDatabase opened, std::string database_salt, OutboxOptions wanted)
        : options(std::move(wanted)), open(std::move(opened)), salt(std::move(database_salt))
    {
    }

    std::int64_t now() const { return options.clock ? options.clock() : system_seconds(); }
    std::string hashed(std::string_view text) const { return sha256_hex(salt + ':' + std::string(text)).substr(0, key_digits); }

    // Runs `work` as one durable transaction.
    template <class Work>
    Result<> write(Work work)
    {
        auto const writing = WritingLock::take(open.lock, lock_wait_ms);
        if (!writing)
            return writing.error();
        auto transaction = Transaction::begin(open.database, Transaction::Kind::write);
        if (!transaction)
            return transaction.error();
        if (auto done = work(); !done)
            return done;
        return transaction->commit();
    }

    template <class... Values>
    Result<> run(char const* sql, Values const&... values)
    {
        return knowledge::run(open.database, sql, values...);
    }

    template <class... Values>
    Result<std::int64_t> number(char const* sql, Values const&... values)
    {
        auto const found = read_row(open.database, sql, [](Statement const& row) { return row.integer(0); }, values...);
        if (!found)
            return found.error();
        return found->value_or(0);
    }

    // False: it is known.
    Result<bool> note(std::string_view key, std::int64_t at, std::int64_t keep_seconds)
    {
        auto done = run("INSERT INTO message_seen(key, forget_at) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET forget_at=?2 "
                        "WHERE forget_at <= ?3",
                        hashed(key), at + keep_seconds, at);
        if (!done)
            return done.error();
        return open.database.changes() > 0;
    }

    Result<> put(OutboxCall const& call, std::int64_t at)
    {
        return run("INSERT INTO outbox(key, channel, conversation, method, target, body, made_at, good_until, due_at) "
                   "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?7) ON CONFLICT(key) DO NOTHING",
                   call.key, call.channel, hashed(call.conversation), call.method, call.target, call.body, at, call.good_until);
    }

    Result<bool> accept(Arrival const& arrival);
    Result<> change_one(char const* sql, std::int64_t id, std::int64_t at);

    OutboxOptions const options;
    std::mutex mutex;           // what follows
    OpenDatabase open;
    std::string const salt;
    std::size_t waiting = 0;
    std::function<void()> wake;
};

Outbox::Outbox(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Outbox::~Outbox()
{
    close_writer(impl_->open);
}

Result<std::unique_ptr<Outbox>> Outbox::open(std::string const& path, OutboxOptions options)
{
    auto opened = open_current(path, Access::write);
    if (!opened)
        return opened.error();
    auto salt = read_salt(opened->database);
    if (!salt)
        return salt.error();
    auto const waiting = opened->database.integer("SELECT count(*) FROM outbox WHERE state='waiting'");
    if (!waiting)
        return waiting.error();
    auto impl = std::make_unique<Impl>(std::move(*opened), std::move(*salt), std::move(options));
    impl->waiting = static_cast<std::size_t>(*waiting);
    return std::unique_ptr<Outbox>(new Outbox(std::move(impl)));
}

void Outbox::on_arrival(std::function<void()> wake)
{
    std::lock_guard const lock(impl_->mutex);
    impl_->wake = std::move(wake);
}

Result<bool> Outbox::knows(std::string_view key)
{
    std::lock_guard const lock(impl_->mutex);
    auto const found = impl_->number("SELECT count(*) FROM message_seen WHERE key=?1 AND forget_at > ?2", impl_->hashed(key), impl_->now());
    if (!found)
        return found.error();
    return *found > 0;
}

Result<bool> Outbox::Impl::accept(Arrival const& arrival)
{
    bool fresh = true;
    auto const at = now();
    auto const written = write([&]() -> Result<> {
        if (auto const noted = arrival.key.empty() ? Result<bool>(true) : note(arrival.key, at, arrival.keep_seconds); !noted)
            return noted.error();
        else
            fresh = *noted;
        if (!fresh)
            return {};
        for (auto const& [key, keep_seconds] : arrival.notes)
            if (auto const noted = note(key, at, keep_seconds); !noted)
                return noted.error();
        for (auto const& call : arrival.calls)
            if (auto done = put(call, at); !done)
                return done;
        return run("DELETE FROM message_seen WHERE key IN (SELECT key FROM message_seen WHERE forget_at <= ?1 ORDER BY forget_at LIMIT 4)", at);
    });
    if (!written)
        return written.error();
    if (fresh)
        waiting += arrival.calls.size();
    return fresh;
}

Result<bool> Outbox::accept(Arrival const& arrival)
{
    std::function<void()> wake;
    Result<bool> fresh = false;
    {
        std::lock_guard const lock(impl_->mutex);
        if (!arrival.calls.empty() && impl_->waiting + arrival.calls.size() > impl_->options.most_waiting)
            return Error{Errc::busy, "too many answers wait to be delivered"};
        fresh = impl_->accept(arrival);
        if (fresh && *fresh && !arrival.calls.empty())
            wake = impl_->wake;
    }
    if (wake)
        wake();
    return fresh;
}

Result<std::vector<OutboxCall>> Outbox::due(std::string_view channel, std::int64_t now, std::size_t most)
{
    std::lock_guard const lock(impl_->mutex);
    auto query = impl_->open.database.cached(
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
    std::lock_guard const lock(impl_->mutex);
    auto done = impl_->write([&]() -> Result<> {
        for (auto const id : ids)
            if (auto erased = impl_->run("DELETE FROM outbox WHERE id=?1", id); !erased)
                return erased;
        return {};
    });
    if (done)
        impl_->waiting -= std::min(impl_->waiting, ids.size());
    return done;
}

Result<> Outbox::postpone(std::int64_t id, std::int64_t due_at, std::string_view why)
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->write([&] {
        return impl_->run("UPDATE outbox SET due_at=?2, attempts=attempts+1, why=?3 WHERE id=?1", id, due_at, why.substr(0, longest_why));
    });
}

Result<> Outbox::bury(std::int64_t id, std::string_view why)
{
    std::lock_guard const lock(impl_->mutex);
    auto done = impl_->write([&] {
        return impl_->run("UPDATE outbox SET state='dead', due_at=?2, attempts=attempts+1, why=?3 WHERE id=?1", id, impl_->now(),
                          why.substr(0, longest_why));
    });
    if (done && impl_->waiting > 0)
        --impl_->waiting;
    return done;
}

Result<std::vector<DeadLetter>> Outbox::dead_letters(std::size_t most)
{
    std::lock_guard const lock(impl_->mutex);
    auto query = impl_->open.database.cached(
        "SELECT id, channel, target, made_at, attempts, why FROM outbox WHERE state='dead' ORDER BY id DESC LIMIT ?1");
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

// Errc::not_found unless it changes a row.
Result<> Outbox::Impl::change_one(char const* sql, std::int64_t id, std::int64_t at)
{
    return write([&]() -> Result<> {
        if (auto done = run(sql, id, at); !done)
            return done;
        if (open.database.changes() == 0)
            return Error{Errc::not_found, "there is no dead letter " + std::to_string(id)};
        return {};
    });
}

Result<> Outbox::revive(std::int64_t id)
{
    std::lock_guard const lock(impl_->mutex);
    auto done = impl_->change_one(
        "UPDATE outbox SET state='waiting', due_at=?2, good_until=max(good_until, ?2+86400), why='' WHERE id=?1 AND state='dead'", id, impl_->now());
    if (done)
        ++impl_->waiting;
    return done;
}

Result<> Outbox::discard(std::int64_t id)
{
    std::lock_guard const lock(impl_->mutex);
    return impl_->change_one("DELETE FROM outbox WHERE id=?1 AND state='dead' AND made_at <= ?2", id, std::numeric_limits<std::int64_t>::max());
}

Result<> Outbox::purge()
{
    std::lock_guard const lock(impl_->mutex);
    auto const at = impl_->now();
    return impl_->write([&]() -> Result<> {
        if (auto done = impl_->run("DELETE FROM message_seen WHERE forget_at <= ?1", at); !done)
            return done;
        return impl_->run("DELETE FROM outbox WHERE state='dead' AND due_at <= ?1", at - impl_->options.dead_days * seconds_a_day);
    });
}

Result<Outbox::Counts> Outbox::counts()
{
    std::lock_guard const lock(impl_->mutex);
    auto const dead = impl_->number("SELECT count(*) FROM outbox WHERE state='dead'");
    if (!dead)
        return dead.error();
    return Counts{impl_->waiting, static_cast<std::size_t>(*dead)};
}

}  // namespace immunobot::knowledge
