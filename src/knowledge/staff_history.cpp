#include "knowledge/rows.hpp"
#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

#include <algorithm>

namespace immunobot::knowledge {
namespace {

Change change_at(Statement const& row)
{
    return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7), row.integer(8)};
}

void add_new(std::vector<Taught>& out, std::string const& fact, std::vector<std::string> const& before, std::vector<std::string> const& after)
{
    for (auto const& wording : after)
        if (std::ranges::find(before, wording) == before.end())
            out.push_back({fact, wording});
}

}  // namespace

Result<std::vector<Change>> StaffStore::history(std::string_view id, std::size_t limit)
{
    return read_rows(open_.database, "SELECT c.revision, r.made_at, r.made_by, r.reason, c.kind, c.row, c.before, c.after, 1 FROM change c JOIN revision r ON r.id = c.revision "
                     "WHERE c.kind IN ('faq', 'staff_answer', 'asking', 'fact', 'entity', 'source') AND c.row=?1 ORDER BY c.revision DESC, c.kind LIMIT ?2", change_at, id, static_cast<std::int64_t>(limit));
}

Result<std::vector<Change>> StaffStore::recent_changes(std::size_t limit, std::size_t of_each)
{
    return read_rows(open_.database, "SELECT revision, made_at, made_by, reason, kind, row, before, after, rows FROM ("
                     "SELECT c.revision, r.made_at, r.made_by, r.reason, c.kind, c.row, c.before, c.after, row_number() OVER (PARTITION BY c.revision ORDER BY c.rowid) AS number, "
                     "count(*) OVER (PARTITION BY c.revision) AS rows FROM change c JOIN revision r ON r.id = c.revision WHERE r.made_by <> 'import') "
                     "WHERE number <= ?2 ORDER BY revision DESC, number LIMIT ?1", change_at, static_cast<std::int64_t>(limit), static_cast<std::int64_t>(of_each));
}

Result<std::optional<Change>> StaffStore::change(std::int64_t revision, std::string_view id)
{
    return read_row(open_.database, "SELECT c.revision, r.made_at, r.made_by, r.reason, c.kind, c.row, c.before, c.after, 1 FROM change c JOIN revision r ON r.id = c.revision "
                     "WHERE c.revision=?1 AND c.kind IN ('faq', 'staff_answer', 'asking') AND c.row=?2 ORDER BY c.after IS NULL LIMIT 1", change_at, revision, id);
}

Result<std::vector<std::string>> StaffStore::local_rows()
{
    std::vector<std::string> rows;
    auto const read = each(open_.database, "SELECT row FROM local_change WHERE kind='faq' ORDER BY row", [&](Statement const& row) { rows.push_back(row.text(0)); });
    if (!read)
        return read.error();
    return rows;
}

Result<std::vector<Taught>> StaffStore::taught()
{
    std::vector<Taught> out;
    auto const read = each(open_.database, "SELECT c.row, coalesce(c.before, ''), c.after FROM change c JOIN revision r ON r.id = c.revision "
                           "WHERE c.kind='asking' AND c.after IS NOT NULL AND r.made_by <> 'import' AND NOT EXISTS("
                           "SELECT 1 FROM change f WHERE f.kind='fact' AND f.row=c.row AND f.revision=c.revision AND f.before IS NULL)",
                           [&](Statement const& row) {
                               Asking before;
                               Asking after;
                               bool const was_there = !row.view(1).empty();
                               if ((was_there && !from_json(row.view(1), before)) || !from_json(row.view(2), after))
                                   return;   // of a history that cannot be read nothing is asked
                               add_new(out, row.text(0), before.questions_en, after.questions_en);
                               add_new(out, row.text(0), before.questions_fr, after.questions_fr);
                           });
    if (!read)
        return read.error();
    return out;
}

Result<std::vector<NewName>> StaffStore::new_names()
{
    std::vector<NewName> out;
    auto const read = each(open_.database, "SELECT c.before, c.after FROM change c JOIN revision r ON r.id = c.revision "
                           "WHERE c.kind='entity' AND c.before IS NOT NULL AND c.after IS NOT NULL AND r.made_by <> 'import'",
                           [&](Statement const& row) {
                               Entity before;
                               Entity after;
                               if (!from_json(row.view(0), before) || !from_json(row.view(1), after))
                                   return;
                               for (auto const& alias : after.aliases)
                                   if (std::ranges::find(before.aliases, alias) == before.aliases.end())
                                       out.push_back({after.id, alias});
                           });
    if (!read)
        return read.error();
    return out;
}

}  // namespace immunobot::knowledge
