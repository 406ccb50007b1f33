#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

namespace immunobot::knowledge {
namespace {

Figures::Count count_at(Statement const& row)
{
    return {row.text(0), row.text(1), row.integer(2)};
}

}  // namespace

Result<Figures> StaffStore::figures(std::int64_t since)
{
    Figures out;
    struct Query {
        std::vector<Figures::Count>* to;
        Sql sql;
    };
    for (Query const& query : {
             Query{&out.channels, "SELECT date(asked_at, 'unixepoch', 'localtime') AS day, channel, count(*) FROM question_log WHERE asked_at >= ?1 GROUP BY 1, 2 ORDER BY 1, 2"},
             Query{&out.statuses, "SELECT date(asked_at, 'unixepoch', 'localtime') AS day, status, count(*) FROM question_log WHERE asked_at >= ?1 GROUP BY 1, 2 ORDER BY 1, 2"},
             Query{&out.intents, "SELECT intent, '', count(*) FROM question_log WHERE asked_at >= ?1 AND intent <> '' GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 10"},
             Query{&out.waiting, "SELECT g.question, '', count(*) FROM staff_group g JOIN staff_group_question m ON m.grouping = g.id JOIN question_log q ON q.reply = m.reply "
                                 "WHERE q.asked_at >= ?1 AND g.state IN ('new', 'taken') GROUP BY g.id ORDER BY 3 DESC, max(q.asked_at) DESC, g.id LIMIT 10"},
             Query{&out.thumbs, "SELECT q.facts, CASE f.helpful WHEN 0 THEN 'down' ELSE 'up' END, count(*) FROM feedback f JOIN question_log q ON q.reply = f.reply "
                                "WHERE q.asked_at >= ?1 AND q.facts <> '' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 20"},
             Query{&out.languages, "SELECT language, '', count(*) FROM question_log WHERE asked_at >= ?1 GROUP BY 1 ORDER BY 3 DESC, 1"},
             Query{&out.hours, "SELECT strftime('%H', asked_at, 'unixepoch', 'localtime'), '', count(*) FROM question_log WHERE asked_at >= ?1 GROUP BY 1 ORDER BY 1"}}) {
        auto rows = read_rows(open_.database, query.sql, count_at, since);
        if (!rows)
            return rows.error();
        *query.to = std::move(*rows);
    }
    auto const median = read_row(open_.database, "SELECT took FROM question_log WHERE asked_at >= ?1 AND took > 0 ORDER BY took LIMIT 1 "
                                                 "OFFSET (SELECT count(*) / 2 FROM question_log WHERE asked_at >= ?1 AND took > 0)",
                                 [](Statement const& row) { return row.integer(0); }, since);
    if (!median)
        return median.error();
    out.median_took = median->value_or(0);
    return out;
}

}  // namespace immunobot::knowledge
