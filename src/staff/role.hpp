// Who may do what: each role may do all that the one before may.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace immunobot::staff {

enum class Role : std::uint8_t {
    viewer,    // searches, copies, tries a question
    answerer,  // deals with unanswered questions, writes drafts
    editor,    // publishes, archives, restores
    admin      // accounts, tokens, the audit log
};

std::string_view name(Role role);
std::optional<Role> role_from(std::string_view name);
std::span<Role const> all_roles();

// Somebody who is known: signed in, by a token, or at the terminal.
struct Person {
    std::int64_t account = 0;
    std::string email;
    std::string name;
    Role role = Role::viewer;
    std::string origin;   // where from, for the audit log
};

constexpr bool may(Role role, Role needed)
{
    return role >= needed;
}

}  // namespace immunobot::staff
