#include "knowledge/journal.hpp"

#include "knowledge/journal_thread.hpp"
#include "knowledge/redact.hpp"

#include <algorithm>
#include <utility>

namespace immunobot::knowledge {
namespace {

constexpr std::size_t longest_question = 2'000;
constexpr std::size_t longest_state = 64 * 1024;
constexpr std::size_t longest_reply = 64 * 1024;

}  // namespace

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Journal::~Journal()
{
    {
        std::lock_guard const lock(impl_->mutex);
        impl_->stopping = true;
    }
    impl_->work.notify_all();
    impl_->thread.join();
}

Result<std::unique_ptr<Journal>> Journal::open(std::string const& path, JournalOptions options)
{
    auto store = JournalStore::open(path);
    if (!store)
        return store.error();
    auto reader = open_current(path, Access::read);
    if (!reader)
        return reader.error();
    auto impl = std::make_unique<Impl>(std::move(*store), std::move(*reader), std::move(options));
    impl->thread = std::thread([raw = impl.get()] { raw->run(); });
    return std::unique_ptr<Journal>(new Journal(std::move(impl)));
}

void Journal::record(LoggedQuestion question)
{
    if (!impl_->keeps())
        return;
    question.text = storable(question.text, longest_question);
    if (!impl_->keeps_conversations() || question.conversation.empty() || question.reply_json.size() > longest_reply)
        question.reply_json.clear();
    impl_->add({std::move(question), impl_->now()});
}

Result<> Journal::record(Feedback feedback)
{
    if (!impl_->keeps())
        return {};
    feedback.reason = storable(feedback.reason, longest_reason);
    PendingFeedback pending{std::move(feedback), impl_->now(), false};
    JournalWaiter waiter;
    waiter.feedback = &pending;
    return impl_->wait_for(waiter);
}

void Journal::save_conversation(std::string id, std::string state)
{
    if (impl_->keeps_conversations() && state.size() <= longest_state)
        impl_->add(conversation_key(impl_->salt, id), std::move(state));
}

Result<std::optional<std::string>> Journal::load_conversation(std::string_view id)
{
    std::string const key = conversation_key(impl_->salt, id);
    bool known = false;
    if (auto waiting = impl_->waiting_state(key, known); known)
        return waiting;
    std::lock_guard const lock(impl_->reading);
    auto query = impl_->reader.database.cached("SELECT state FROM conversation WHERE id=?1 AND saved_at >= ?2");
    if (!query)
        return query.error();
    auto const row = (*query)->bind(1, key).bind(2, impl_->conversations_from(impl_->now())).step();
    if (!row)
        return row.error();
    return *row ? std::optional((*query)->text(0)) : std::nullopt;
}

Result<std::vector<Turn>> Journal::transcript(std::string_view conversation)
{
    // First what waits, then what is written: a turn that is written in between is in both, not in neither.
    auto const waiting = impl_->waiting_turns(conversation);
    auto turns = impl_->written_turns(conversation);
    if (!turns)
        return turns;
    for (auto const& turn : waiting)
        if (std::ranges::find(*turns, turn.reply_id, &Turn::reply_id) == turns->end())
            turns->push_back(turn);
    if (turns->size() > most_turns)
        turns->erase(turns->begin(), turns->end() - most_turns);
    return turns;
}

Result<> Journal::forget(std::string_view conversation)
{
    if (conversation.empty())
        return Error{Errc::not_found, "a question without a conversation belongs to none"};
    JournalWaiter waiter;
    waiter.forget = conversation;
    return impl_->wait_for(waiter);
}

Result<> Journal::purge()
{
    JournalWaiter waiter;
    waiter.purge = true;
    return impl_->wait_for(waiter);
}

Journal::Counters Journal::counters() const
{
    std::lock_guard const lock(impl_->mutex);
    Counters counters = impl_->counts;
    counters.waiting = impl_->questions.size() + impl_->states.size() + impl_->being_written;
    return counters;
}

Result<> Journal::flush()
{
    JournalWaiter waiter;
    auto const flushed = impl_->wait_for(waiter);
    std::lock_guard const lock(impl_->mutex);
    if (auto const lost = std::exchange(impl_->lost, std::nullopt); lost && flushed)
        return *lost;
    return flushed;
}

}  // namespace immunobot::knowledge
