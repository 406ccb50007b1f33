#include "knowledge/changes.hpp"
#include "knowledge/local_changes.hpp"
#include "knowledge/rows.hpp"
#include "knowledge/staff_published.hpp"
#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

namespace immunobot::knowledge {
namespace {

Result<std::optional<PublishedFact>> read_fact(Database& database, std::string_view id)
{
    return read_row(database,
                    "SELECT id, entity, property, value, unit, text_en, text_fr, valid_from, valid_to, review_by, source, layer, revision FROM fact WHERE id=?1",
                    [](Statement const& row) { return PublishedFact{fact_at(row, 0), row.integer(12)}; }, id);
}

// Behind the last of its kind, so that a folder written from here is in the usual order.
Result<std::int64_t> position_of(Database& database, Fact const& fact)
{
    std::int64_t position = 0;
    auto const read = each(database,
                           "SELECT coalesce((SELECT position FROM fact WHERE id=?1), (SELECT max(position) FROM fact WHERE entity=?2 AND property=?3), "
                           "(SELECT max(position) FROM fact), 0)",
                           [&](Statement const& row) { position = row.integer(0); }, fact.id, fact.entity, fact.property);
    if (!read)
        return read.error();
    return position;
}

Result<> copy_ways_of_asking(Database& database, Changes& changes, std::string_view from, std::string const& to)
{
    auto const known = read_published(database, from);
    if (!known)
        return known.error();
    if (!*known || (*known)->revision == 0)
        return {};
    auto entry = (*known)->answer.entry;
    entry.id = to;
    return put_ways_of_asking(database, changes, Published{{{to, {}, {}, {}, {}, {}, {}, {}}, false}, 0}, entry);
}

Result<> put_fact(Database& database, Changes& changes, FactChange const& change)
{
    auto const before = read_fact(database, change.fact.id);
    if (!before)
        return before.error();
    if ((*before ? (*before)->revision : 0) != change.revision)
        return Error{Errc::conflict, "somebody else has changed " + change.fact.id + " meanwhile", "look at it again"};
    auto const position = position_of(database, change.fact);
    if (!position)
        return position.error();
    Fact const* const old = *before ? &(*before)->fact : nullptr;
    if (auto put = changes.put(old, change.fact, *position); !put)
        return put;
    if (auto noted = note_local_change(database, kind_of(&change.fact), change.fact.id, old ? to_json(*old) : std::string()); !noted)
        return noted;
    return old || change.asked_like.empty() ? Result<>() : copy_ways_of_asking(database, changes, change.asked_like, change.fact.id);
}

}  // namespace

Result<std::optional<PublishedFact>> StaffStore::fact(std::string_view id)
{
    return read_fact(open_.database, id);
}

Result<std::int64_t> StaffStore::set_facts(std::vector<FactChange> const& wanted, std::optional<Source> const& source, std::string_view why, Act const& act)
{
    std::int64_t revision = 0;
    auto const done = write(
        [&](Database& database) -> Result<> {
            if (auto const may = look_alone(database, {}); !may)
                return may;
            auto changes = Changes::begin(database, act.who, why);
            if (!changes)
                return changes.error();
            revision = changes->revision();
            if (source)
                if (auto put = add_source(database, *changes, *source); !put)
                    return put;
            for (auto const& change : wanted)
                if (auto put = put_fact(database, *changes, change); !put)
                    return put;
            return {};
        },
        &act);
    if (!done)
        return done.error();
    return revision;
}

}  // namespace immunobot::knowledge
