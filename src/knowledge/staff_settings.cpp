// What administrators have chosen for the whole desk.
#include "knowledge/changes.hpp"
#include "knowledge/setting.hpp"
#include "knowledge/staff_store.hpp"

namespace immunobot::knowledge {

Result<std::string> StaffStore::setting(std::string_view name)
{
    auto const* form = setting_form(name);
    if (!form)
        return Error{Errc::not_found, "there is no setting " + std::string(name)};
    return read_setting(open_.database, *form);
}

Result<std::int64_t> StaffStore::set_setting(SettingForm const& form, std::string_view before, std::string_view value, Act const& act)
{
    std::int64_t revision = 0;
    auto const done = write(
        [&](Database& database) -> Result<> {
            auto const now = read_setting(database, form);
            if (!now)
                return now.error();
            if (*now != before)
                return Error{Errc::conflict, "somebody else has changed this setting meanwhile", "look at it again"};
            if (auto written = write_setting(database, form.name, value); !written || !form.changes_answers)
                return written;
            auto changes = Changes::begin(database, act.who, "setting " + std::string(form.name));
            if (!changes)
                return changes.error();
            revision = changes->revision();
            return changes->remember(setting_kind, form.name, std::string(before), std::string(value));
        },
        &act);
    if (!done)
        return done.error();
    return revision;
}

}  // namespace immunobot::knowledge
