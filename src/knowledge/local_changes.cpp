#include "knowledge/local_changes.hpp"

#include "knowledge/fragments.hpp"
#include "knowledge/rows.hpp"
#include "knowledge/sha256.hpp"
#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

#include <algorithm>
#include <utility>

namespace immunobot::knowledge {
namespace {

struct Noted {
    LocalChange change;
    std::string origin;   // digest; empty: the folder did not have it
};

template <class Row>
Row const* find(std::vector<Row> const& rows, std::string_view id)
{
    auto const found = std::ranges::find(rows, id, &Row::id);
    return found == rows.end() ? nullptr : &*found;
}

template <class Row>
std::string digest_of(Row const* row)
{
    return row ? sha256_hex(to_json(*row)) : std::string();
}

template <class Row>
void set(std::vector<Row>& rows, std::string const& id, Row const* to)
{
    auto const found = std::ranges::find(rows, id, &Row::id);
    if (found == rows.end()) {
        if (to)
            rows.push_back(*to);
    } else if (to) {
        *found = *to;
    } else {
        rows.erase(found);
    }
}

// One row of the three versions: `origin` is a digest, the two others are rows or null.
template <class Row>
void merge(Noted const& noted, std::vector<Row> const& here, std::vector<Row>& wanted, KeptChanges& out)
{
    Row const* const ours = find(here, noted.change.row);
    Row const* const theirs = find(wanted, noted.change.row);
    if (digest_of(ours) == digest_of(theirs)) {
        out.settled.push_back(noted.change);
        return;
    }
    if (digest_of(theirs) == noted.origin)
        ++out.kept;
    else
        out.conflicts.push_back(noted.change);
    set(wanted, noted.change.row, ours);
}

// A row that is cited is there: as it is here or, where staff have archived it, as the folder has it.
template <class Row>
void keep_cited(std::string const& id, std::vector<Row> const& here, std::vector<Row> const& folder, std::vector<Row>& wanted)
{
    if (find(wanted, id))
        return;
    Row const* const ours = find(here, id);
    set(wanted, id, ours ? ours : find(folder, id));
}

// What an answer takes in the text of is there, too; else visitors would read its id in braces.
void keep_facts_in(FaqEntry const& entry, Knowledge const& here, Knowledge const& folder, Knowledge& wanted, std::vector<KeptFact>& kept)
{
    for (auto const* text : {&entry.answer.en, &entry.answer.fr})
        for (auto const id : facts_named_in(*text))
            if (!find(wanted.facts, id)) {
                keep_cited(std::string(id), here.facts, folder.facts, wanted.facts);
                if (find(wanted.facts, id))
                    kept.push_back({std::string(id), entry.id});
            }
}

// A row that stays may speak of what the folder no longer has, and one of the folder of what is archived here.
void keep_what_is_cited(Knowledge const& here, Knowledge const& folder, std::vector<FaqEntry> const& for_staff, Knowledge& wanted, std::vector<KeptFact>& kept)
{
    for (FaqEntry const& entry : for_staff)
        keep_facts_in(entry, here, folder, wanted, kept);
    for (FaqEntry& entry : wanted.faq) {
        keep_facts_in(entry, here, folder, wanted, kept);
        keep_cited(entry.source, here.sources, folder.sources, wanted.sources);
        if (!entry.entity.empty() && !find(wanted.entities, entry.entity))
            entry.entity.clear();
    }
    for (Fact const& fact : wanted.facts) {
        keep_cited(fact.source, here.sources, folder.sources, wanted.sources);
        keep_cited(fact.entity, here.entities, folder.entities, wanted.entities);
    }
    for (Entity& entity : wanted.entities)
        if (!entity.parent.empty() && !find(wanted.entities, entity.parent))
            entity.parent.clear();
    std::erase_if(wanted.askings, [&](Asking const& asking) {
        return std::ranges::none_of(wanted.facts, [&](Fact const& fact) {
            return fact.id == asking.id || (fact.id.starts_with(asking.id) && fact.id.size() > asking.id.size() && fact.id[asking.id.size()] == '.');
        });
    });
}

}  // namespace

Result<> note_local_change(Database& database, std::string_view kind, std::string_view id, std::string const& json)
{
    std::string const origin = json.empty() ? std::string() : sha256_hex(json);
    return run(database, "INSERT INTO local_change(kind, row, origin) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING", kind, id, origin);
}

Result<KeptChanges> keep_local_changes(Database& database, Knowledge const& here, Knowledge& wanted)
{
    std::vector<Noted> all;
    auto const read = each(database, "SELECT kind, row, origin FROM local_change ORDER BY kind DESC, row",
                           [&](Statement const& row) { all.push_back({{row.text(0), row.text(1)}, row.text(2)}); });
    if (!read)
        return read.error();
    KeptChanges out;
    Knowledge const folder = wanted;
    for (Noted const& noted : all) {
        if (noted.change.kind == kind_of(static_cast<Source const*>(nullptr)))
            merge(noted, here.sources, wanted.sources, out);
        else if (noted.change.kind == kind_of(static_cast<Asking const*>(nullptr)))
            merge(noted, here.askings, wanted.askings, out);
        else if (noted.change.kind == kind_of(static_cast<Entity const*>(nullptr)))
            merge(noted, here.entities, wanted.entities, out);
        else if (noted.change.kind == kind_of(static_cast<Fact const*>(nullptr)))
            merge(noted, here.facts, wanted.facts, out);
        else
            merge(noted, here.faq, wanted.faq, out);
    }
    std::vector<FaqEntry> for_staff;
    if (auto const done = each(database, "SELECT content FROM staff_answer ORDER BY id",
                               [&](Statement const& row) {
                                   if (auto answer = answer_from_json(row.view(0)))
                                       for_staff.push_back(std::move(answer->entry));
                               });
        !done)
        return done.error();
    if (!all.empty() || !for_staff.empty())
        keep_what_is_cited(here, folder, for_staff, wanted, out.facts);
    return out;
}

Result<> forget_local_changes(Database& database, std::vector<LocalChange> const& settled)
{
    for (LocalChange const& change : settled)
        if (auto done = run(database, "DELETE FROM local_change WHERE kind=?1 AND row=?2", change.kind, change.row); !done)
            return done;
    return {};
}

}  // namespace immunobot::knowledge
