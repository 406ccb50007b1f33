#include "staff/tables.hpp"

#include "base/date.hpp"
#include "base/local_time.hpp"
#include "knowledge/fragments.hpp"
#include "knowledge/folder.hpp"
#include "knowledge/rows.hpp"
#include "staff/tidy.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <chrono>

namespace immunobot::staff {
namespace {

using knowledge::Knowledge;

constexpr std::size_t most_uses = 200;

std::size_t column_of(Table table, std::string_view name)
{
    auto const columns = form_of(table).columns;
    return static_cast<std::size_t>(std::ranges::find(columns, name, &knowledge::Column::name) - columns.begin());
}

bool names_entity(knowledge::Fact const& fact, std::string_view id)
{
    if (fact.entity == id)
        return true;
    auto const items = knowledge::split_list(fact.value);
    return std::ranges::find(items, id) != items.end();
}

// When somebody has to look again is nothing that an answer depends on, and neither is what stands in a source.
bool matters(Table table, std::vector<knowledge::RowChange> const& changes)
{
    if (table == Table::sources)
        return false;
    auto const review = column_of(table, "review_by");
    return std::ranges::any_of(changes, [&](knowledge::RowChange const& change) {
        if (change.before.empty())
            return true;
        for (std::size_t i = 0; i < change.after.size(); ++i)
            if (i != review && change.before[i] != change.after[i])
                return true;
        return false;
    });
}

// Of one row its id, so that its own questions are told from others; of a whole sheet nothing that is anybody's id.
std::string changed_id(Tables::Opened const& opened)
{
    auto const& changes = opened.look.effect.changes;
    return changes.size() == 1 ? changes[0].after[0] : opened.draft.answer.entry.id;
}

LocalText title_of(knowledge::FaqEntry const& entry)
{
    auto const first = [&](std::vector<std::string> const& questions) { return questions.empty() ? entry.id : questions[0]; };
    return {first(entry.questions_en), first(entry.questions_fr)};
}

bool is_about(intents::IntentTest const& test, std::string_view entity)
{
    return std::ranges::find(test.entities, entity) != test.entities.end() || std::ranges::any_of(test.then, [&](auto const& next) { return is_about(next, entity); });
}

// An intent asks for properties, of whatever it is asked about: it knows no fact, and entities by its tests alone.
bool finds(intents::Intent const& intent, Table table, std::string_view id)
{
    if (table == Table::entities)
        return std::ranges::any_of(intent.tests, [&](auto const& test) { return is_about(test, id); });
    auto const dot = id.find('.');
    return table == Table::facts && dot != std::string_view::npos && std::ranges::find(intent.properties, id.substr(dot + 1, id.rfind('.') - dot - 1)) != intent.properties.end();
}

}  // namespace

Result<std::vector<Cells>> Tables::rows(Table table)
{
    auto const all = answers_.knowledge();
    if (!all)
        return all.error();
    return rows_of(*all, table);
}

Result<std::optional<Cells>> Tables::row(Table table, std::string_view id)
{
    auto all = rows(table);
    if (!all)
        return all.error();
    for (auto& cells : *all)
        if (cells[0] == id)
            return std::optional(std::move(cells));
    return std::optional<Cells>();
}

Result<std::vector<Tables::Use>> Tables::uses(Table table, std::string_view id)
{
    auto const all = answers_.knowledge();
    if (!all)
        return all.error();
    std::vector<Use> out;
    auto const add = [&](Table kind, std::string const& row, LocalText const& text) {
        if (out.size() < most_uses)
            out.push_back({std::string(name(kind)), row, text});
    };
    for (auto const& fact : all->facts)
        if ((table == Table::entities && names_entity(fact, id)) || (table == Table::sources && fact.source == id))
            add(Table::facts, fact.id, fact.text);
    auto const uses_it = [&](knowledge::FaqEntry const& entry) {
        return (table == Table::entities && entry.entity == id) || (table == Table::sources && entry.source == id) || (table == Table::facts && knowledge::names_fact(entry.answer, id));
    };
    for (auto const& entry : all->faq)
        if (uses_it(entry))
            add(Table::faq, entry.id, title_of(entry));
    auto const hidden = store_.with([](auto& store) { return store.staff_answers(); });
    if (!hidden)
        return hidden.error();
    for (auto const& one : *hidden)
        if (auto const& entry = one.answer.entry; uses_it(entry))
            add(Table::faq, entry.id, title_of(entry));
    for (auto const& entity : all->entities)
        if (table == Table::entities && entity.parent == id)
            add(Table::entities, entity.id, entity.name);
    for (auto const& intent : answers_.intents())
        if (finds(intent, table, id))
            out.push_back({"intent", intent.id, intent.title});
    for (auto const& asking : all->askings) {
        bool const of_fact = table == Table::facts && (asking.id == id || id.starts_with(asking.id + '.'));
        if (!of_fact)
            continue;
        for (std::size_t i = 0; i < std::max(asking.questions_en.size(), asking.questions_fr.size()) && out.size() < most_uses; ++i) {
            auto const at = [&](auto const& list) { return i < list.size() ? list[i] : std::string(); };
            out.push_back({"asking", asking.id, {at(asking.questions_en), at(asking.questions_fr)}});
        }
    }
    return out;
}

Result<Tables::Look> Tables::look(Table table, std::string bytes)
{
    auto const all = answers_.knowledge();
    if (!all)
        return all.error();
    // Only facts stand in other rows' texts.
    auto const hidden = answers_.hidden();
    if (!hidden)
        return hidden.error();
    return Look{table, effect_of(*all, table, std::move(bytes), table == Table::facts ? *hidden : std::vector<knowledge::FaqEntry>()), all->revision};
}

std::string Tables::draft_id(Table table, std::string_view row)
{
    return std::string(name(table)) + ':' + std::string(row);
}

std::string Tables::new_sheet_id(Table table)
{
    return store_.with([&](auto& store) {
        for (auto number = seconds_now();; ++number) {
            auto id = draft_id(table, "sheet-" + std::to_string(number));
            auto const there = store.draft(id);
            if (!there || !*there)
                return id;
        }
    });
}

Result<std::int64_t> Tables::propose(Person const& by, std::string const& id, std::int64_t version, std::int64_t base, Table table, std::vector<Cells> const& rows, std::string_view action)
{
    knowledge::Draft draft;
    draft.answer.entry.id = id;
    draft.answer.table = name(table);
    std::vector<Cells> tidied = rows;
    for (auto& row : tidied)
        for (auto& cell : row)
            cell = tidy(cell);
    draft.answer.rows = to_csv(table, tidied);
    draft.version = version;
    draft.base = base;
    return answers_.save(by, std::move(draft), action);
}

Result<Tables::Opened> Tables::open(std::string_view id)
{
    auto draft = store_.with([&](auto& store) { return store.draft(id); });
    if (!draft)
        return draft.error();
    auto const table = *draft ? knowledge::table_from_name((*draft)->answer.table) : std::nullopt;
    if (!table)
        return Error{Errc::not_found, "there is no draft " + std::string(id)};
    auto seen = look(*table, (*draft)->answer.rows);
    if (!seen)
        return seen.error();
    return Opened{std::move(**draft), std::move(*seen)};
}

Result<Regression> Tables::rehearse(Opened const& opened, Answers::Look look)
{
    if (!opened.look.effect.faults.empty() || !matters(opened.look.table, opened.look.effect.changes))
        return Regression{};
    return answers_.rehearse(opened.look.effect.wanted, changed_id(opened), knowledge::to_json(opened.draft.answer), look);
}

Result<Published> Tables::publish(Person const& by, std::string_view id, std::int64_t version, std::string_view why, bool despite, Alone alone)
{
    std::lock_guard const lock(publishing_);
    auto const opened = open(id);
    if (!opened)
        return opened.error();
    if (opened->draft.version != version)
        return Error{Errc::conflict, "somebody else has changed this draft meanwhile", "look at it again"};
    auto reason = reason_alone(store_, by, opened->draft, alone, why);
    if (!reason)
        return reason.error();
    auto const& effect = opened->look.effect;
    if (!effect.faults.empty())
        return Error{Errc::bad_request, in_one_line(effect.faults[0].what), effect.faults[0].what.hint};
    auto regression = rehearse(*opened, Answers::Look::kept);
    if (!regression)
        return regression.error();
    Published out{0, std::move(*regression)};
    if (!out.regression.worse.empty() && !(despite && is_reason(why)))
        return out;
    knowledge::Publication const publication{std::string(id), version, std::string(why), {}, to_string(today_here()), std::move(*reason)};
    std::string const counted = std::to_string(effect.changes.size()) + " rows of " + std::string(name(opened->look.table));
    knowledge::Act const act{by.email, by.origin, out.regression.worse.empty() ? "rows.publish" : "rows.publish-despite", std::string(id), {}, counted};
    auto const revision = bot_.publish([&] { return store_.with([&](auto& store) { return store.publish_rows(publication, effect.put, act); }); });
    if (!revision)
        return revision.error();
    out.revision = *revision;
    return out;
}

Result<Published> Tables::set(Person const& by, Table table, std::string_view id, std::string_view column, std::string const& value)
{
    auto const all = answers_.knowledge();
    if (!all)
        return all.error();
    auto const rows = rows_of(*all, table);
    auto const found = std::ranges::find(rows, id, [](Cells const& cells) -> std::string const& { return cells[0]; });
    auto const at = column_of(table, column);
    if (found == rows.end() || at == form_of(table).columns.size())
        return Error{Errc::not_found, "there is no row " + std::string(id)};
    auto cells = *found;
    cells[at] = value;
    auto const draft = draft_id(table, id);
    auto const version = propose(by, draft, 0, all->revision, table, {cells});
    if (!version)
        return version.error();
    auto const on = four_eyes(store_);
    if (!on)
        return on.error();
    return *on ? Published{} : publish(by, draft, *version, std::string(column) + " = " + value, false);
}

}  // namespace immunobot::staff
