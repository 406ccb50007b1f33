#include "knowledge/changes.hpp"
#include "knowledge/local_changes.hpp"
#include "knowledge/rows.hpp"
#include "knowledge/staff_published.hpp"
#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

#include <algorithm>

namespace immunobot::knowledge {
namespace {

Error overtaken(std::string_view id)
{
    return {Errc::conflict, "somebody else has changed " + std::string(id) + " meanwhile", "look at it again"};
}

// Whoever has seen a revision that is to come would have seen every change until then.
Result<> may_have_seen(Changes const& changes, std::int64_t base)
{
    return base < changes.revision() ? Result<>() : Error{Errc::bad_request, "there is no revision " + std::to_string(base) + " yet"};
}

// SQL cannot have the name of a table as a parameter.
constexpr Sql revision_of(Source const*) { return "SELECT revision, position FROM source WHERE id=?1"; }
constexpr Sql revision_of(Entity const*) { return "SELECT revision, position FROM entity WHERE id=?1"; }
constexpr Sql revision_of(Fact const*) { return "SELECT revision, position FROM fact WHERE id=?1"; }
constexpr Sql revision_of(FaqEntry const*) { return "SELECT revision, position FROM faq WHERE id=?1"; }
constexpr Sql revision_of(Asking const*) { return "SELECT revision, position FROM asking WHERE id=?1"; }
constexpr char const* next_position(Source const*) { return "SELECT coalesce(max(position), -1) + 1 FROM source"; }
constexpr char const* next_position(Entity const*) { return "SELECT coalesce(max(position), -1) + 1 FROM entity"; }
constexpr char const* next_position(Fact const*) { return "SELECT coalesce(max(position), -1) + 1 FROM fact"; }
constexpr char const* next_position(FaqEntry const*) { return "SELECT coalesce(max(position), -1) + 1 FROM faq"; }
constexpr char const* next_position(Asking const*) { return "SELECT coalesce(max(position), -1) + 1 FROM asking"; }

template <class Row>
Row const* find(std::vector<Row> const& rows, std::string_view id)
{
    auto const found = std::ranges::find(rows, id, &Row::id);
    return found == rows.end() ? nullptr : &*found;
}

// The place of a row that is there, or the next free one.
template <class Row>
Result<RowPlace> place_of(Database& database, Row const& row)
{
    auto const known = read_row(database, revision_of(&row), [](Statement const& at) { return RowPlace{at.integer(1), at.integer(0), false}; }, row.id);
    if (!known)
        return known.error();
    if (*known)
        return **known;
    auto const next = database.integer(next_position(&row));
    if (!next)
        return next.error();
    return RowPlace{*next, 0, true};
}

// `before` as it is now (null: not there), `after` as it is to be (null: gone).
template <class Row>
Result<> replace(Database& database, Changes& changes, Row const* before, Row const* after)
{
    Row const& any = after ? *after : *before;
    auto const place = place_of(database, any);
    if (!place)
        return place.error();
    auto const done = after ? changes.put(before, *after, place->position) : changes.remove(*before);
    if (!done)
        return done;
    return note_local_change(database, kind_of(&any), any.id, before ? to_json(*before) : std::string());
}

// `base` is the revision that whoever wants `rows` has seen.
template <class Row>
Result<> put_rows(Database& database, Changes& changes, std::vector<Row> const& here, std::vector<Row> const& rows, std::int64_t base)
{
    for (auto const& row : rows) {
        auto const place = place_of(database, row);
        if (!place)
            return place.error();
        if (place->revision > base)
            return overtaken(row.id);
        if (auto done = replace(database, changes, find(here, row.id), &row); !done)
            return done;
    }
    return {};
}

// An id that only staff see the answer of is taken.
Result<> refuse_hidden(Database& database, std::vector<FaqEntry> const& rows)
{
    for (auto const& row : rows) {
        bool taken = false;
        auto const read = each(database, "SELECT 1 FROM staff_answer WHERE id=?1", [&](Statement const&) { taken = true; }, row.id);
        if (!read)
            return read;
        if (taken)
            return Error{Errc::conflict, row.id + " is an answer for staff alone", "give the row another id"};
    }
    return {};
}

template <class Row>
Result<> take_rows_out(Database& database, Changes& changes, std::vector<Row> const& here, std::vector<Row> const& rows, std::int64_t base)
{
    for (auto const& row : rows) {
        Row const* const now = find(here, row.id);
        auto const place = place_of(database, row);
        if (!place)
            return place.error();
        if (!now || place->revision > base)
            return overtaken(row.id);
        if (auto done = replace<Row>(database, changes, now, nullptr); !done)
            return done;
    }
    return {};
}

template <class Row>
Result<> undo_row(Database& database, Changes& changes, std::vector<Row> const& here, Change const& change)
{
    Row const* const now = find(here, change.row);
    if ((now ? to_json(*now) : std::string()) != change.after)
        return overtaken(change.row);
    Row before;
    if (!change.before.empty() && !from_json(change.before, before))
        return Error{Errc::bad_data, "the history of " + change.row + " cannot be read"};
    return replace(database, changes, now, change.before.empty() ? nullptr : &before);
}

Result<> undo_for_staff(Database& database, Changes& changes, Change const& change)
{
    auto const now = read_published(database, change.row);
    if (!now)
        return now.error();
    bool const there = *now && (*now)->answer.staff_only;
    if ((there ? to_json((*now)->answer) : std::string()) != change.after || (*now && !there))
        return overtaken(change.row);
    if (change.before.empty())
        return take_out(database, changes, (*now)->answer);
    auto const before = answer_from_json(change.before);
    if (!before)
        return before.error();
    return put(database, changes, *now, *before);
}

Result<> undo_change(Database& database, Changes& changes, Knowledge const& here, Change const& change)
{
    if (change.kind == "source")
        return undo_row(database, changes, here.sources, change);
    if (change.kind == "entity")
        return undo_row(database, changes, here.entities, change);
    if (change.kind == "fact")
        return undo_row(database, changes, here.facts, change);
    if (change.kind == "faq")
        return undo_row(database, changes, here.faq, change);
    if (change.kind == "asking")
        return undo_row(database, changes, here.askings, change);
    if (change.kind == "staff_answer")
        return undo_for_staff(database, changes, change);
    return Error{Errc::bad_request, change.row + " is undone from its own history"};
}

Result<> put_all(Database& database, Changes& changes, Knowledge const& here, Knowledge const& rows, std::int64_t base)
{
    auto done = refuse_hidden(database, rows.faq);
    if (done)
        done = put_rows(database, changes, here.sources, rows.sources, base);
    if (done)
        done = put_rows(database, changes, here.entities, rows.entities, base);
    if (done)
        done = put_rows(database, changes, here.facts, rows.facts, base);
    if (done)
        done = put_rows(database, changes, here.faq, rows.faq, base);
    return done;
}

}  // namespace

Result<std::int64_t> StaffStore::publish_rows(Publication const& publication, Knowledge const& rows, Act const& act)
{
    std::int64_t revision = 0;
    auto const done = write(
        [&](Database& database) -> Result<> {
            auto const draft = this->draft(publication.id);
            if (!draft)
                return draft.error();
            if (!*draft || (*draft)->version != publication.version)
                return overtaken(publication.id);
            auto const here = read_all(database);
            if (!here)
                return here.error();
            auto changes = Changes::begin(database, act.who, publication.why);
            if (!changes)
                return changes.error();
            revision = changes->revision();
            if (auto put = put_all(database, *changes, *here, rows, (*draft)->base); !put)
                return put;
            if (auto looked = look_at_changed(database, revision, publication.today); !looked)
                return looked;
            if (auto noted = note_alone(publication, **draft, act); !noted)
                return noted;
            auto const erased = run(database, "DELETE FROM staff_draft WHERE id=?1", publication.id);
            return erased ? forget_remarks(database, publication.id) : erased;
        },
        &act);
    if (!done)
        return done.error();
    return revision;
}

Result<std::int64_t> StaffStore::put_staff_answers(std::vector<FaqEntry> const& entries, std::int64_t base, std::string_view why, std::string_view alone, Act const& act)
{
    std::int64_t revision = 0;
    auto const done = write(
        [&](Database& database) -> Result<> {
            if (auto const may = look_alone(database, alone); !may)
                return may;
            auto changes = Changes::begin(database, act.who, why);
            if (!changes)
                return changes.error();
            revision = changes->revision();
            if (auto const seen = may_have_seen(*changes, base); !seen)
                return seen;
            for (auto const& entry : entries) {
                auto const now = read_published(database, entry.id);
                if (!now)
                    return now.error();
                if (*now && (!(*now)->answer.staff_only || (*now)->revision > base))
                    return overtaken(entry.id);
                if (auto written = put(database, *changes, *now, Answer{entry, true}); !written)
                    return written;
            }
            return {};
        },
        &act);
    if (!done)
        return done.error();
    return revision;
}

Result<std::int64_t> StaffStore::archive_rows(Knowledge const& rows, std::int64_t base, std::string_view why, Act const& act)
{
    std::int64_t revision = 0;
    auto const done = write(
        [&](Database& database) -> Result<> {
            auto const here = read_all(database);
            if (!here)
                return here.error();
            auto changes = Changes::begin(database, act.who, why);
            if (!changes)
                return changes.error();
            revision = changes->revision();
            if (auto const seen = may_have_seen(*changes, base); !seen)
                return seen;
            // What refers goes before what is referred to, so that an undo, which goes the other way, finds it there.
            auto out = take_rows_out(database, *changes, here->askings, rows.askings, base);
            if (out)
                out = take_rows_out(database, *changes, here->facts, rows.facts, base);
            if (out)
                out = take_rows_out(database, *changes, here->entities, rows.entities, base);
            if (out)
                out = take_rows_out(database, *changes, here->sources, rows.sources, base);
            return out;
        },
        &act);
    if (!done)
        return done.error();
    return revision;
}

Result<std::vector<Change>> StaffStore::changes_of(std::int64_t revision)
{
    return read_rows(open_.database,
                     "SELECT c.revision, r.made_at, r.made_by, r.reason, c.kind, c.row, c.before, c.after FROM change c JOIN revision r ON r.id = c.revision "
                     "WHERE c.revision=?1 ORDER BY c.rowid",
                     [](Statement const& row) {
                         return Change{row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7), 1};
                     },
                     revision);
}

Result<std::int64_t> StaffStore::undo(std::int64_t revision, std::string_view why, Act const& act)
{
    std::int64_t made = 0;
    auto const done = write(
        [&](Database& database) -> Result<> {
            auto const all = changes_of(revision);
            if (!all)
                return all.error();
            if (all->empty())
                return Error{Errc::not_found, "there is no change " + std::to_string(revision)};
            auto const here = read_all(database);
            if (!here)
                return here.error();
            auto changes = Changes::begin(database, act.who, why);
            if (!changes)
                return changes.error();
            made = changes->revision();
            // What was put last goes first: a fact before the entity that it is about.
            for (auto change = all->rbegin(); change != all->rend(); ++change)
                if (auto undone = undo_change(database, *changes, *here, *change); !undone)
                    return undone;
            return {};
        },
        &act);
    if (!done)
        return done.error();
    return made;
}

}  // namespace immunobot::knowledge
