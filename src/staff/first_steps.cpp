#include "staff/first_steps.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace immunobot::staff {
namespace {

constexpr std::string_view first_try = "account.first-try";
constexpr std::int64_t looked_at = 20;   // the words of a filter may stand elsewhere in a row

// Whether `who` (empty: anybody) did something whose name begins with one of these.
Result<bool> has_done(knowledge::StaffStore& store, std::string const& who, std::initializer_list<std::string_view> actions)
{
    for (auto const action : actions) {
        auto const rows = store.audit({who, std::string(action), looked_at, 0});
        if (!rows)
            return rows.error();
        if (std::ranges::any_of(*rows, [&](auto const& row) { return row.act.action.starts_with(action); }))
            return true;
    }
    return false;
}

}  // namespace

Result<bool> anything_published(Store& store)
{
    return store.with([](auto& kept) { return has_done(kept, {}, {"answer.publish", "rows.publish"}); });
}

Result<FirstSteps> first_steps(Store& store, Person const& person)
{
    return store.with([&](auto& kept) -> Result<FirstSteps> {
        auto const used = kept.used_lately(person.account, 1);
        if (!used)
            return used.error();
        auto const pins = kept.pins(person.account);
        if (!pins)
            return pins.error();
        auto const tried = has_done(kept, person.email, {first_try});
        auto const wrote = has_done(kept, person.email, {"draft.save", "draft.add-questions", "question.answered"});
        auto const handed_on = has_done(kept, person.email, {"answer.publish", "rows.publish", "draft.review"});
        for (auto const* known : {&tried, &wrote, &handed_on})
            if (!*known)
                return known->error();
        return FirstSteps{!used->empty() || !pins->empty(), *tried, *wrote, *handed_on};
    });
}

Result<> note_first_try(Store& store, Person const& person)
{
    return store.with([&](auto& kept) -> Result<> {
        auto const before = has_done(kept, person.email, {first_try});
        if (!before)
            return before.error();
        return *before ? Result<>() : kept.note({person.email, person.origin, std::string(first_try), {}, {}, {}});
    });
}

}  // namespace immunobot::staff
