#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

namespace immunobot::knowledge {
namespace {

Change change_at(Statement const& row)
{
    return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7), row.integer(8)};
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

}  // namespace immunobot::knowledge
