#include "staff/four_eyes.hpp"

#include "knowledge/unicode.hpp"
#include "staff/tidy.hpp"

namespace immunobot::staff {

bool is_reason(std::string_view why)
{
    auto const said = tidy_pasted(why);   // what is pasted with it is no fault of the reason
    return knowledge::shows_something(said) && knowledge::find_invisible(said) == std::string_view::npos;
}

Result<bool> four_eyes(Store& store)
{
    auto const chosen = store.with([](auto& opened) { return opened.setting(knowledge::four_eyes_setting); });
    if (!chosen)
        return chosen.error();
    return *chosen == knowledge::four_eyes_on;
}

Result<bool> needs_another(Store& store, Person const& by, knowledge::Draft const& draft)
{
    if (draft.writer != by.email)
        return false;
    return four_eyes(store);
}

Result<std::string> reason_alone(Store& store, Person const& by, Alone alone, std::string_view why)
{
    auto const on = four_eyes(store);
    if (!on)
        return on.error();
    if (!*on)
        return std::string();
    if (by.role == Role::admin && alone == Alone::with_reason && is_reason(why))
        return tidy_pasted(why);
    return knowledge::lacks_another();
}

Result<std::string> reason_alone(Store& store, Person const& by, knowledge::Draft const& draft, Alone alone, std::string_view why)
{
    return draft.writer == by.email ? reason_alone(store, by, alone, why) : std::string();
}

}  // namespace immunobot::staff
