#include "channels/settings.hpp"

#include "channels/signature.hpp"
#include "text/trim.hpp"

#include <algorithm>

namespace immunobot::channels {
namespace {

std::vector<std::string> values_of(Setting const& setting, std::string_view text)
{
    std::vector<std::string> values;
    if (setting.kind != Setting::Kind::secret && setting.kind != Setting::Kind::list) {
        auto value = text::trimmed(text);
        while (setting.kind == Setting::Kind::address && value.ends_with('/'))   // paths are put behind it
            value.remove_suffix(1);
        if (!value.empty())
            values.emplace_back(value);
        return values;
    }
    while (!text.empty()) {
        auto const end = std::min(text.find(','), text.size());
        if (auto const value = text::trimmed(text.substr(0, end)); !value.empty())
            values.emplace_back(value);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return values;
}

}  // namespace

Settings Settings::read(std::span<Setting const> known, Lookup const& given)
{
    Settings settings;
    for (auto const& setting : known) {
        auto values = values_of(setting, given(setting));
        if (values.empty())
            values = values_of(setting, setting.otherwise);
        if (!values.empty())
            settings.set(setting.name, std::move(values));
    }
    return settings;
}

void Settings::set(std::string_view name, std::vector<std::string> values)
{
    values_.insert_or_assign(std::string(name), std::move(values));
}

std::span<std::string const> Settings::all(std::string_view name) const
{
    auto const found = values_.find(name);
    return found == values_.end() ? std::span<std::string const>() : found->second;
}

std::string_view Settings::one(std::string_view name) const
{
    auto const values = all(name);
    return values.empty() ? std::string_view() : values.front();
}

std::int64_t Settings::number(std::string_view name, std::int64_t otherwise) const
{
    auto const text = one(name);
    auto const value = decimal(text);
    return value && text.size() <= 9 ? *value : otherwise;
}

bool Settings::holds(std::string_view name, std::string_view given) const
{
    bool found = false;
    for (std::string_view const secret : all(name))
        if (same_secret(secret, given))
            found = true;
    return found;
}

std::string_view Settings::staff_account(std::string_view user) const
{
    if (user.empty())
        return {};
    for (std::string_view const entry : all(staff_setting.name))
        if (entry.size() > user.size() && entry.starts_with(user) && entry[user.size()] == '=')
            return entry.substr(user.size() + 1);
    return {};
}

std::vector<std::string_view> Settings::missing(std::span<Setting const> known) const
{
    std::vector<std::string_view> names;
    for (auto const& setting : known)
        if (setting.required && !has(setting.name) && !has(setting.unless))
            names.push_back(setting.name);
    return names;
}

}  // namespace immunobot::channels
