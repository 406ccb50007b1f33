#include "knowledge/group_writer.hpp"

#include "knowledge/statements.hpp"

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace immunobot::knowledge {
namespace {

struct Order {
    GroupWriter::Work work;
    GroupWriter::Told told;
    Result<> result = {};
};

// Alone: if it fails, nothing of it stays in the transaction.
Result<> carry_out(Database& database, GroupWriter::Work const& work)
{
    if (auto begun = run(database, "SAVEPOINT one"); !begun)
        return begun;
    Result<> done;
    try {
        done = work(database);
    } catch (std::exception const& error) {
        done = Error{Errc::internal, std::string("could not be written: ") + error.what()};
    }
    auto const undone = done ? Result<>() : run(database, "ROLLBACK TO one");
    auto const ended = undone ? run(database, "RELEASE one") : undone;
    if (!ended)
        static_cast<void>(run(database, "ROLLBACK"));   // all of the transaction: half of this one may stand in it
    return done ? ended : done;
}

}  // namespace

struct GroupWriter::Impl {
    Impl(OpenDatabase opened, int wait_ms, std::function<void()> after) : open(std::move(opened)), lock_wait_ms(wait_ms), after_each(std::move(after)) {}

    void run();
    void write(std::vector<Order>& orders);
    Result<> commit(std::vector<Order>& orders);

    OpenDatabase open;                 // the writer's thread only
    int const lock_wait_ms;
    std::function<void()> const after_each;

    std::mutex mutex;                  // what follows; never held while the disk is used
    std::condition_variable work;
    std::condition_variable finished;
    std::vector<Order> waiting;
    std::size_t taken = 0;             // orders that ever came
    std::size_t told = 0;              // of these, that are done with
    bool stopping = false;

    std::thread thread;                // last: it uses all of the above
};

GroupWriter::GroupWriter(OpenDatabase opened, int lock_wait_ms, std::function<void()> after_each)
    : impl_(std::make_unique<Impl>(std::move(opened), lock_wait_ms, std::move(after_each)))
{
    impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

GroupWriter::~GroupWriter()
{
    {
        std::lock_guard const lock(impl_->mutex);
        impl_->stopping = true;
    }
    impl_->work.notify_one();
    impl_->thread.join();
    close_writer(impl_->open);
}

void GroupWriter::write(Work work, Told told)
{
    {
        std::lock_guard const lock(impl_->mutex);
        impl_->waiting.push_back({std::move(work), std::move(told)});
        ++impl_->taken;
    }
    impl_->work.notify_one();
}

Result<> GroupWriter::write(Work work)
{
    Result<> result;
    bool done = false;   // under the mutex
    write(std::move(work), [&](Result<> const& written) {
        std::lock_guard const lock(impl_->mutex);
        result = written;
        done = true;
        impl_->finished.notify_all();
    });
    std::unique_lock lock(impl_->mutex);
    impl_->finished.wait(lock, [&] { return done; });
    return result;
}

void GroupWriter::settle()
{
    std::unique_lock lock(impl_->mutex);
    impl_->finished.wait(lock, [this, until = impl_->taken] { return impl_->told >= until; });
}

void GroupWriter::Impl::run()
{
    std::unique_lock lock(mutex);
    while (true) {
        work.wait(lock, [this] { return stopping || !waiting.empty(); });
        if (waiting.empty())
            return;
        auto orders = std::exchange(waiting, {});
        lock.unlock();
        write(orders);
        lock.lock();
        told += orders.size();
        finished.notify_all();
    }
}

void GroupWriter::Impl::write(std::vector<Order>& orders)
{
    auto const committed = commit(orders);
    for (auto& order : orders) {
        order.told(committed ? order.result : committed);
        order = {};   // whoever was told may go now, with all that was given to us
    }
    if (after_each)
        after_each();
}

Result<> GroupWriter::Impl::commit(std::vector<Order>& orders)
{
    auto const writing = WritingLock::take(open.lock, lock_wait_ms);
    if (!writing)
        return writing.error();
    auto transaction = Transaction::begin(open.database, Transaction::Kind::write);
    if (!transaction)
        return transaction.error();
    for (auto& order : orders) {
        order.result = carry_out(open.database, order.work);
        if (!open.database.in_transaction())   // a full disk undoes all of it
            return order.result ? Error{Errc::storage, "the transaction has ended"} : order.result.error();
    }
    return transaction->commit();
}

}  // namespace immunobot::knowledge
