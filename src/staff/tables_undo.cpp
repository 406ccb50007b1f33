// Taking back what was published: a row becomes again what it was before, if nothing else has changed it since.

#include "staff/tables.hpp"

#include "knowledge/breaches.hpp"
#include "knowledge/rows.hpp"

#include <algorithm>
#include <iterator>

namespace immunobot::staff {
namespace {

using knowledge::Change;
using knowledge::Knowledge;

constexpr std::size_t small_table = 20;   // rows; most of so few may well go

bool empties(std::vector<Change> const& changes, std::string_view kind, std::size_t rows)
{
    auto const gone = std::ranges::count_if(changes, [&](Change const& change) { return change.kind == kind && change.before.empty(); });
    return rows > small_table && static_cast<std::size_t>(gone) * 2 > rows;
}

bool empties_a_table(std::vector<Change> const& changes, Knowledge const& now)
{
    return empties(changes, "source", now.sources.size()) || empties(changes, "entity", now.entities.size()) || empties(changes, "fact", now.facts.size()) ||
           empties(changes, "faq", now.faq.size()) || empties(changes, "asking", now.askings.size());
}

std::vector<std::string> rows_that_go(std::vector<Change> const& changes)
{
    std::vector<std::string> out;
    for (auto const& change : changes)
        if (change.before.empty())
            out.push_back(change.row);
    return out;
}

template <class Row>
bool take_back(std::vector<Row>& rows, Change const& change)
{
    auto const found = std::ranges::find(rows, change.row, &Row::id);
    if ((found == rows.end() ? std::string() : knowledge::to_json(*found)) != change.after)
        return false;
    if (change.before.empty()) {
        rows.erase(found);
        return true;
    }
    Row before;
    if (!knowledge::from_json(change.before, before))
        return false;
    if (found == rows.end())
        rows.push_back(std::move(before));
    else
        *found = std::move(before);
    return true;
}

bool take_back(Knowledge& all, Change const& change)
{
    if (change.kind == "source")
        return take_back(all.sources, change);
    if (change.kind == "entity")
        return take_back(all.entities, change);
    if (change.kind == "fact")
        return take_back(all.facts, change);
    if (change.kind == "faq")
        return take_back(all.faq, change);
    return change.kind == "asking" && take_back(all.askings, change);
}

}  // namespace

bool Tables::is_as_after(knowledge::Change const& change)
{
    auto const now = store_.with([&](auto& store) { return store.published(change.row); });
    bool const there = now && *now && (*now)->answer.staff_only;
    return now && (there ? knowledge::to_json((*now)->answer) : std::string()) == change.after;
}

Result<Tables::Undoing> Tables::look_at_undo(std::int64_t revision, Answers::Look look)
{
    auto changes = store_.with([&](auto& store) { return store.changes_of(revision); });
    if (!changes)
        return changes.error();
    if (changes->empty())
        return Error{Errc::not_found, "there is no change " + std::to_string(revision)};
    auto const now = answers_.knowledge();
    if (!now)
        return now.error();
    auto all = *now;
    Undoing out;
    bool for_visitors = false;
    for (auto change = changes->rbegin(); change != changes->rend(); ++change) {
        bool const hidden = change->kind == "staff_answer";
        for_visitors = for_visitors || !hidden;
        if (hidden ? !is_as_after(*change) : !take_back(all, *change))
            out.changed_since.push_back(change->row);
    }
    out.changes = std::move(*changes);
    out.empties = empties_a_table(out.changes, *now);
    if (!out.changed_since.empty())
        return out;
    auto hidden = answers_.hidden();
    if (!hidden)
        return hidden.error();
    // Those that are taken back themselves will not be as they are.
    std::erase_if(*hidden, [&](auto const& entry) { return std::ranges::any_of(out.changes, [&](auto const& change) { return change.kind == "staff_answer" && change.row == entry.id; }); });
    // What was at fault before is no reason against it.
    for (auto const& one : knowledge::new_breaches(*now, all, *hidden))
        out.faults.push_back(in_one_line(one));
    if (!out.faults.empty())
        return out;
    if (!for_visitors)
        return out;
    auto const number = "revision:" + std::to_string(revision);
    auto regression = answers_.rehearse(all, out.changes.size() == 1 ? out.changes[0].row : number, number, look);
    if (!regression)
        return regression.error();
    out.regression = std::move(*regression);
    count_as_lost(out.regression, rows_that_go(out.changes));
    return out;
}

bool Tables::is_for_administrators(Undoing const& look, Person const& by)
{
    return look.empties && (look.changes.empty() || look.changes[0].who != by.email);
}

Result<Published> Tables::undo(Person const& by, std::int64_t revision, std::string_view why, bool despite)
{
    std::lock_guard const lock(publishing_);
    auto look = look_at_undo(revision, Answers::Look::kept);
    if (!look)
        return look.error();
    if (!look->changed_since.empty())
        return Error{Errc::conflict, look->changed_since[0] + " was changed again since then", "undo that first"};
    if (!look->faults.empty())
        return Error{Errc::bad_request, look->faults[0]};
    if (is_for_administrators(*look, by) && (!may(by.role, Role::admin) || !is_reason(why)))
        return Error{Errc::not_allowed, "more than half of the rows of a table would go", "an administrator may do that in the console, with a reason"};
    Published out{0, std::move(look->regression)};
    if (!out.regression.worse.empty() && !(despite && is_reason(why)))
        return out;
    auto const number = std::to_string(revision);
    knowledge::Act const act{by.email, by.origin, out.regression.worse.empty() ? "revision.undo" : "revision.undo-despite", number, {}, std::to_string(look->changes.size()) + " rows"};
    auto const reason = "undo " + number + (why.empty() ? std::string() : ": " + std::string(why));
    auto const made = bot_.publish([&] { return store_.with([&](auto& store) { return store.undo(revision, reason, act); }); });
    if (!made)
        return made.error();
    out.revision = *made;
    return out;
}

}  // namespace immunobot::staff
