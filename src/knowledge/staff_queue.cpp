#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

namespace immunobot::knowledge {
namespace {

GroupQuestion question_at(Statement const& row)
{
    return {row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4), row.integer(5)};
}

// Those that are in no group, oldest first: without an answer, or with one that was found wrong.
constexpr char const* waiting =
    "SELECT q.reply, q.text, q.language, q.status, q.asked_at, 0 FROM question_log q "
    "LEFT JOIN staff_group_question m ON m.reply = q.reply LEFT JOIN feedback f ON f.reply = q.reply "
    "WHERE m.reply IS NULL AND q.text <> '' AND (q.status IN ('unknown', 'unsure') OR f.helpful = 0) ORDER BY q.id LIMIT ?1";

constexpr char const* all_groups =
    "SELECT g.id, g.state, g.question, g.language, g.assigned, g.note, g.answer, g.version, g.seen_at, coalesce(min(q.asked_at), g.seen_at), "
    "count(q.reply), count(DISTINCT CASE q.conversation WHEN '' THEN q.reply ELSE q.conversation END), "
    "coalesce(',' || group_concat(DISTINCT q.channel) || ',', ''), "
    "coalesce(',' || group_concat(DISTINCT CASE WHEN q.status IN ('unknown', 'unsure') THEN q.status ELSE 'disliked' END) || ',', ''), g.decided_at FROM staff_group g "
    "LEFT JOIN staff_group_question m ON m.grouping = g.id LEFT JOIN question_log q ON q.reply = m.reply GROUP BY g.id ORDER BY g.id";

Result<> erase_empty(Database& database, std::int64_t group)
{
    return run(database, "DELETE FROM staff_group WHERE id=?1 AND NOT EXISTS (SELECT 1 FROM staff_group_question WHERE grouping=?1)", group);
}

Result<std::int64_t> new_group(Database& database, GroupQuestion const& first)
{
    auto const made = run(database,
                          "INSERT INTO staff_group(state, question, language, assigned, note, answer, version, seen_at) "
                          "VALUES('new', ?1, ?2, '', '', '', 1, ?3)",
                          first.text, first.language, first.asked_at);
    if (!made)
        return made.error();
    return database.integer("SELECT last_insert_rowid()");
}

Result<> put_question(Database& database, GroupQuestion const& question, std::int64_t group)
{
    // The log may have lost the question meanwhile.
    auto put = run(database, "INSERT INTO staff_group_question(reply, grouping) SELECT reply, ?2 FROM question_log WHERE reply=?1 ON CONFLICT DO NOTHING",
                   question.reply, group);
    if (put)
        put = run(database,
                  "UPDATE staff_group SET seen_at=max(seen_at, ?2), version=version + (state='answered'), "
                  "decided_at=CASE state WHEN 'answered' THEN 0 ELSE decided_at END, state=CASE state WHEN 'answered' THEN 'new' ELSE state END WHERE id=?1",
                  group, question.asked_at);
    return put;
}

}  // namespace

Result<std::vector<GroupQuestion>> StaffStore::new_questions(std::size_t limit)
{
    return read_rows(open_.database, waiting, question_at, static_cast<std::int64_t>(limit));
}

Result<std::vector<PastQuestion>> StaffStore::past_questions(std::size_t limit)
{
    return read_rows(open_.database, "SELECT reply, text, language FROM question_log WHERE id IN (SELECT max(id) FROM question_log WHERE text <> '' GROUP BY text) "
                     "ORDER BY id DESC LIMIT ?1",
                     [](Statement const& row) { return PastQuestion{row.text(0), row.text(1), row.text(2)}; }, static_cast<std::int64_t>(limit));
}

Result<std::vector<Disliked>> StaffStore::disliked(std::int64_t since, std::size_t limit)
{
    return read_rows(open_.database, "SELECT q.text, q.facts, f.reason, f.given_at FROM feedback f JOIN question_log q ON q.reply = f.reply "
                     "WHERE f.helpful = 0 AND f.given_at >= ?1 ORDER BY f.given_at DESC LIMIT ?2",
                     [](Statement const& row) { return Disliked{row.text(0), row.text(1), row.text(2), row.integer(3)}; }, since, static_cast<std::int64_t>(limit));
}

Result<std::int64_t> StaffStore::digest_sent()
{
    return open_.database.integer("SELECT value FROM meta WHERE key='digest_sent'");
}

Result<> StaffStore::note_digest_sent(std::int64_t now)
{
    return write([&](Database& database) { return run(database, "INSERT INTO meta(key, value) VALUES('digest_sent', ?1) ON CONFLICT(key) DO UPDATE SET value=?1", now); }, nullptr);
}

Result<std::vector<Group>> StaffStore::groups()
{
    std::vector<Group> all;
    auto const read = each(open_.database, all_groups, [&](Statement const& row) {
        all.push_back({row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.integer(7), row.integer(8),
                       row.integer(9), row.integer(10), row.integer(11), row.text(12), row.text(13), row.integer(14)});
    });
    if (!read)
        return read.error();
    return all;
}

Result<std::vector<GroupQuestion>> StaffStore::questions_of(std::int64_t group, std::size_t limit)
{
    return read_rows(open_.database, "SELECT q.reply, q.text, q.language, q.status, q.asked_at, m.grouping FROM staff_group_question m "
                     "JOIN question_log q ON q.reply = m.reply WHERE m.grouping=?1 ORDER BY q.id DESC LIMIT ?2", question_at, group, static_cast<std::int64_t>(limit));
}

Result<std::vector<std::int64_t>> StaffStore::file(std::vector<GroupQuestion> const& questions)
{
    std::vector<std::int64_t> made;
    auto const done = write(
        [&](Database& database) -> Result<> {
            for (GroupQuestion const& question : questions) {
                auto group = question.grouping;
                auto const number = static_cast<std::size_t>(group < 0 ? -group : 0);
                if (number > made.size()) {
                    auto const fresh = new_group(database, question);
                    if (!fresh)
                        return fresh.error();
                    made.push_back(*fresh);
                }
                if (number > 0)
                    group = made[number - 1];
                if (auto put = put_question(database, question, group); !put)
                    return put;
            }
            return {};
        },
        nullptr);
    if (!done)
        return done.error();
    return made;
}

Result<> StaffStore::decide(Group const& group, Act const& act)
{
    return write(
        [&](Database& database) -> Result<> {
            auto const done = run(database,
                                  "UPDATE staff_group SET state=?3, assigned=?4, note=?5, answer=?6, decided_at=?7, version=version+1 WHERE id=?1 AND version=?2",
                                  group.id, group.version, group.state, group.assigned, group.note, group.answer, group.decided_at);
            if (done && database.changes() == 0)
                return Error{Errc::conflict, "somebody else has just dealt with this question", "look at it again"};
            return done;
        },
        &act);
}

Result<> StaffStore::merge(std::int64_t from, std::int64_t into, Act const& act)
{
    return write(
        [&](Database& database) -> Result<> {
            std::int64_t there = 0;
            auto done = each(database, "SELECT count(*) FROM staff_group WHERE id IN (?1, ?2)", [&](Statement const& row) { there = row.integer(0); }, from, into);
            if (done && there != 2)
                return Error{Errc::not_found, "there is no such group of questions"};
            if (done)
                done = run(database, "UPDATE staff_group_question SET grouping=?2 WHERE grouping=?1", from, into);
            if (done)
                done = run(database, "UPDATE staff_group SET version=version+1, seen_at=max(seen_at, (SELECT seen_at FROM staff_group WHERE id=?2)) WHERE id=?1",
                           into, from);
            if (done)
                done = erase_empty(database, from);
            return done;
        },
        &act);
}

Result<std::int64_t> StaffStore::split(std::vector<std::string> const& replies, Act const& act)
{
    std::int64_t group = 0;
    auto const done = write(
        [&](Database& database) -> Result<> {
            for (std::string const& reply : replies) {
                GroupQuestion question;
                auto moved = each(database,
                                  "SELECT q.reply, q.text, q.language, q.status, q.asked_at, m.grouping FROM staff_group_question m "
                                  "JOIN question_log q ON q.reply = m.reply WHERE m.reply=?1",
                                  [&](Statement const& row) { question = question_at(row); }, reply);
                if (!moved)
                    return moved;
                if (question.reply.empty())
                    continue;
                if (group == 0) {
                    auto const made = new_group(database, question);
                    if (!made)
                        return made.error();
                    group = *made;
                }
                if (moved = run(database, "UPDATE staff_group_question SET grouping=?2 WHERE reply=?1", reply, group); !moved)
                    return moved;
            }
            return group == 0 ? Result<>(Error{Errc::not_found, "these questions are no longer kept"}) : Result<>();
        },
        &act);
    if (!done)
        return done.error();
    return group;
}

}  // namespace immunobot::knowledge
