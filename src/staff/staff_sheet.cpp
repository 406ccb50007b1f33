#include "staff/staff_sheet.hpp"

#include "knowledge/export.hpp"

#include <algorithm>
#include <utility>

namespace immunobot::staff {
namespace {

using knowledge::FaqEntry;

std::vector<FaqEntry> entries_of(std::vector<knowledge::Published> const& hidden)
{
    std::vector<FaqEntry> out;
    for (auto const& one : hidden)
        out.push_back(one.answer.entry);
    return out;
}

knowledge::SheetFault taken_id(knowledge::RowChange const& change)
{
    knowledge::SheetFault fault;
    fault.what.code = "K021";
    fault.what.message = "a public answer has this identifier";
    fault.what.line = change.line;
    fault.column = "id";
    fault.value = change.after[0];
    return fault;
}

}  // namespace

Result<std::string> StaffSheet::write(Person const& by)
{
    auto const hidden = store_.with([&](auto& store) -> Result<std::vector<knowledge::Published>> {
        auto all = store.staff_answers();
        if (!all)
            return all;
        if (auto noted = store.note({by.email, by.origin, "answer.export", std::to_string(all->size())}); !noted)
            return noted.error();
        return all;
    });
    if (!hidden)
        return hidden.error();
    knowledge::Knowledge only;
    only.faq = entries_of(*hidden);
    return faq_csv(only);
}

Result<StaffSheet::Look> StaffSheet::look(std::string bytes)
{
    auto all = answers_.knowledge();
    if (!all)
        return all.error();
    auto hidden = answers_.hidden();
    if (!hidden)
        return hidden.error();
    auto const open = std::exchange(all->faq, std::move(*hidden));
    Look out{effect_of(*all, knowledge::Table::faq, std::move(bytes)), all->revision};
    for (auto const& change : out.effect.changes)
        if (std::ranges::find(open, change.after[0], &FaqEntry::id) != open.end())
            out.effect.faults.push_back(taken_id(change));
    return out;
}

Result<std::int64_t> StaffSheet::put(Person const& by, std::string bytes, std::int64_t base, std::string_view why)
{
    auto const reason = reason_alone(store_, by, Alone::with_reason, why);
    if (!reason)
        return reason.error();
    auto const seen = look(std::move(bytes));
    if (!seen)
        return seen.error();
    auto const& effect = seen->effect;
    if (!effect.faults.empty() || effect.changes.empty())
        return Error{Errc::bad_request, "nothing would change, or something is wrong with the sheet"};
    knowledge::Act const act{by.email, by.origin, "answer.import", std::to_string(effect.changes.size()), {}, *reason};
    return bot_.publish([&] { return store_.with([&](auto& store) { return store.put_staff_answers(effect.put.faq, base, "imported for staff", *reason, act); }); });
}

}  // namespace immunobot::staff
