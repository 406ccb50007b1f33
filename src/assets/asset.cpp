#include "assets/asset.hpp"

#include <algorithm>

namespace immunobot::assets {

Asset const* find(std::string_view name)
{
    auto const list = all();
    auto const found = std::lower_bound(list.begin(), list.end(), name,
                                        [](Asset const& asset, std::string_view wanted) { return asset.name < wanted; });
    return found != list.end() && found->name == name ? &*found : nullptr;
}

std::string hashed_name(Asset const& asset)
{
    auto const dot = asset.name.rfind('.');
    return std::string(asset.name.substr(0, dot)).append(".").append(asset.hash).append(asset.name.substr(dot));
}

Named find_named(std::string_view name)
{
    if (auto const* asset = find(name))
        return {asset, false};
    auto const last = name.rfind('.');
    if (last == std::string_view::npos || last == 0)
        return {};
    auto const before = name.rfind('.', last - 1);
    if (before == std::string_view::npos)
        return {};
    auto const* asset = find(std::string(name.substr(0, before)).append(name.substr(last)));
    if (!asset || asset->hash != name.substr(before + 1, last - before - 1))
        return {};
    return {asset, true};
}

}  // namespace immunobot::assets
