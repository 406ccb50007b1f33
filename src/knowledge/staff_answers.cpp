#include "knowledge/changes.hpp"
#include "knowledge/staff_published.hpp"
#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

#include <algorithm>

namespace immunobot::knowledge {
namespace {

Error gone(std::string_view id)
{
    return {Errc::not_found, "there is no answer " + std::string(id)};
}

Error overtaken()
{
    return {Errc::conflict, "somebody else has changed this answer meanwhile", "look at both versions, then save again"};
}

Draft draft_at(Statement const& row)
{
    Draft draft;
    if (auto answer = answer_from_json(row.view(0)))
        draft.answer = std::move(*answer);
    draft.version = row.integer(1);
    draft.state = row.text(2);
    draft.author = row.text(3);
    draft.saved_at = row.integer(4);
    draft.base = row.integer(5);
    draft.publish_at = row.integer(6);
    draft.writer = row.text(7);
    draft.remark = {row.text(8), row.text(9)};
    return draft;
}

Result<std::optional<Draft>> read_draft(Database& database, std::string_view id)
{
    return read_row(database, "SELECT content, version, state, author, saved_at, base, publish_at, writer, remark, remark_by FROM staff_draft WHERE id=?1", draft_at, id);
}

bool has_all(std::vector<std::string> const& questions, std::vector<std::string> const& wanted)
{
    return std::ranges::all_of(wanted, [&](auto const& one) { return std::ranges::find(questions, one) != questions.end(); });
}

// Whether `after` is as it was written, but for ways of asking that were added: which questions get an answer is part of what is
// written. Of a fact there is nothing else, so that each change of them is a text of its own.
bool is_as_written(Answer before, Answer const& after)
{
    if (is_of_fact(after.entry.id))
        return before == after;
    if (!has_all(after.entry.questions_en, before.entry.questions_en) || !has_all(after.entry.questions_fr, before.entry.questions_fr))
        return false;
    before.entry.questions_en = after.entry.questions_en;
    before.entry.questions_fr = after.entry.questions_fr;
    return before == after;
}

// Who has written what it tells: whoever adds a way of asking to an answer, or saves it in another state, has not.
Result<std::string> writer_of(Database& database, Draft const& draft)
{
    if (draft.version == 0)
        return draft.writer.empty() ? draft.author : draft.writer;
    auto const before = read_draft(database, draft.answer.entry.id);
    if (!before)
        return before.error();
    return *before && is_as_written((*before)->answer, draft.answer) ? (*before)->writer : draft.author;
}

Result<> write_draft(Database& database, Draft const& draft)
{
    auto const& id = draft.answer.entry.id;
    auto const json = to_json(draft.answer);
    auto const writer = writer_of(database, draft);
    if (!writer)
        return writer.error();
    // Whoever saves it says nothing about why it was sent back: that stands until it is sent for review again.
    auto const remark = draft.state == "draft" ? draft.remark : Remark{};
    auto put = draft.version == 0
                   ? run(database,
                         "INSERT INTO staff_draft(id, version, state, author, saved_at, base, publish_at, content, writer, remark, remark_by) "
                         "VALUES(?1, ?2 + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO NOTHING",
                         id, draft.version, draft.state, draft.author, draft.saved_at, draft.base, draft.publish_at, json, *writer, remark.text, remark.who)
                   : run(database,
                         "UPDATE staff_draft SET version=?2 + 1, state=?3, author=?4, saved_at=?5, base=?6, publish_at=?7, "
                         "content=?8, writer=?9, remark=CASE WHEN ?10 <> '' OR ?3 <> 'draft' THEN ?10 ELSE remark END, "
                         "remark_by=CASE WHEN ?10 <> '' OR ?3 <> 'draft' THEN ?11 ELSE remark_by END WHERE id=?1 AND version=?2",
                         id, draft.version, draft.state, draft.author, draft.saved_at, draft.base, draft.publish_at, json, *writer, remark.text, remark.who);
    if (put && database.changes() == 0)
        return overtaken();
    return put;
}

}  // namespace

Result<std::optional<Published>> StaffStore::published(std::string_view id)
{
    return read_published(open_.database, id);
}

Result<std::vector<Published>> StaffStore::staff_answers()
{
    std::vector<Published> all;
    auto const read = each(open_.database, "SELECT content, revision FROM staff_answer ORDER BY id", [&](Statement const& row) {
        if (auto answer = answer_from_json(row.view(0)))
            all.push_back({std::move(*answer), row.integer(1)});
    });
    if (!read)
        return read.error();
    return all;
}

Result<std::vector<Draft>> StaffStore::drafts()
{
    return read_rows(open_.database, "SELECT content, version, state, author, saved_at, base, publish_at, writer, remark, remark_by FROM staff_draft ORDER BY saved_at DESC, id", draft_at);
}

Result<std::optional<Draft>> StaffStore::draft(std::string_view id)
{
    return read_draft(open_.database, id);
}

Result<std::int64_t> StaffStore::save(Draft const& draft, Act const& act)
{
    auto const done = write([&](Database& database) { return write_draft(database, draft); }, &act);
    if (!done)
        return done.error();
    return draft.version + 1;
}

Result<> StaffStore::save_new(std::vector<Draft> const& drafts, Act const& act)
{
    return write(
        [&](Database& database) -> Result<> {
            for (auto const& draft : drafts)
                if (auto written = write_draft(database, draft); !written)
                    return written;
            return {};
        },
        &act);
}

Result<> StaffStore::discard(std::string_view id, std::int64_t version, Act const& act)
{
    return write(
        [&](Database& database) -> Result<> {
            auto const done = run(database, "DELETE FROM staff_draft WHERE id=?1 AND version=?2", id, version);
            if (done && database.changes() == 0)
                return overtaken();
            return done ? forget_remarks(database, id) : done;
        },
        &act);
}

Result<std::int64_t> StaffStore::publish(Publication const& publication, Act const& act)
{
    std::int64_t revision = 0;
    Act told = act;
    auto const done = write(
        [&](Database& database) -> Result<> {
            auto draft = read_draft(database, publication.id);
            if (!draft)
                return draft.error();
            if (!*draft || (*draft)->version != publication.version)
                return overtaken();
            auto const before = read_published(database, publication.id);
            if (!before)
                return before.error();
            if ((*before ? (*before)->revision : 0) != (*draft)->base)
                return overtaken();
            auto changes = Changes::begin(database, act.who, publication.why);
            if (!changes)
                return changes.error();
            revision = changes->revision();
            Answer& answer = (*draft)->answer;
            bool const of_fact = is_of_fact(publication.id);
            if (of_fact && !*before)
                return gone(publication.id);
            if (!of_fact && answer.entry.source.empty()) {
                if (auto source = put_desk_source(database, *changes, publication); !source)
                    return source;
                answer.entry.source = desk_source;
            }
            told.before = *before ? to_json((*before)->answer) : std::string();
            told.after = to_json(answer);
            auto const written = of_fact ? put_ways_of_asking(database, *changes, **before, answer.entry) : put(database, *changes, *before, answer);
            if (!written)
                return written;
            if (auto erased = run(database, "DELETE FROM staff_draft WHERE id=?1", publication.id); !erased)
                return erased;
            if (auto forgotten = forget_remarks(database, publication.id); !forgotten)
                return forgotten;
            if (auto looked = look_at_changed(database, revision, publication.today); !looked)
                return looked;
            if (auto noted = note_alone(publication, **draft, act); !noted)
                return noted;
            return append_audit(told);
        },
        nullptr);
    if (!done)
        return done.error();
    return revision;
}

Result<> StaffStore::note_alone(Publication const& publication, Draft const& draft, Act const& act)
{
    if (draft.writer == act.who)
        if (auto const may = look_alone(open_.database, publication.alone); !may)
            return may;
    if (publication.alone.empty())
        return {};
    return append_audit({act.who, act.origin, "draft.alone", publication.id, {}, publication.alone});
}

Result<std::int64_t> StaffStore::archive(std::string_view id, std::int64_t revision, std::string_view why, Act const& act)
{
    std::int64_t made = 0;
    auto const done = write(
        [&](Database& database) -> Result<> {
            auto const before = read_published(database, id);
            if (!before)
                return before.error();
            if (!*before || is_of_fact(id))
                return gone(id);
            if ((*before)->revision != revision)
                return overtaken();
            auto changes = Changes::begin(database, act.who, why);
            if (!changes)
                return changes.error();
            made = changes->revision();
            if (auto taken = take_out(database, *changes, (*before)->answer); !taken)
                return taken;
            Act told = act;
            told.before = to_json((*before)->answer);
            return append_audit(told);
        },
        nullptr);
    if (!done)
        return done.error();
    return made;
}

}  // namespace immunobot::knowledge
