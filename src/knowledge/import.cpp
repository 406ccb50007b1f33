#include "knowledge/import.hpp"

#include "knowledge/breaches.hpp"
#include "knowledge/changes.hpp"
#include "knowledge/file_io.hpp"
#include "knowledge/folder.hpp"
#include "knowledge/local_changes.hpp"
#include "knowledge/rows.hpp"
#include "knowledge/schema.hpp"
#include "knowledge/whole_json.hpp"

#include <filesystem>
#include <unordered_map>
#include <utility>

namespace immunobot::knowledge {
namespace {

template <class Row>
using Place = std::pair<Row const*, std::int64_t>;  // a row and where it stands in its file

// What to do to one table.
template <class Row>
struct Plan {
    std::vector<Place<Row>> added;
    std::vector<std::pair<Row const*, Place<Row>>> changed;  // before, after
    std::vector<Row const*> removed;
    std::vector<Place<Row>> moved;
    std::size_t unchanged = 0;

    ImportCounts counts() const { return {added.size(), changed.size(), removed.size(), unchanged}; }
    bool empty() const { return added.empty() && changed.empty() && removed.empty() && moved.empty(); }
};

template <class Row>
Plan<Row> compare(std::vector<Row> const& before, std::vector<Row> const& after)
{
    Plan<Row> plan;
    std::unordered_map<std::string_view, std::int64_t> known;
    known.reserve(before.size());
    for (std::size_t i = 0; i < before.size(); ++i)
        known.emplace(before[i].id, static_cast<std::int64_t>(i));
    for (std::size_t i = 0; i < after.size(); ++i) {
        Place<Row> const place{&after[i], static_cast<std::int64_t>(i)};
        auto const found = known.find(after[i].id);
        if (found == known.end()) {
            plan.added.push_back(place);
            continue;
        }
        Row const& old = before[static_cast<std::size_t>(found->second)];
        if (!(old == after[i])) {
            plan.changed.emplace_back(&old, place);
        } else {
            ++plan.unchanged;
            if (found->second != place.second)
                plan.moved.push_back(place);
        }
        known.erase(found);
    }
    for (Row const& row : before)
        if (known.contains(row.id))
            plan.removed.push_back(&row);
    return plan;
}

struct Plans {
    Plan<Source> sources;
    Plan<Entity> entities;
    Plan<Fact> facts;
    Plan<FaqEntry> faq;
    Plan<Asking> askings;

    bool empty() const { return sources.empty() && entities.empty() && facts.empty() && faq.empty() && askings.empty(); }
};

Plans compare(Knowledge const& before, Knowledge const& after)
{
    return {compare(before.sources, after.sources), compare(before.entities, after.entities),
            compare(before.facts, after.facts), compare(before.faq, after.faq), compare(before.askings, after.askings)};
}

// Carries plans out inside a transaction, as one revision.
class Writer {
public:
    Writer(Database& database, Changes changes, ImportOptions const& options) : database_(database), changes_(changes), options_(options) {}

    template <class Row>
    Result<> apply(Plan<Row> const& plan, char const* stage)
    {
        std::size_t done = 0;
        std::size_t const total = plan.added.size() + plan.changed.size() + plan.removed.size() + plan.moved.size();
        auto const tell = [&] {
            if (done++ % 1'000 == 0 && options_.progress)
                options_.progress(stage, done - 1, total);
        };
        Result<> last;
        for (std::size_t i = 0; last && i < plan.removed.size(); ++i, tell())
            last = changes_.remove(*plan.removed[i]);
        for (std::size_t i = 0; last && i < plan.changed.size(); ++i, tell())
            last = changes_.put(plan.changed[i].first, *plan.changed[i].second.first, plan.changed[i].second.second);
        for (std::size_t i = 0; last && i < plan.added.size(); ++i, tell())
            last = changes_.put<Row>(nullptr, *plan.added[i].first, plan.added[i].second);
        for (std::size_t i = 0; last && i < plan.moved.size(); ++i, tell())
            last = move_row(database_, *plan.moved[i].first, plan.moved[i].second);
        return last;
    }

private:
    Database& database_;
    Changes changes_;
    ImportOptions const& options_;
};

void fill(ImportReport& report, Plans const& plans)
{
    report.sources = plans.sources.counts();
    report.entities = plans.entities.counts();
    report.facts = plans.facts.counts();
    report.faq = plans.faq.counts();
    report.askings = plans.askings.counts();
    report.moved = plans.sources.moved.size() + plans.entities.moved.size() + plans.facts.moved.size() + plans.faq.moved.size() + plans.askings.moved.size();
}

Result<> write(Database& database, Plans const& plans, std::string const& why, ImportOptions const& options)
{
    auto changes = Changes::begin(database, options.who, why);
    if (!changes)
        return changes.error();
    Writer writer(database, *changes, options);
    auto done = writer.apply(plans.sources, "sources");
    if (done)
        done = writer.apply(plans.entities, "entities");
    if (done)
        done = writer.apply(plans.facts, "facts");
    if (done)
        done = writer.apply(plans.faq, "faq");
    if (done)
        done = writer.apply(plans.askings, "questions");
    return done;
}

constexpr std::size_t small_table = 20;   // rows; most of so few may well go

void complain(ImportReport& report, Severity severity, std::string code, std::string const& folder, std::string message, std::string hint)
{
    report.diagnostics.push_back({severity, std::move(code), folder, 0, 0, {}, std::move(message), std::move(hint)});
}

// A file cut off, or of another place, would else empty the bot.
template <class Row>
void check_removals(std::string_view table, Plan<Row> const& plan, std::size_t before, std::string const& folder, ImportReport& report)
{
    if (before > small_table && plan.removed.size() * 2 > before)
        complain(report, Severity::error, "K054", folder, std::string(table) + ": " + std::to_string(plan.removed.size()) + " of " + std::to_string(before) + " rows would be removed",
                 "if that is meant: immunobot import --allow-removals");
}

// Both the folder and what staff changed may be sound, and what comes of both may not.
void check_merged(KeptChanges const& kept, Knowledge const& before, Knowledge const& wanted, std::string const& folder, ImportReport& report)
{
    for (auto const& one : kept.facts)
        complain(report, Severity::warning, "K055", folder, "the fact \"" + one.fact + "\" was to go, and stays: the answer \"" + one.entry + "\" takes in its text",
                 "change that answer in the console, then import again");
    if (kept.kept == 0 && kept.conflicts.empty() && kept.facts.empty())
        return;
    for (auto const& one : new_breaches(before, wanted))
        complain(report, Severity::error, one.what.code, folder, "with what staff changed, " + in_one_line(one), one.what.hint);
}

// `wanted` is what the folder says, and becomes what the database is to hold: with what staff changed here.
Result<Plans> plan(Database& database, std::string const& folder, ImportOptions const& options, Knowledge& before, Knowledge& wanted, ImportReport& report)
{
    auto read = read_all(database);
    if (!read)
        return read.error();
    before = std::move(*read);
    auto kept = keep_local_changes(database, before, wanted);
    if (!kept)
        return kept.error();
    check_merged(*kept, before, wanted, folder, report);
    report.kept = kept->kept;
    report.conflicts = std::move(kept->conflicts);
    report.settled = std::move(kept->settled);
    Plans plans = compare(before, wanted);
    fill(report, plans);
    if (!options.allow_removals) {
        check_removals("sources", plans.sources, before.sources.size(), folder, report);
        check_removals("entities", plans.entities, before.entities.size(), folder, report);
        check_removals("facts", plans.facts, before.facts.size(), folder, report);
        check_removals("faq", plans.faq, before.faq.size(), folder, report);
        check_removals("questions", plans.askings, before.askings.size(), folder, report);
    }
    report.revision = before.revision;
    return plans;
}

Result<> rehearse(std::string const& path, std::string const& folder, Knowledge& wanted, ImportOptions const& options, ImportReport& report)
{
    if (!file_exists(path)) {
        fill(report, compare({}, wanted));
        return {};
    }
    auto open = open_current(path, Access::read);
    if (!open)
        return open.error();
    auto const transaction = Transaction::begin(open->database, Transaction::Kind::read);
    if (!transaction)
        return transaction.error();
    Knowledge before;
    if (auto const plans = plan(open->database, folder, options, before, wanted, report); !plans)
        return plans.error();
    return {};
}

// References are checked by SQLite at the commit; both sides of them come from the same folder, which was checked, or were checked with it.
Result<> replace(OpenDatabase& open, std::string const& folder, Knowledge& wanted, ImportOptions const& options, ImportReport& report)
{
    auto writing = WritingLock::take(open.lock);
    if (!writing)
        return writing.error();
    auto transaction = Transaction::begin(open.database, Transaction::Kind::write);
    if (!transaction)
        return transaction.error();
    Knowledge before;
    auto const plans = plan(open.database, folder, options, before, wanted, report);
    if (!plans)
        return plans.error();
    if (has_errors(report.diagnostics))
        return {};
    if (auto done = forget_local_changes(open.database, report.settled); !done)
        return done;
    if (plans->empty() && !report.settled.empty())
        if (auto committed = transaction->commit(); !committed)
            return committed;
    if (!plans->empty()) {
        std::string const why = options.why.empty() ? "import of " + folder : options.why;
        if (auto done = write(open.database, *plans, why, options); !done)
            return done;
        if (options.progress)
            options.progress("committing", 0, 0);
        if (auto committed = transaction->commit(); !committed)
            return committed;
        report.revision = before.revision + 1;
    }
    report.applied = true;
    return {};
}

}  // namespace

Result<ImportReport> import_folder(std::string const& database, std::string const& folder, ImportOptions const& options)
{
    ImportReport report;
    if (options.progress)
        options.progress("reading", 0, 0);
    ReadOptions const reading{options.today, options.limits};
    std::error_code failed;
    bool const is_file = std::filesystem::is_regular_file(folder, failed);
    auto wanted = is_file ? read_json(folder, report.diagnostics, reading) : read_folder(folder, report.diagnostics, reading);
    if (!wanted)
        return report;  // its diagnostics say why
    if (options.dry_run) {
        if (auto done = rehearse(database, folder, *wanted, options, report); !done)
            return done.error();
        return report;
    }
    auto const migrated = migrate(database);
    if (!migrated)
        return migrated.error();
    report.created = migrated->created;
    auto open = open_current(database, Access::write);
    if (!open)
        return open.error();
    if (auto done = replace(*open, folder, *wanted, options, report); !done)
        return done.error();
    close_writer(*open);
    return report;
}

}  // namespace immunobot::knowledge
