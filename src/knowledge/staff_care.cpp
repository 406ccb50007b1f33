// Who looks after an answer or a fact, and how often it is looked at again.
#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

#include <algorithm>

namespace immunobot::knowledge {
namespace {

Care care_at(Statement const& row)
{
    return {row.text(0), row.text(1), row.integer(2), row.text(3)};
}

}  // namespace

Result<std::vector<Care>> StaffStore::cares()
{
    return read_rows(open_.database, "SELECT row, owner, months, looked_at FROM staff_care ORDER BY row", care_at);
}

Result<std::optional<Care>> StaffStore::care(std::string_view row)
{
    return read_row(open_.database, "SELECT row, owner, months, looked_at FROM staff_care WHERE row=?1", care_at, row);
}

Result<> StaffStore::set_care(Care const& care, Act const& act)
{
    return write(
        [&](Database& database) -> Result<> {
            if (care.owner.empty() && care.months == 0)
                return run(database, "DELETE FROM staff_care WHERE row=?1", care.row);
            return run(database,
                       "INSERT INTO staff_care(row, owner, months, looked_at) VALUES(?1, ?2, ?3, ?4) "
                       "ON CONFLICT(row) DO UPDATE SET owner=?2, months=?3, looked_at=?4",
                       care.row, care.owner, care.months, care.looked_at);
        },
        &act);
}

Result<> StaffStore::note_looked_at(std::string_view row, std::string_view day, Act const& act)
{
    return write([&](Database& database) { return run(database, "UPDATE staff_care SET looked_at=?2 WHERE row=?1", row, day); }, &act);
}

Result<std::vector<DeadLink>> StaffStore::dead_links()
{
    return read_rows(open_.database, "SELECT url, why, found_at FROM dead_link ORDER BY url", [](Statement const& row) { return DeadLink{row.text(0), row.text(1), row.integer(2)}; });
}

Result<> StaffStore::note_dead_links(std::vector<DeadLink> const& found)
{
    return write(
        [&](Database& database) -> Result<> {
            auto const before = dead_links();
            if (!before)
                return before.error();
            auto done = run(database, "DELETE FROM dead_link");
            for (auto const& link : found) {
                auto const known = std::ranges::find(*before, link.url, &DeadLink::url);
                if (done)
                    done = run(database, "INSERT INTO dead_link(url, why, found_at) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING", link.url, link.why, known == before->end() ? link.found_at : known->found_at);
            }
            return done;
        },
        nullptr);
}

}  // namespace immunobot::knowledge
