#include "knowledge/import.hpp"

#include "knowledge/file_io.hpp"
#include "knowledge/folder.hpp"
#include "knowledge/rows.hpp"
#include "knowledge/schema.hpp"

#include <chrono>
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
    Writer(Database& database, std::int64_t revision, ImportOptions const& options)
        : database_(database), revision_(revision), options_(options)
    {
    }

    Result<> begin(std::string const& why)
    {
        auto statement = database_.prepare("INSERT INTO revision(id, made_at, made_by, reason) VALUES(?1, ?2, ?3, ?4)");
        if (!statement)
            return statement.error();
        auto const now = std::chrono::system_clock::now().time_since_epoch();
        statement->bind(1, revision_).bind(2, std::int64_t{std::chrono::duration_cast<std::chrono::seconds>(now).count()});
        if (auto done = statement->bind(3, options_.who).bind(4, why).run(); !done)
            return done;
        auto meta = database_.prepare("UPDATE meta SET value=?1 WHERE key='revision'");
        if (!meta)
            return meta.error();
        return meta->bind(1, revision_).run();
    }

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
            last = remove(*plan.removed[i]);
        for (std::size_t i = 0; last && i < plan.changed.size(); ++i, tell())
            last = put(plan.changed[i].first, plan.changed[i].second);
        for (std::size_t i = 0; last && i < plan.added.size(); ++i, tell())
            last = put<Row>(nullptr, plan.added[i]);
        for (std::size_t i = 0; last && i < plan.moved.size(); ++i, tell())
            last = move_row(database_, *plan.moved[i].first, plan.moved[i].second);
        return last;
    }

private:
    template <class Row>
    Result<> remove(Row const& row)
    {
        if (auto erased = erase_row(database_, row); !erased)
            return erased;
        return remember<Row>(row.id, &row, nullptr);
    }

    template <class Row>
    Result<> put(Row const* before, Place<Row> const& after)
    {
        if (auto written = put_row(database_, *after.first, {after.second, revision_, before == nullptr}); !written)
            return written;
        return remember<Row>(after.first->id, before, after.first);
    }

    template <class Row>
    Result<> remember(std::string_view id, Row const* before, Row const* after)
    {
        auto statement = database_.cached("INSERT INTO change(revision, kind, row, before, after) VALUES(?1, ?2, ?3, ?4, ?5)");
        if (!statement)
            return statement.error();
        Statement& insert = **statement;
        insert.bind(1, revision_).bind(2, std::string_view(kind_of(static_cast<Row const*>(nullptr)))).bind(3, id);
        if (before)
            insert.bind(4, to_json(*before));
        if (after)
            insert.bind(5, to_json(*after));
        return insert.run();
    }

    Database& database_;
    std::int64_t revision_;
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

Result<> write(Database& database, Plans const& plans, std::int64_t revision, std::string const& why, ImportOptions const& options)
{
    Writer writer(database, revision, options);
    auto done = writer.begin(why);
    if (done)
        done = writer.apply(plans.sources, "sources");
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

Result<Plans> plan(Database& database, Knowledge& before, Knowledge const& wanted, ImportReport& report)
{
    auto read = read_all(database);
    if (!read)
        return read.error();
    before = std::move(*read);
    Plans plans = compare(before, wanted);
    fill(report, plans);
    report.revision = before.revision;
    return plans;
}

Result<> rehearse(std::string const& path, Knowledge const& wanted, ImportReport& report)
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
    if (auto const plans = plan(open->database, before, wanted, report); !plans)
        return plans.error();
    return {};
}

// References are checked by SQLite at the commit; both sides of them come from the same folder, which was checked.
Result<> replace(OpenDatabase& open, Knowledge const& wanted, std::string const& why, ImportOptions const& options, ImportReport& report)
{
    auto writing = WritingLock::take(open.lock);
    if (!writing)
        return writing.error();
    auto transaction = Transaction::begin(open.database, Transaction::Kind::write);
    if (!transaction)
        return transaction.error();
    Knowledge before;
    auto const plans = plan(open.database, before, wanted, report);
    if (!plans)
        return plans.error();
    if (!plans->empty()) {
        if (auto done = write(open.database, *plans, before.revision + 1, why, options); !done)
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
    auto const wanted = read_folder(folder, report.diagnostics, {options.today, options.limits});
    if (!wanted)
        return report;  // its diagnostics say why
    if (options.dry_run) {
        if (auto done = rehearse(database, *wanted, report); !done)
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
    std::string const why = options.why.empty() ? "import of " + folder : options.why;
    if (auto done = replace(*open, *wanted, why, options, report); !done)
        return done.error();
    close_writer(*open);
    return report;
}

}  // namespace immunobot::knowledge
