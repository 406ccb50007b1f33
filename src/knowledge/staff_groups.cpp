#include "knowledge/staff_groups.hpp"

#include "knowledge/statements.hpp"

namespace immunobot::knowledge {

Result<GroupSizes> group_sizes(Database& database)
{
    GroupSizes sizes;
    auto const read = each(database, "SELECT grouping, count(*) FROM staff_group_question GROUP BY grouping",
                           [&](Statement const& row) { sizes[row.integer(0)] = row.integer(1); });
    if (!read)
        return read.error();
    return sizes;
}

Result<> follow_erasure(Database& database, GroupSizes const& before)
{
    auto const after = group_sizes(database);
    if (!after)
        return after.error();
    for (auto const& [group, size] : before) {
        auto const left = after->find(group);
        if (left != after->end() && left->second == size)
            continue;
        auto const done = left == after->end()
                              ? run(database, "DELETE FROM staff_group WHERE id=?1", group)
                              : run(database,
                                    "UPDATE staff_group SET version=version+1, question=(SELECT q.text FROM staff_group_question m JOIN question_log q "
                                    "ON q.reply = m.reply WHERE m.grouping=?1 ORDER BY q.id LIMIT 1) WHERE id=?1",
                                    group);
        if (!done)
            return done;
    }
    return {};
}

}  // namespace immunobot::knowledge
