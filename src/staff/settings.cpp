#include "staff/settings.hpp"

#include <algorithm>

namespace immunobot::staff {

Result<std::string> Settings::value(std::string_view name)
{
    return store_.with([&](auto& store) { return store.setting(name); });
}

Result<std::string> Settings::choose(Person const& by, std::string_view name, std::string_view value)
{
    auto before = this->value(name);
    if (!before || *before == value)
        return before;
    auto const& form = *knowledge::setting_form(name);
    if (std::ranges::find(form.values, value) == form.values.end())
        return Error{Errc::bad_request, "the setting " + std::string(name) + " is never '" + std::string(value) + "'"};
    knowledge::Act const act{by.email, by.origin, "setting.change", std::string(name), *before, std::string(value)};
    auto const put = [&] { return store_.with([&](auto& store) { return store.set_setting(form, *before, value, act); }); };
    auto const done = form.changes_answers ? bot_.publish(put) : put();
    if (!done)
        return done.error();
    return before;
}

}  // namespace immunobot::staff
