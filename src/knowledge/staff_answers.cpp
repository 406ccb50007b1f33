#include "knowledge/changes.hpp"
#include "knowledge/local_changes.hpp"
#include "knowledge/sheet.hpp"
#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace immunobot::knowledge {
namespace {

namespace json = boost::json;

constexpr std::string_view staff_kind = "staff_answer";

std::string text_of(json::object const& object, std::string_view name)
{
    auto const* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::vector<std::string> list_of(json::object const& object, std::string_view name)
{
    std::vector<std::string> out;
    auto const* value = object.if_contains(name);
    if (value && value->is_array())
        for (auto const& item : value->as_array())
            if (item.is_string())
                out.emplace_back(item.as_string());
    return out;
}

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
    return draft;
}

Result<std::optional<Published>> read_public(Database& database, std::string_view id)
{
    std::optional<Published> found;
    auto read = each(database, "SELECT id, answer_en, answer_fr, entity, source, valid_to, review_by, revision FROM faq WHERE id=?1",
                     [&](Statement const& row) {
                         found = Published{{{row.text(0), {}, {}, {row.text(1), row.text(2)}, row.text(3), row.text(4), row.text(5), row.text(6)}, false},
                                           row.integer(7)};
                     },
                     id);
    if (read && found)
        read = each(database, "SELECT language, question FROM faq_question WHERE faq=?1 ORDER BY language, position",
                    [&](Statement const& row) {
                        auto& entry = found->answer.entry;
                        (row.view(0) == "fr" ? entry.questions_fr : entry.questions_en).push_back(row.text(1));
                    },
                    id);
    if (!read)
        return read.error();
    return found;
}

Result<std::optional<Published>> read_for_staff(Database& database, std::string_view id)
{
    std::optional<Published> found;
    Result<> bad;
    auto const read = each(database, "SELECT content, revision FROM staff_answer WHERE id=?1",
                           [&](Statement const& row) {
                               if (auto answer = answer_from_json(row.view(0)))
                                   found = Published{std::move(*answer), row.integer(1)};
                               else
                                   bad = answer.error();
                           },
                           id);
    if (!read)
        return read.error();
    if (!bad)
        return bad.error();
    return found;
}

// Of a fact, staff write the ways of asking for it: an answer without a text, whose id has the dots of a fact's.
bool is_of_fact(std::string_view id)
{
    return id.find('.') != std::string_view::npos;
}

Result<std::optional<Published>> read_ways_of_asking(Database& database, std::string_view id)
{
    std::optional<Published> found;
    auto const items = [](std::string_view text) {
        auto const list = split_list(text);
        return std::vector<std::string>(list.begin(), list.end());
    };
    auto read = each(database, "SELECT id FROM fact WHERE id=?1", [&](Statement const& row) { found = Published{{{row.text(0), {}, {}, {}, {}, {}, {}, {}}, false}, 0}; }, id);
    if (read && found)
        read = each(database, "SELECT questions_en, questions_fr, revision FROM asking WHERE id=?1",
                    [&](Statement const& row) {
                        found->answer.entry.questions_en = items(row.view(0));
                        found->answer.entry.questions_fr = items(row.view(1));
                        found->revision = row.integer(2);
                    },
                    id);
    if (!read)
        return read.error();
    return found;
}

Result<std::optional<Published>> read_published(Database& database, std::string_view id)
{
    if (is_of_fact(id))
        return read_ways_of_asking(database, id);
    auto found = read_public(database, id);
    if (!found || *found)
        return found;
    return read_for_staff(database, id);
}

Asking asking_of(FaqEntry const& entry)
{
    return {entry.id, entry.questions_en, entry.questions_fr};
}

Result<> put_ways_of_asking(Database& database, Changes& changes, Published const& before, FaqEntry const& entry)
{
    std::int64_t position = 0;
    auto const read = each(database, "SELECT coalesce((SELECT position FROM asking WHERE id=?1), (SELECT coalesce(max(position), -1) + 1 FROM asking))",
                           [&](Statement const& row) { position = row.integer(0); }, entry.id);
    if (!read)
        return read;
    auto const old = asking_of(before.answer.entry);
    auto const now = asking_of(entry);
    Asking const* const was = before.revision == 0 ? nullptr : &old;
    if (auto put = changes.put(was, now, position); !put)
        return put;
    return note_local_change(database, kind_of(&now), now.id, was ? to_json(old) : std::string());
}

Result<std::optional<Draft>> read_draft(Database& database, std::string_view id)
{
    std::optional<Draft> found;
    auto const read = each(database, "SELECT content, version, state, author, saved_at, base, publish_at FROM staff_draft WHERE id=?1",
                           [&](Statement const& row) { found = draft_at(row); }, id);
    if (!read)
        return read.error();
    return found;
}

// An answer without a source is what the staff themselves say.
Result<> put_desk_source(Database& database, Changes& changes, Publication const& publication)
{
    bool there = false;
    auto const read = each(database, "SELECT 1 FROM source WHERE id=?1", [&](Statement const&) { there = true; }, desk_source);
    if (!read || there)
        return read;
    Source const source{std::string(desk_source), publication.desk_title, publication.desk_title, {}, {}, publication.today};
    auto const position = database.integer("SELECT coalesce(max(position), -1) + 1 FROM source");
    if (!position)
        return position.error();
    if (auto put = changes.put<Source>(nullptr, source, *position); !put)
        return put;
    return note_local_change(database, kind_of(&source), source.id, {});
}

Result<> put_public(Database& database, Changes& changes, std::optional<Published> const& before, FaqEntry const& entry)
{
    bool const was_public = before && !before->answer.staff_only;
    std::int64_t position = 0;
    auto const read = each(database, "SELECT coalesce((SELECT position FROM faq WHERE id=?1), (SELECT coalesce(max(position), -1) + 1 FROM faq))",
                           [&](Statement const& row) { position = row.integer(0); }, entry.id);
    if (!read)
        return read;
    FaqEntry const* const old = was_public ? &before->answer.entry : nullptr;
    if (auto put = changes.put(old, entry, position); !put)
        return put;
    return note_local_change(database, kind_of(&entry), entry.id, old ? to_json(*old) : std::string());
}

Result<> take_out_public(Database& database, Changes& changes, FaqEntry const& entry)
{
    if (auto removed = changes.remove(entry); !removed)
        return removed;
    return note_local_change(database, kind_of(&entry), entry.id, to_json(entry));
}

Result<> put_for_staff(Database& database, Changes& changes, std::optional<Published> const& before, Answer const& answer)
{
    auto put = run(database, "INSERT INTO staff_answer(id, revision, content) VALUES(?1, ?2, ?3) ON CONFLICT(id) DO UPDATE SET revision=?2, content=?3",
                   answer.entry.id, changes.revision(), to_json(answer));
    if (put)
        put = changes.remember(staff_kind, answer.entry.id, before && before->answer.staff_only ? to_json(before->answer) : std::string(), to_json(answer));
    return put;
}

Result<> take_out_for_staff(Database& database, Changes& changes, Answer const& answer)
{
    if (auto erased = run(database, "DELETE FROM staff_answer WHERE id=?1", answer.entry.id); !erased)
        return erased;
    return changes.remember(staff_kind, answer.entry.id, to_json(answer), {});
}

Result<> take_out(Database& database, Changes& changes, Answer const& answer)
{
    return answer.staff_only ? take_out_for_staff(database, changes, answer) : take_out_public(database, changes, answer.entry);
}

Result<> put(Database& database, Changes& changes, std::optional<Published> const& before, Answer const& answer)
{
    // From the public to the staff, or back: what it was goes first.
    if (before && before->answer.staff_only != answer.staff_only)
        if (auto taken = take_out(database, changes, before->answer); !taken)
            return taken;
    return answer.staff_only ? put_for_staff(database, changes, before, answer) : put_public(database, changes, before, answer.entry);
}

Change change_at(Statement const& row)
{
    return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7)};
}

}  // namespace

std::string to_json(Answer const& answer)
{
    auto value = json::parse(to_json(answer.entry)).as_object();
    if (answer.staff_only)
        value["audience"] = "staff";
    return json::serialize(value);
}

Result<Answer> answer_from_json(std::string_view text)
{
    json::error_code failed;
    auto const value = json::parse(text, failed);
    if (failed || !value.is_object())
        return Error{Errc::bad_data, "this is not an answer"};
    auto const& object = value.as_object();
    Answer answer;
    answer.entry = {text_of(object, "id"), list_of(object, "questions_en"), list_of(object, "questions_fr"),
                    {text_of(object, "answer_en"), text_of(object, "answer_fr")}, text_of(object, "entity"), text_of(object, "source"),
                    text_of(object, "valid_to"), text_of(object, "review_by")};
    answer.staff_only = text_of(object, "audience") == "staff";
    return answer;
}

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
    std::vector<Draft> all;
    auto const read = each(open_.database, "SELECT content, version, state, author, saved_at, base, publish_at FROM staff_draft ORDER BY saved_at DESC, id",
                           [&](Statement const& row) { all.push_back(draft_at(row)); });
    if (!read)
        return read.error();
    return all;
}

Result<std::optional<Draft>> StaffStore::draft(std::string_view id)
{
    return read_draft(open_.database, id);
}

Result<std::int64_t> StaffStore::save(Draft const& draft, Act const& act)
{
    auto const done = write(
        [&](Database& database) -> Result<> {
            auto const& id = draft.answer.entry.id;
            auto const json = to_json(draft.answer);
            auto put = draft.version == 0
                           ? run(database,
                                 "INSERT INTO staff_draft(id, version, state, author, saved_at, base, publish_at, content) "
                                 "VALUES(?1, ?2 + 1, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
                                 id, draft.version, draft.state, draft.author, draft.saved_at, draft.base, draft.publish_at, json)
                           : run(database,
                                 "UPDATE staff_draft SET version=?2 + 1, state=?3, author=?4, saved_at=?5, base=?6, publish_at=?7, content=?8 "
                                 "WHERE id=?1 AND version=?2",
                                 id, draft.version, draft.state, draft.author, draft.saved_at, draft.base, draft.publish_at, json);
            if (put && database.changes() == 0)
                return overtaken();
            return put;
        },
        &act);
    if (!done)
        return done.error();
    return draft.version + 1;
}

Result<> StaffStore::discard(std::string_view id, std::int64_t version, Act const& act)
{
    return write(
        [&](Database& database) -> Result<> {
            auto const done = run(database, "DELETE FROM staff_draft WHERE id=?1 AND version=?2", id, version);
            if (done && database.changes() == 0)
                return overtaken();
            return done;
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
            return append_audit(told);
        },
        nullptr);
    if (!done)
        return done.error();
    return revision;
}

Result<std::int64_t> StaffStore::archive(std::string_view id, std::int64_t revision, Act const& act)
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
            auto changes = Changes::begin(database, act.who, "archived");
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

Result<std::vector<Change>> StaffStore::history(std::string_view id, std::size_t limit)
{
    std::vector<Change> all;
    auto const read = each(open_.database,
                           "SELECT c.revision, r.made_at, r.made_by, r.reason, c.kind, c.row, c.before, c.after FROM change c JOIN revision r ON r.id = c.revision "
                           "WHERE c.kind IN ('faq', 'staff_answer', 'asking') AND c.row=?1 ORDER BY c.revision DESC, c.kind LIMIT ?2",
                           [&](Statement const& row) { all.push_back(change_at(row)); }, id, static_cast<std::int64_t>(limit));
    if (!read)
        return read.error();
    return all;
}

Result<std::vector<Change>> StaffStore::recent_changes(std::size_t limit)
{
    std::vector<Change> all;
    auto const read = each(open_.database,
                           "SELECT c.revision, r.made_at, r.made_by, r.reason, c.kind, c.row, c.before, c.after FROM change c JOIN revision r ON r.id = c.revision "
                           "WHERE c.kind IN ('faq', 'staff_answer', 'asking') AND r.made_by <> 'import' ORDER BY c.revision DESC, c.kind LIMIT ?1",
                           [&](Statement const& row) { all.push_back(change_at(row)); }, static_cast<std::int64_t>(limit));
    if (!read)
        return read.error();
    return all;
}

Result<std::optional<Change>> StaffStore::change(std::int64_t revision, std::string_view id)
{
    std::optional<Change> found;
    auto const read = each(open_.database,
                           "SELECT c.revision, r.made_at, r.made_by, r.reason, c.kind, c.row, c.before, c.after FROM change c JOIN revision r ON r.id = c.revision "
                           "WHERE c.revision=?1 AND c.kind IN ('faq', 'staff_answer', 'asking') AND c.row=?2 ORDER BY c.after IS NULL LIMIT 1",
                           [&](Statement const& row) { found = change_at(row); }, revision, id);
    if (!read)
        return read.error();
    return found;
}

Result<std::vector<std::string>> StaffStore::local_rows()
{
    std::vector<std::string> rows;
    auto const read = each(open_.database, "SELECT row FROM local_change WHERE kind='faq' ORDER BY row", [&](Statement const& row) { rows.push_back(row.text(0)); });
    if (!read)
        return read.error();
    return rows;
}

}  // namespace immunobot::knowledge
