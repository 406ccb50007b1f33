#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

namespace immunobot::knowledge {
namespace {

Account account_at(Statement const& row)
{
    return {row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), row.integer(5) != 0, row.integer(6), row.integer(7)};
}

Session session_at(Statement const& row)
{
    return {row.text(0), row.integer(1), row.text(2), row.integer(3), row.integer(4), row.text(5), row.text(6)};
}

constexpr char const* no_such_account = "there is no such account";

Result<> end_sessions(Database& database, std::int64_t account)
{
    return run(database, "DELETE FROM staff_session WHERE account=?1", account);
}

Result<> end_links(Database& database, std::int64_t account)
{
    return run(database, "DELETE FROM staff_link WHERE account=?1", account);
}

}  // namespace

Result<std::vector<Account>> StaffStore::accounts()
{
    return read_rows(open_.database, "SELECT id, email, name, role, password, disabled, made_at, seen_at FROM staff_account ORDER BY email", account_at);
}

Result<std::optional<Account>> StaffStore::account(std::string_view email)
{
    return read_row(open_.database, "SELECT id, email, name, role, password, disabled, made_at, seen_at FROM staff_account WHERE email=?1", account_at, email);
}

Result<std::optional<Account>> StaffStore::account(std::int64_t id)
{
    return read_row(open_.database, "SELECT id, email, name, role, password, disabled, made_at, seen_at FROM staff_account WHERE id=?1", account_at, id);
}

Result<> StaffStore::invite(Account const& account, std::string const& digest, std::int64_t expires_at, Act const& act)
{
    return write(
        [&](Database& database) -> Result<> {
            auto done = run(database,
                            "INSERT INTO staff_account(email, name, role, password, disabled, made_at, seen_at) VALUES(?1, ?2, ?3, '', 0, ?4, 0) "
                            "ON CONFLICT(email) DO UPDATE SET role=?3",
                            account.email, account.name, account.role, account.made_at);
            if (!done)
                return done;
            std::int64_t id = 0;
            done = each(database, "SELECT id FROM staff_account WHERE email=?1", [&](Statement const& row) { id = row.integer(0); }, account.email);
            if (done)
                done = end_sessions(database, id);
            if (done)
                done = end_links(database, id);
            if (done && !digest.empty())
                done = run(database, "INSERT INTO staff_link(digest, account, expires_at) VALUES(?1, ?2, ?3)", digest, id, expires_at);
            return done;
        },
        &act);
}

Result<> StaffStore::change_account(Account const& account, Act const& act)
{
    return write(
        [&](Database& database) -> Result<> {
            auto done = run(database, "UPDATE staff_account SET role=?2, disabled=?3 WHERE id=?1", account.id, account.role,
                            std::int64_t{account.disabled});
            if (done && database.changes() == 0)
                return Error{Errc::not_found, no_such_account};
            if (done)
                done = end_sessions(database, account.id);
            if (done && account.disabled)
                done = end_links(database, account.id);
            if (done && account.disabled)
                done = run(database, "DELETE FROM staff_token WHERE account=?1", account.id);
            return done;
        },
        &act);
}

Result<> StaffStore::set_password(std::int64_t account, std::string const& hash)
{
    return write([&](Database& database) { return run(database, "UPDATE staff_account SET password=?2 WHERE id=?1", account, hash); }, nullptr);
}

Result<std::optional<Account>> StaffStore::link(std::string_view digest, std::int64_t now)
{
    return read_row(open_.database, "SELECT a.id, a.email, a.name, a.role, a.password, a.disabled, a.made_at, a.seen_at FROM staff_link l "
                     "JOIN staff_account a ON a.id = l.account WHERE l.digest=?1 AND l.expires_at > ?2 AND a.disabled = 0", account_at, digest, now);
}

Result<> StaffStore::redeem(std::string_view digest, std::string const& hash, std::int64_t now, Act const& act)
{
    return write(
        [&](Database& database) -> Result<> {
            std::int64_t account = 0;
            auto done = each(database, "SELECT account FROM staff_link WHERE digest=?1 AND expires_at > ?2",
                             [&](Statement const& row) { account = row.integer(0); }, digest, now);
            if (done && account == 0)
                return Error{Errc::not_found, "this link has been used or is too old", "ask an administrator for a new one"};
            if (done)
                done = run(database, "UPDATE staff_account SET password=?2 WHERE id=?1 AND disabled=0", account, hash);
            if (done)
                done = end_sessions(database, account);
            if (done)
                done = run(database, "DELETE FROM staff_token WHERE account=?1", account);   // whoever knew the old password may have made one
            if (done)
                done = end_links(database, account);
            return done;
        },
        &act);
}

Result<> StaffStore::begin_session(Session const& session, Act const& act)
{
    return write(
        [&](Database& database) -> Result<> {
            auto done = run(database, "INSERT INTO staff_session(digest, account, form_token, made_at, seen_at, origin, device) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                            session.digest, session.account, session.form_token, session.made_at, session.seen_at, session.origin, session.device);
            if (done)
                done = run(database, "UPDATE staff_account SET seen_at=?2 WHERE id=?1", session.account, session.made_at);
            return done;
        },
        &act);
}

Result<std::optional<Session>> StaffStore::session(std::string_view digest)
{
    return read_row(open_.database, "SELECT digest, account, form_token, made_at, seen_at, origin, device FROM staff_session WHERE digest=?1", session_at, digest);
}

Result<std::vector<Session>> StaffStore::sessions(std::int64_t account)
{
    return read_rows(open_.database, "SELECT digest, account, form_token, made_at, seen_at, origin, device FROM staff_session WHERE account=?1 ORDER BY seen_at DESC, digest",
                     session_at, account);
}

Result<> StaffStore::touch_session(std::string_view digest, std::int64_t now)
{
    return write([&](Database& database) { return run(database, "UPDATE staff_session SET seen_at=?2 WHERE digest=?1", digest, now); }, nullptr);
}

Result<> StaffStore::end_session(std::string_view digest)
{
    return write([&](Database& database) { return run(database, "DELETE FROM staff_session WHERE digest=?1", digest); }, nullptr);
}

Result<> StaffStore::end_session(std::string_view digest, Act const& act)
{
    return write([&](Database& database) { return run(database, "DELETE FROM staff_session WHERE digest=?1", digest); }, &act);
}

Result<> StaffStore::end_others(std::int64_t account, std::string_view digest, Act const& act)
{
    return write([&](Database& database) { return run(database, "DELETE FROM staff_session WHERE account=?1 AND digest<>?2", account, digest); }, &act);
}

Result<> StaffStore::end_old_sessions(std::int64_t made_before, std::int64_t seen_before)
{
    return write([&](Database& database) { return run(database, "DELETE FROM staff_session WHERE made_at < ?1 OR seen_at < ?2", made_before, seen_before); },
                 nullptr);
}

Result<std::vector<Token>> StaffStore::tokens()
{
    std::vector<Token> all;
    auto const read = each(open_.database, "SELECT id, account, name, digest, role, made_at, expires_at, used_at FROM staff_token ORDER BY id",
                           [&](Statement const& row) {
                               all.push_back({row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.integer(5), row.integer(6), row.integer(7)});
                           });
    if (!read)
        return read.error();
    return all;
}

Result<std::optional<Token>> StaffStore::token(std::string_view digest)
{
    std::optional<Token> found;
    auto const read = each(open_.database, "SELECT id, account, name, digest, role, made_at, expires_at, used_at FROM staff_token WHERE digest=?1",
                           [&](Statement const& row) {
                               found = Token{row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.integer(5), row.integer(6), row.integer(7)};
                           },
                           digest);
    if (!read)
        return read.error();
    return found;
}

Result<> StaffStore::add_token(Token const& token, Act const& act)
{
    return write(
        [&](Database& database) {
            return run(database, "INSERT INTO staff_token(account, name, digest, role, made_at, expires_at, used_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, 0)",
                       token.account, token.name, token.digest, token.role, token.made_at, token.expires_at);
        },
        &act);
}

Result<> StaffStore::end_token(std::int64_t id, Act const& act)
{
    return write([&](Database& database) { return run(database, "DELETE FROM staff_token WHERE id=?1", id); }, &act);
}

Result<> StaffStore::touch_token(std::int64_t id, std::int64_t now)
{
    return write([&](Database& database) { return run(database, "UPDATE staff_token SET used_at=?2 WHERE id=?1", id, now); }, nullptr);
}

}  // namespace immunobot::knowledge
