#include "knowledge/staff_published.hpp"

#include "knowledge/local_changes.hpp"
#include "knowledge/rows.hpp"
#include "knowledge/sheet.hpp"
#include "knowledge/statements.hpp"

namespace immunobot::knowledge {
namespace {

constexpr std::string_view staff_kind = "staff_answer";

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

Asking asking_of(FaqEntry const& entry)
{
    return {entry.id, entry.questions_en, entry.questions_fr};
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

}  // namespace

bool is_of_fact(std::string_view id)
{
    return id.find('.') != std::string_view::npos && id.find(':') == std::string_view::npos;
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

Result<> add_source(Database& database, Changes& changes, Source const& source)
{
    auto const position = database.integer("SELECT coalesce(max(position), -1) + 1 FROM source");
    if (!position)
        return position.error();
    if (auto put = changes.put<Source>(nullptr, source, *position); !put)
        return put;
    return note_local_change(database, kind_of(&source), source.id, {});
}

Result<> put_desk_source(Database& database, Changes& changes, Publication const& publication)
{
    bool there = false;
    auto const read = each(database, "SELECT 1 FROM source WHERE id=?1", [&](Statement const&) { there = true; }, desk_source);
    if (!read || there)
        return read;
    Source const source{std::string(desk_source), publication.desk_title, publication.desk_title, {}, {}, publication.today};
    return add_source(database, changes, source);
}

Result<> take_out(Database& database, Changes& changes, Answer const& answer)
{
    return answer.staff_only ? take_out_for_staff(database, changes, answer) : take_out_public(database, changes, answer.entry);
}

Result<> look_at_changed(Database& database, std::int64_t revision, std::string_view day)
{
    if (day.empty())
        return {};
    return run(database, "UPDATE staff_care SET looked_at=?2 WHERE row IN (SELECT row FROM change WHERE revision=?1)", revision, day);
}

Result<> put(Database& database, Changes& changes, std::optional<Published> const& before, Answer const& answer)
{
    // From the public to the staff, or back: what it was goes first.
    if (before && before->answer.staff_only != answer.staff_only)
        if (auto taken = take_out(database, changes, before->answer); !taken)
            return taken;
    return answer.staff_only ? put_for_staff(database, changes, before, answer) : put_public(database, changes, before, answer.entry);
}

Result<> forget_remarks(Database& database, std::string_view draft)
{
    return run(database,
               "UPDATE staff_decision SET content=json_set(content, '$.draft.remark', '', '$.draft.remark_by', '') "
               "WHERE target=?1 AND iif(json_valid(content), coalesce(json_extract(content, '$.draft.remark'), ''), '') <> ''",
               draft);
}

}  // namespace immunobot::knowledge
