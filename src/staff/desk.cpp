#include "staff/desk.hpp"

namespace immunobot::staff {
namespace {

std::vector<intents::Intent> read_tests(std::string const& folder)
{
    Diagnostics ignored;  // told by whoever loads the intents to answer with
    return intents::read_intents(folder, ignored);
}

}  // namespace

Desk::Desk(DeskOptions const& options, assistant::Assistant& assistant, knowledge::StaffStore opened, knowledge::Reader for_answers,
           knowledge::Reader for_search, assistant::Assistant::Worker worker)
    : store(std::move(opened)), accounts(store, options.accounts), settings(store, assistant),
      answers(store, assistant, std::move(for_answers), read_tests(options.intents_folder)), tables(store, answers, assistant), staff_sheet(store, answers, assistant), queue(store, assistant), guesses(assistant), undo(store, queue, answers, accounts, settings, outbox), pairs(store, answers, undo), erasure(store, assistant, queue),
      search(store, assistant, std::move(for_search), std::move(worker)), bot(assistant), replay_from{options.database, options.intents_folder, options.data_folder}
{
}

Result<Published> Desk::take_back(Person const& by, std::int64_t revision, std::string_view why, bool despite)
{
    auto const changes = store.with([&](auto& opened) { return opened.changes_of(revision); });
    auto const undone = tables.undo(by, revision, why, despite);
    if (undone && undone->revision != 0 && changes)
        for (auto const& change : *changes)
            static_cast<void>(queue.unsettle(by, change));   // it is taken back, whatever becomes of the groups
    return undone;
}

Result<std::unique_ptr<Desk>> Desk::open(DeskOptions const& options, assistant::Assistant& bot)
{
    auto store = knowledge::StaffStore::open(options.database);
    if (!store)
        return store.error();
    auto for_answers = knowledge::Reader::open(options.database);
    if (!for_answers)
        return for_answers.error();
    auto for_search = knowledge::Reader::open(options.database);
    if (!for_search)
        return for_search.error();
    auto worker = bot.worker();
    if (!worker)
        return worker.error();
    return std::unique_ptr<Desk>(
        new Desk(options, bot, std::move(*store), std::move(*for_answers), std::move(*for_search), std::move(*worker)));
}

}  // namespace immunobot::staff
