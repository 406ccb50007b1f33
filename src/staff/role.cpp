#include "staff/role.hpp"

#include <array>

namespace immunobot::staff {
namespace {

constexpr std::array roles = {Role::viewer, Role::answerer, Role::editor, Role::admin};
constexpr std::array<std::string_view, 4> role_names = {"viewer", "answerer", "editor", "admin"};

}  // namespace

std::string_view name(Role role)
{
    return role_names[static_cast<std::size_t>(role)];
}

std::optional<Role> role_from(std::string_view text)
{
    for (Role const role : roles)
        if (name(role) == text)
            return role;
    return std::nullopt;
}

std::span<Role const> all_roles()
{
    return roles;
}

}  // namespace immunobot::staff
