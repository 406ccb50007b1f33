// The audit log: each row's digest covers the row and the digest before it, so that nothing can be taken out or changed
// without a trace.

#include "knowledge/sha256.hpp"
#include "base/date.hpp"
#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

namespace immunobot::knowledge {
namespace {

// A disk that is busy with something else can stand still for ten seconds and more; a person would rather wait than do it again.
constexpr int staff_lock_wait_ms = 30'000;

// Lengths before the texts: no two rows give the same bytes.
std::string chained(std::string_view before, std::int64_t id, std::int64_t made_at, Act const& act)
{
    std::string bytes(before);
    bytes += ':' + std::to_string(id) + ':' + std::to_string(made_at);
    for (std::string const* text : {&act.who, &act.origin, &act.action, &act.target, &act.before, &act.after})
        bytes += ':' + std::to_string(text->size()) + ':' + *text;
    return sha256_hex(bytes);
}

AuditRow row_at(Statement const& row)
{
    return {row.integer(0), row.integer(1), {row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7)}, row.text(8)};
}

constexpr char const* all_rows = "SELECT id, made_at, who, origin, action, target, before, after, digest FROM staff_audit ORDER BY id";

}  // namespace

Result<StaffStore> StaffStore::open(std::string const& path)
{
    auto opened = open_current(path, Access::write);
    if (!opened)
        return opened.error();
    return StaffStore(std::move(*opened));
}

StaffStore::~StaffStore()
{
    if (open_.database.handle())
        close_writer(open_);
}

Result<> StaffStore::write(std::function<Result<>(Database&)> const& work, Act const* act)
{
    auto const writing = WritingLock::take(open_.lock, staff_lock_wait_ms);
    if (!writing)
        return writing.error();
    auto transaction = Transaction::begin(open_.database, Transaction::Kind::write);
    if (!transaction)
        return transaction.error();
    if (auto done = work(open_.database); !done)
        return done;
    if (act)
        if (auto noted = append_audit(*act); !noted)
            return noted;
    return transaction->commit();
}

Result<> StaffStore::append_audit(Act const& act)
{
    std::int64_t id = 0;
    std::string before;
    auto const read = each(open_.database, "SELECT id, digest FROM staff_audit ORDER BY id DESC LIMIT 1", [&](Statement const& row) {
        id = row.integer(0);
        before = row.text(1);
    });
    if (!read)
        return read;
    ++id;
    std::int64_t const made_at = seconds_now();
    return run(open_.database,
               "INSERT INTO staff_audit(id, made_at, who, origin, action, target, before, after, digest) "
               "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
               id, made_at, act.who, act.origin, act.action, act.target, act.before, act.after, chained(before, id, made_at, act));
}

Result<> StaffStore::note(Act const& act)
{
    return write([](Database&) { return Result<>(); }, &act);
}

Result<std::vector<AuditRow>> StaffStore::audit(AuditFilter const& filter)
{
    std::vector<AuditRow> rows;
    std::int64_t const before = filter.before_id > 0 ? filter.before_id : INT64_MAX;
    auto const read = each(open_.database,
                           "SELECT id, made_at, who, origin, action, target, before, after, digest FROM staff_audit WHERE id < ?1 "
                           "AND (?2 = '' OR who = ?2) AND (?3 = '' OR instr(lower(action || ' ' || target || ' ' || before || ' ' || after), lower(?3)) > 0) "
                           "ORDER BY id DESC LIMIT ?4",
                           [&](Statement const& row) { rows.push_back(row_at(row)); }, before, filter.who, filter.words, filter.limit);
    if (!read)
        return read.error();
    return rows;
}

Result<bool> StaffStore::has_acted(std::string_view who, std::string_view action)
{
    auto const found = read_row(open_.database, "SELECT 1 FROM staff_audit WHERE who=?1 AND substr(action, 1, length(?2)) = ?2 LIMIT 1", [](Statement const&) { return true; }, who, action);
    return found ? Result<bool>(found->has_value()) : found.error();
}

Result<std::optional<std::int64_t>> StaffStore::first_broken_audit_row()
{
    std::string before;
    std::int64_t expected = 1;
    std::optional<std::int64_t> broken;
    auto const read = each(open_.database, all_rows, [&](Statement const& statement) {
        auto const row = row_at(statement);
        if (!broken && (row.id != expected || row.digest != chained(before, row.id, row.made_at, row.act)))
            broken = row.id;
        before = row.digest;
        ++expected;
    });
    if (!read)
        return read.error();
    if (expected > 1)
        return broken;
    // Whoever has an account was invited, which is in the log: where that is empty, the first entry is missing.
    auto const invited = read_row(open_.database, "SELECT 1 FROM staff_account LIMIT 1", [](Statement const&) { return true; });
    if (!invited)
        return invited.error();
    if (*invited)
        broken = 1;
    return broken;
}

Result<AuditEnd> StaffStore::audit_end()
{
    AuditEnd end;
    auto const read = each(open_.database, "SELECT (SELECT count(*) FROM staff_audit), digest FROM staff_audit ORDER BY id DESC LIMIT 1",
                           [&](Statement const& row) { end = {row.integer(0), row.text(1)}; });
    if (!read)
        return read.error();
    return end;
}

Result<bool> StaffStore::has_audit_digest(std::string_view digest)
{
    bool found = false;
    auto const read = each(open_.database, "SELECT 1 FROM staff_audit WHERE digest=?1 LIMIT 1", [&](Statement const&) { found = true; }, digest);
    if (!read)
        return read.error();
    return found;
}

}  // namespace immunobot::knowledge
