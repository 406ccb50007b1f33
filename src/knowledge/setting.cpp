#include "knowledge/setting.hpp"

#include "knowledge/statements.hpp"

#include <algorithm>

namespace immunobot::knowledge {
namespace {

constexpr std::string_view over_values[] = {"say", over_silent};
constexpr std::string_view four_eyes_values[] = {"off", four_eyes_on};

constexpr SettingForm all_settings[] = {
    {over_setting, over_values, true},
    {four_eyes_setting, four_eyes_values, false},
};

}  // namespace

std::span<SettingForm const> setting_forms()
{
    return all_settings;
}

SettingForm const* setting_form(std::string_view name)
{
    auto const found = std::ranges::find(all_settings, name, &SettingForm::name);
    return found == std::end(all_settings) ? nullptr : found;
}

Result<std::string> read_setting(Database& database, SettingForm const& form)
{
    std::string value(form.values.front());
    auto const read = each(database, "SELECT value FROM setting WHERE name=?1", [&](Statement const& row) { value = row.text(0); }, form.name);
    if (!read)
        return read.error();
    return value;
}

Error lacks_another()
{
    return {Errc::not_allowed, "whoever wrote it does not publish it", "somebody else has to look at it; an administrator may publish it alone at the desk, with a reason"};
}

Result<> look_alone(Database& database, std::string_view alone)
{
    if (!alone.empty())
        return {};
    auto const chosen = read_setting(database, *setting_form(four_eyes_setting));
    if (!chosen)
        return chosen.error();
    return *chosen == four_eyes_on ? Result<>(lacks_another()) : Result<>();
}

Result<> write_setting(Database& database, std::string_view name, std::string_view value)
{
    return run(database, "INSERT INTO setting(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value=?2", name, value);
}

}  // namespace immunobot::knowledge
