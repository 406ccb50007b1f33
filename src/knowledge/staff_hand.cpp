// What each of the staff keeps at hand: answers that are pinned, what was copied, the pieces of a message, the words at its end.
#include "base/date.hpp"
#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

namespace immunobot::knowledge {
namespace {

constexpr std::int64_t most_pins = 50;         // of one account
constexpr std::int64_t most_pieces = 20;       // of one message
constexpr std::int64_t uses_last = 366;        // days

std::string id_at(Statement const& row)
{
    return row.text(0);
}

// At most `most` rows: one more than that is refused, not silently left out.
Error full()
{
    return {Errc::conflict, "there are too many of them", "take one out first"};
}

}  // namespace

Result<std::vector<std::string>> StaffStore::pins(std::int64_t account)
{
    return read_rows(open_.database, "SELECT answer FROM staff_pin WHERE account=?1 ORDER BY pinned_at, answer", id_at, account);
}

Result<> StaffStore::pin(std::int64_t account, std::string_view answer, bool on, std::int64_t now)
{
    return write(
        [&](Database& database) -> Result<> {
            if (!on)
                return run(database, "DELETE FROM staff_pin WHERE account=?1 AND answer=?2", account, answer);
            auto const put = run(database,
                                 "INSERT INTO staff_pin(account, answer, pinned_at) SELECT ?1, ?2, ?3 WHERE (SELECT count(*) FROM staff_pin WHERE account=?1) < ?4 "
                                 "ON CONFLICT(account, answer) DO UPDATE SET pinned_at=pinned_at",
                                 account, answer, now, most_pins);
            return put && database.changes() == 0 ? full() : put;
        },
        nullptr);
}

Result<> StaffStore::count_use(std::int64_t account, std::string_view answer, std::int64_t now)
{
    return write(
        [&](Database& database) -> Result<> {
            auto done = run(database, "DELETE FROM staff_use WHERE day < ?1", now / seconds_a_day - uses_last);
            if (done)
                done = run(database,
                           "INSERT INTO staff_use(account, answer, day, count, used_at) VALUES(?1, ?2, ?3, 1, ?4) "
                           "ON CONFLICT(answer, day, account) DO UPDATE SET count=count+1, used_at=?4",
                           account, answer, now / seconds_a_day, now);
            return done;
        },
        nullptr);
}

Result<std::vector<std::string>> StaffStore::used_lately(std::int64_t account, std::size_t limit)
{
    return read_rows(open_.database, "SELECT answer FROM staff_use WHERE account=?1 GROUP BY answer ORDER BY max(used_at) DESC, answer LIMIT ?2", id_at, account,
                     static_cast<std::int64_t>(limit));
}

Result<std::map<std::string, std::int64_t>> StaffStore::uses(std::int64_t since)
{
    std::map<std::string, std::int64_t> all;
    auto const read = each(open_.database, "SELECT answer, sum(count) FROM staff_use WHERE day >= ?1 GROUP BY answer",
                           [&](Statement const& row) { all[row.text(0)] = row.integer(1); }, since / seconds_a_day);
    if (!read)
        return read.error();
    return all;
}

Result<std::vector<std::string>> StaffStore::message(std::int64_t account)
{
    return read_rows(open_.database, "SELECT answer FROM staff_piece WHERE account=?1 ORDER BY position", id_at, account);
}

Result<> StaffStore::add_piece(std::int64_t account, std::string_view answer)
{
    return write(
        [&](Database& database) -> Result<> {
            auto const put = run(database,
                                 "INSERT INTO staff_piece(account, position, answer) SELECT ?1, (SELECT coalesce(max(position), 0) + 1 FROM staff_piece WHERE account=?1), ?2 "
                                 "WHERE (SELECT count(*) FROM staff_piece WHERE account=?1) < ?3 ON CONFLICT(account, answer) DO UPDATE SET answer=answer",
                                 account, answer, most_pieces);
            return put && database.changes() == 0 ? full() : put;
        },
        nullptr);
}

Result<> StaffStore::take_piece(std::int64_t account, std::string_view answer)
{
    return write([&](Database& database) { return run(database, "DELETE FROM staff_piece WHERE account=?1 AND answer=?2", account, answer); }, nullptr);
}

Result<> StaffStore::raise_piece(std::int64_t account, std::string_view answer)
{
    return write(
        [&](Database& database) -> Result<> {
            std::int64_t here = 0;
            std::int64_t above = 0;
            auto done = each(database,
                             "SELECT p.position, coalesce((SELECT max(position) FROM staff_piece WHERE account=?1 AND position < p.position), 0) "
                             "FROM staff_piece p WHERE p.account=?1 AND p.answer=?2",
                             [&](Statement const& row) { here = row.integer(0); above = row.integer(1); }, account, answer);
            if (!done || above == 0)
                return done;
            done = run(database, "UPDATE staff_piece SET position=?3 WHERE account=?1 AND position=?2", account, above, here);
            return done ? run(database, "UPDATE staff_piece SET position=?3 WHERE account=?1 AND answer=?2", account, answer, above) : done;
        },
        nullptr);
}

Result<> StaffStore::clear_message(std::int64_t account)
{
    return write([&](Database& database) { return run(database, "DELETE FROM staff_piece WHERE account=?1", account); }, nullptr);
}

Result<bool> StaffStore::first_steps_away(std::int64_t account)
{
    auto const away = read_row(open_.database, "SELECT first_steps_away FROM staff_account WHERE id=?1", [](Statement const& row) { return row.integer(0) != 0; }, account);
    return away ? Result<bool>(away->value_or(false)) : away.error();
}

Result<> StaffStore::put_first_steps_away(std::int64_t account, bool away)
{
    return write([&](Database& database) { return run(database, "UPDATE staff_account SET first_steps_away=?2 WHERE id=?1", account, static_cast<std::int64_t>(away)); }, nullptr);
}

Result<LocalText> StaffStore::signature(std::int64_t account)
{
    LocalText found;
    auto const read = each(open_.database, "SELECT signature_en, signature_fr FROM staff_account WHERE id=?1",
                           [&](Statement const& row) { found = {row.text(0), row.text(1)}; }, account);
    if (!read)
        return read.error();
    return found;
}

Result<> StaffStore::set_signature(std::int64_t account, LocalText const& text, Act const& act)
{
    return write([&](Database& database) { return run(database, "UPDATE staff_account SET signature_en=?2, signature_fr=?3 WHERE id=?1", account, text.en, text.fr); }, &act);
}

}  // namespace immunobot::knowledge
