#include "knowledge/changes.hpp"

#include "knowledge/statements.hpp"

#include <chrono>

namespace immunobot::knowledge {

Result<Changes> Changes::begin(Database& database, std::string_view who, std::string_view why)
{
    auto const before = read_revision(database);
    if (!before)
        return before.error();
    std::int64_t const revision = *before + 1;
    auto const since = std::chrono::system_clock::now().time_since_epoch();
    std::int64_t const now = std::chrono::duration_cast<std::chrono::seconds>(since).count();
    if (auto made = run(database, "INSERT INTO revision(id, made_at, made_by, reason) VALUES(?1, ?2, ?3, ?4)", revision, now, who, why); !made)
        return made.error();
    if (auto set = run(database, "UPDATE meta SET value=?1 WHERE key='revision'", revision); !set)
        return set.error();
    return Changes(database, revision);
}

Result<> Changes::remember(std::string_view kind, std::string_view id, std::string const& before, std::string const& after)
{
    auto statement = database_->cached("INSERT INTO change(revision, kind, row, before, after) VALUES(?1, ?2, ?3, ?4, ?5)");
    if (!statement)
        return statement.error();
    Statement& insert = **statement;
    insert.bind(1, revision_).bind(2, kind).bind(3, id);
    if (!before.empty())
        insert.bind(4, before);
    if (!after.empty())
        insert.bind(5, after);
    return insert.run();
}

}  // namespace immunobot::knowledge
