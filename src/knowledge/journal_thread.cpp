#include "knowledge/journal_thread.hpp"

#include "base/date.hpp"

#include <spdlog/spdlog.h>

#include <exception>
#include <iterator>
#include <limits>
#include <utility>

namespace immunobot::knowledge {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::int64_t seconds_an_hour = 3'600;
constexpr auto purge_every = std::chrono::hours(1);
constexpr auto retry_after = std::chrono::seconds(1);

// The writer's thread must outlive a shortage of memory.
template <class Work>
Result<> guarded(Work work)
{
    try {
        return work();
    } catch (std::exception const& error) {
        return Error{Errc::internal, std::string("the journal could not be written: ") + error.what()};
    }
}

}  // namespace

Journal::Impl::Impl(JournalStore opened, OpenDatabase to_read, JournalOptions wanted)
    : options(std::move(wanted)), store(std::move(opened)), reader(std::move(to_read)), salt(store.conversation_salt()), opened_at(now()),
      opened_steady(Steady::now()), next_purge(Steady::now())
{
}

std::int64_t Journal::Impl::now() const
{
    return options.clock ? options.clock() : seconds_now();
}

std::int64_t Journal::Impl::conversations_from(std::int64_t at) const
{
    return at - options.conversation_hours * seconds_an_hour;
}

Result<> Journal::Impl::wait_for(JournalWaiter& waiter)
{
    std::unique_lock lock(mutex);
    waiters.push_back(&waiter);
    work.notify_one();
    finished.wait(lock, [&] { return waiter.done; });
    return waiter.result;
}

// True: nothing waited before. Only then is the writer asleep without a time to wake at, so only then is it called;
// to wake it for each entry would cost each answer a change of threads.
bool Journal::Impl::begin_waiting()
{
    if (!questions.empty() || !states.empty())
        return false;
    oldest = Steady::now();
    return true;
}

void Journal::Impl::add(TimedQuestion timed)
{
    std::lock_guard const lock(mutex);
    if (full()) {
        ++counts.shed;
        return;
    }
    bool const first = begin_waiting();
    questions.push_back(std::move(timed));
    if (first)
        work.notify_one();
}

void Journal::Impl::add(std::string key, std::string state)
{
    std::lock_guard const lock(mutex);
    if (full() && !states.contains(key)) {
        ++counts.shed;
        return;
    }
    bool const first = begin_waiting();
    states.insert_or_assign(std::move(key), std::move(state));
    if (first)
        work.notify_one();
}

std::optional<std::string> Journal::Impl::waiting_state(std::string_view key, bool& known)
{
    std::lock_guard const lock(mutex);
    for (ConversationStates const* const waiting : {&states, &writing_states})
        if (auto const found = waiting->find(key); found != waiting->end()) {
            known = true;
            return found->second.empty() ? std::nullopt : std::optional(found->second);
        }
    return std::nullopt;
}

std::vector<Turn> Journal::Impl::waiting_turns(std::string_view conversation) const
{
    std::vector<Turn> turns;
    std::lock_guard const lock(mutex);
    for (auto const* const waiting : {writing_questions, &questions})
        for (std::size_t i = 0; waiting != nullptr && i < waiting->size(); ++i)
            if (auto const& [question, asked_at] = (*waiting)[i]; question.conversation == conversation && !question.reply_json.empty())
                turns.push_back({question.reply_id, asked_at, question.text, question.reply_json});
    return turns;
}

Result<std::vector<Turn>> Journal::Impl::written_turns(std::string_view conversation)
{
    std::vector<Turn> turns;
    std::string const key = conversation_key(salt, conversation);
    std::lock_guard const lock(reading);
    auto query = reader.database.cached("SELECT reply, asked_at, question, answer FROM conversation_turn WHERE conversation=?1 AND asked_at >= ?2 ORDER BY id");
    if (!query)
        return query.error();
    (*query)->bind(1, key).bind(2, conversations_from(now()));
    for (auto row = (*query)->step(); !row || *row; row = (*query)->step()) {
        if (!row)
            return row.error();
        turns.push_back({(*query)->text(0), (*query)->integer(1), (*query)->text(2), (*query)->text(3)});
    }
    return turns;
}

// True: there is something to write. Comes back in any case when a purge is due or the end has come.
bool Journal::Impl::wait_for_work(std::unique_lock<std::mutex>& lock)
{
    auto const urgent = [&] { return stopping || !waiters.empty(); };
    auto const any = [&] { return urgent() || !questions.empty() || !states.empty(); };
    if (!work.wait_until(lock, next_purge, any))
        return false;
    work.wait_until(lock, oldest + std::chrono::milliseconds(options.commit_delay_ms), urgent);
    return true;
}

Batch Journal::Impl::take_batch()
{
    Batch batch;
    batch.now = now();
    batch.questions = std::exchange(questions, {});
    writing_states.swap(states);  // empty since the last batch
    batch.states = &writing_states;
    for (JournalWaiter* const waiter : waiters)
        if (waiter->feedback)
            batch.feedback.push_back(waiter->feedback);
    being_written = batch.questions.size() + writing_states.size();
    return batch;
}

// What could not be written because another program held the file is tried again, behind nothing newer of the same.
void Journal::Impl::give_back(Batch batch)
{
    batch.questions.insert(batch.questions.end(), std::make_move_iterator(questions.begin()), std::make_move_iterator(questions.end()));
    questions = std::move(batch.questions);
    states.merge(writing_states);
    oldest = Steady::now() + retry_after;
}

void Journal::Impl::write(std::unique_lock<std::mutex>& lock)
{
    Batch batch = take_batch();
    writing_questions = &batch.questions;
    auto const served = std::exchange(waiters, {});
    bool const last = stopping;
    lock.unlock();
    auto const written = guarded([&] { return batch.empty() ? Result<>() : store.write(batch); });
    for (JournalWaiter* const waiter : served) {
        waiter->result = written;
        if (waiter->purge)
            waiter->result = guarded([&] { return purge_now(now()); });
        else if (written && !waiter->forget.empty())
            waiter->result = guarded([&] { return store.forget(waiter->forget); });
        else if (written && waiter->feedback && !waiter->feedback->found)
            waiter->result = Error{Errc::not_found, "there is no reply " + waiter->feedback->feedback.reply_id};
    }
    if (!batch.empty())
        tell(written);
    lock.lock();
    writing_questions = nullptr;
    if (written)
        counts.written += being_written;
    else if (written.error().code == Errc::busy && !last)
        give_back(std::move(batch));
    else {
        counts.failed += being_written;
        lost = written.error();
    }
    being_written = 0;
    writing_states.clear();
    for (JournalWaiter* const waiter : served)
        waiter->done = true;
    finished.notify_all();
}

// Once when it begins and once when it is over, not five times a second while a disk is full.
void Journal::Impl::tell(Result<> const& written)
{
    if (!written && !failing)
        spdlog::warn("journal not written waiting={} reason=\"{}\"", being_written, written.error().message);
    if (written && failing)
        spdlog::info("journal written again");
    failing = !written;
}

std::int64_t Journal::Impl::steady_now() const
{
    if (options.clock)
        return options.clock();
    return opened_at + std::chrono::duration_cast<std::chrono::seconds>(Steady::now() - opened_steady).count();
}

Result<> Journal::Impl::purge_now(std::int64_t at)
{
    constexpr auto all = std::numeric_limits<std::int64_t>::max();
    return store.purge(keeps() ? at - options.keep_days * seconds_a_day : all, keeps_conversations() ? conversations_from(at) : all, at);
}

void Journal::Impl::purge_when_due()
{
    if (Steady::now() < next_purge)
        return;
    auto const purged = guarded([&] { return purge_now(steady_now()); });
    // A reader in the way is gone in a moment; then the log can be emptied.
    next_purge = Steady::now() + (purged ? purge_every : std::chrono::hours(1));
    if (!purged)
        spdlog::warn("journal not purged reason=\"{}\"", purged.error().message);
}

void Journal::Impl::run()
{
    while (true) {
        purge_when_due();
        std::unique_lock lock(mutex);
        if (wait_for_work(lock))
            write(lock);
        if (stopping && questions.empty() && states.empty() && waiters.empty())
            return;
    }
}

}  // namespace immunobot::knowledge
