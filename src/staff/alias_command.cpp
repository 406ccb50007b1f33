// Another name for an entity, in one line: a draft of its row, with what tests the name and what visitors would be told otherwise.
#include "staff/command_job.hpp"
#include "staff/names.hpp"

#include <algorithm>
#include <optional>

namespace immunobot::staff {
namespace {

using knowledge::Entity;

struct AliasWish {
    std::string entity;   // its id
    std::string name;     // that it is to have besides
};

std::string ids_of(std::vector<Entity const*> const& all)
{
    std::string out;
    for (auto const* entity : all)
        out += (out.empty() ? "" : ", ") + entity->id;
    return out;
}

// One of the two is known, the other is its new name: it does not matter which stands first.
Result<AliasWish> wish_of(Job const& job, knowledge::Knowledge const& all, std::string const& one, std::string const& other)
{
    auto const by_one = entities_called(all, one);
    auto const by_other = entities_called(all, other);
    if (by_one.empty() && by_other.empty())
        return Error{Errc::not_found, job.say("Personne ne s'appelle ni ", "Nobody is called ") + one + job.say(" ni ", " or ") + other};
    if (!by_one.empty() && !by_other.empty())
        return Error{Errc::conflict, job.say("Les deux sont déjà des noms : ", "Both are names already: ") + one + " (" + ids_of(by_one) + "), " + other + " (" + ids_of(by_other) + ")"};
    auto const& known = by_one.empty() ? by_other : by_one;
    if (known.size() > 1)
        return Error{Errc::conflict, job.say("Plusieurs portent ce nom ; dites lequel : ", "Several are called so; say which: ") + ids_of(known)};
    return AliasWish{known[0]->id, by_one.empty() ? one : other};
}

// The row as it is in the draft of it or, without one, in force.
struct EntityRow {
    Cells cells;
    std::int64_t version = 0;
    std::int64_t base = 0;
};

EntityRow row_of_entity(Job const& job, knowledge::Knowledge const& all, std::string const& id)
{
    if (auto opened = job.desk.tables.open(Tables::draft_id(Table::entities, id)); opened && opened->look.effect.changes.size() == 1)
        return {opened->look.effect.changes[0].after, opened->draft.version, opened->draft.base};
    auto const rows = rows_of(all, Table::entities);
    auto const found = std::ranges::find(rows, id, [](Cells const& cells) -> std::string const& { return cells[knowledge::entity_column::id]; });
    return {*found, 0, all.revision};
}

Told rehearsed_row(Job const& job, std::string const& draft)
{
    auto const opened = job.desk.tables.open(draft);
    if (!opened)
        return sorry(job, opened.error());
    auto const regression = job.desk.tables.rehearse(*opened);
    if (!regression)
        return sorry(job, regression.error());
    auto const text = saved_as_draft(job, draft) + summary(*regression, job.say) + how_to_publish(job, draft);
    return told(job, text, regression->worse.empty());
}

}  // namespace

Told teach_alias(Job& job)
{
    auto const sides = split(job.rest, "=");
    if (sides.size() != 2 || sides[0].empty() || sides[1].empty())
        return usage(job, job.say("teach alias NOM = AUTRE NOM", "teach alias NAME = OTHER NAME"));
    auto const all = job.desk.answers.knowledge();
    if (!all)
        return sorry(job, all.error());
    auto const wish = wish_of(job, *all, sides[0], sides[1]);
    if (!wish)
        return sorry(job, wish.error());
    auto row = row_of_entity(job, *all, wish->entity);
    auto& aliases = row.cells[knowledge::entity_column::aliases];
    aliases += (aliases.empty() ? "" : "|") + wish->name;
    auto const look = job.desk.tables.look(Table::entities, to_csv(Table::entities, {row.cells}));
    if (!look)
        return sorry(job, look.error());
    if (!look->effect.faults.empty())
        return told(job, look->effect.faults[0].what.message, false);
    auto const draft = Tables::draft_id(Table::entities, wish->entity);
    auto const saved = job.desk.tables.propose(job.caller.person, draft, row.version, row.base, Table::entities, {row.cells}, "draft.add-name");
    if (!saved)
        return sorry(job, saved.error());
    return rehearsed_row(job, draft);
}

}  // namespace immunobot::staff
