// Rows of facts, entities and sources that are taken away, and older versions of them.
#include "knowledge/rows.hpp"
#include "staff/tables.hpp"

#include <algorithm>
#include <iterator>

namespace immunobot::staff {
namespace {

using knowledge::Knowledge;

// What no longer stands in `rows` goes to `gone`.
template <class Row, class Is>
void move_out(std::vector<Row>& rows, std::vector<Row>& gone, Is is)
{
    std::ranges::copy_if(rows, std::back_inserter(gone), is);
    std::erase_if(rows, is);
}

std::string kind_of_fact(std::string_view id)
{
    return std::string(id.substr(0, id.rfind('.')));
}

// The ways of asking for a fact; with the last of its kind, those for all of that kind.
void take_askings_out(Knowledge& all, Knowledge& gone, std::string_view fact)
{
    auto const kind = kind_of_fact(fact);
    bool const others = std::ranges::any_of(all.facts, [&](auto const& one) { return kind_of_fact(one.id) == kind; });
    move_out(all.askings, gone.askings, [&](auto const& asking) { return asking.id == fact || (!others && asking.id == kind); });
}

Knowledge take_out_of(Knowledge& all, Table table, std::string_view id)
{
    Knowledge gone;
    auto const is = [&](auto const& row) { return row.id == id; };
    switch (table) {
        case Table::facts:
            move_out(all.facts, gone.facts, is);
            take_askings_out(all, gone, id);
            break;
        case Table::entities: move_out(all.entities, gone.entities, is); break;
        case Table::sources: move_out(all.sources, gone.sources, is); break;
        case Table::faq: break;   // an answer, which has an archive of its own
    }
    return gone;
}

// A way of asking goes with its fact, and an intent asks for a property, whatever facts there are.
bool stands_in_the_way(Tables::Use const& use)
{
    return use.kind != "asking" && use.kind != "intent";
}

bool is_empty(Knowledge const& rows)
{
    return rows.facts.empty() && rows.entities.empty() && rows.sources.empty();
}

std::string json_of(Knowledge const& rows)
{
    return !rows.facts.empty() ? to_json(rows.facts[0]) : !rows.entities.empty() ? to_json(rows.entities[0]) : to_json(rows.sources[0]);
}

}  // namespace

Result<Tables::Archiving> Tables::look_at_archive(Table table, std::string_view id, Answers::Look look)
{
    auto all = answers_.knowledge();
    if (!all)
        return all.error();
    Archiving out;
    out.base = all->revision;
    out.rows = take_out_of(*all, table, id);
    if (is_empty(out.rows))
        return Error{Errc::not_found, "there is no row " + std::string(id)};
    auto users = uses(table, id);
    if (!users)
        return users.error();
    std::ranges::copy_if(*users, std::back_inserter(out.uses), stands_in_the_way);
    if (!out.uses.empty() || table == Table::sources)   // no answer depends on a source
        return out;
    auto regression = answers_.rehearse(*all, std::string(id), "archive " + draft_id(table, id), look);
    if (!regression)
        return regression.error();
    out.regression = std::move(*regression);
    count_as_lost(out.regression, {std::string(id)});
    return out;
}

Result<Published> Tables::archive(Person const& by, Table table, std::string_view id, std::int64_t base, std::string_view why, bool despite)
{
    std::lock_guard const lock(publishing_);
    auto look = look_at_archive(table, id, Answers::Look::kept);
    if (!look)
        return look.error();
    if (!look->uses.empty())
        return Error{Errc::conflict, look->uses[0].id + " refers to " + std::string(id), "change that first"};
    Published out{0, std::move(look->regression)};
    if (!out.regression.worse.empty() && !(despite && is_reason(why)))
        return out;
    knowledge::Act const act{by.email, by.origin, out.regression.worse.empty() ? "rows.archive" : "rows.archive-despite", draft_id(table, id), json_of(look->rows), {}};
    auto const reason = why.empty() ? std::string("archived") : std::string(why);
    auto const made = bot_.publish([&] { return store_.with([&](auto& store) { return store.archive_rows(look->rows, base, reason, act); }); });
    if (!made)
        return made.error();
    out.revision = *made;
    return out;
}

Result<std::int64_t> Tables::restore(Person const& by, Table table, std::string_view id, std::int64_t revision, bool before)
{
    auto const changes = store_.with([&](auto& store) { return store.changes_of(revision); });
    if (!changes)
        return changes.error();
    auto const change = std::ranges::find_if(*changes, [&](auto const& one) { return one.kind == kind_of(table) && one.row == id; });
    if (change == changes->end())
        return Error{Errc::not_found, "there is no change " + std::to_string(revision) + " of " + std::string(id)};
    auto const wanted = cells_from_json(table, before || change->after.empty() ? change->before : change->after);
    if (!wanted)
        return Error{Errc::bad_data, "the history of " + std::string(id) + " cannot be read"};
    auto const all = answers_.knowledge();
    if (!all)
        return all.error();
    auto const rows = rows_of(*all, table);
    if (std::ranges::find(rows, *wanted) != rows.end())
        return std::int64_t{0};
    auto const name = draft_id(table, id);
    auto const there = store_.with([&](auto& store) { return store.draft(name); });
    if (!there)
        return there.error();
    return propose(by, name, *there ? (*there)->version : 0, all->revision, table, {*wanted}, "rows.restore");
}

}  // namespace immunobot::staff
