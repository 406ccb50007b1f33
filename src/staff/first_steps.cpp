#include "staff/first_steps.hpp"

#include <initializer_list>
#include <string_view>

namespace immunobot::staff {
namespace {

constexpr std::string_view first_look_up = "account.first-look-up";
constexpr std::string_view first_try = "account.first-try";

// Whether `who` did something whose name begins with one of these.
Result<bool> has_done(knowledge::StaffStore& store, std::string const& who, std::initializer_list<std::string_view> actions)
{
    for (auto const action : actions) {
        auto const done = store.has_acted(who, action);
        if (!done || *done)
            return done;
    }
    return false;
}

Result<> note_first(Store& store, Person const& person, std::string_view action)
{
    return store.with([&](auto& kept) -> Result<> {
        auto const before = has_done(kept, person.email, {action});
        if (!before)
            return before.error();
        return *before ? Result<>() : kept.note({person.email, person.origin, std::string(action), {}, {}, {}});
    });
}

}  // namespace

Result<FirstSteps> first_steps(Store& store, Person const& person)
{
    return store.with([&](auto& kept) -> Result<FirstSteps> {
        auto const looked_up = has_done(kept, person.email, {first_look_up});
        auto const tried = has_done(kept, person.email, {first_try});
        auto const wrote = has_done(kept, person.email, {"draft.save", "draft.add-questions", "question.answered"});
        auto const handed_on = has_done(kept, person.email, {"answer.publish", "rows.publish", "draft.review", "draft.scheduled"});
        auto const away = kept.first_steps_away(person.account);
        for (auto const* known : {&looked_up, &tried, &wrote, &handed_on, &away})
            if (!*known)
                return known->error();
        return FirstSteps{*looked_up, *tried, *wrote, *handed_on, *away};
    });
}

bool all_done(FirstSteps const& steps, Role role)
{
    bool const writes = may(role, Role::answerer);
    return steps.looked_up && steps.tried && (!writes || (steps.wrote && steps.handed_on));
}

Result<> note_first_look_up(Store& store, Person const& person)
{
    return note_first(store, person, first_look_up);
}

Result<> note_first_try(Store& store, Person const& person)
{
    return note_first(store, person, first_try);
}

Result<> put_first_steps_away(Store& store, Person const& person, bool away)
{
    return store.with([&](auto& kept) { return kept.put_first_steps_away(person.account, away); });
}

}  // namespace immunobot::staff
