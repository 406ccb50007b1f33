// What staff type, at the terminal or in a chat: one line in, one text out that can be copied as it stands. The same
// rights and the same audit log as in the console. Any thread; not one that answers visitors.
#pragma once

#include "assistant/reply.hpp"
#include "base/language.hpp"
#include "staff/role.hpp"


#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace immunobot::staff {

class Desk;

// Who types a line, and who will read what it gives.
struct Caller {
    Person person;
    std::optional<Language> language;  // of what is told; nothing: both
    bool in_private = true;            // nobody but the caller reads the answer: else nothing that is for staff alone
};

struct Told {
    std::string text;
    bool done = true;           // false: it was refused, or nothing was found
    assistant::Shareable share; // what was told first, if it is public
    Language language = Language::fr;
};

struct CommandName {
    std::string_view name;
    Role role;
    bool in_public;             // may be used where others read along
    std::string_view usage;
};

std::span<CommandName const> command_names();

// Whether the line begins with the name of a command.
bool is_command(std::string_view line);

// What was typed in a chat as a command: after a slash command's name, or behind "/" or "!". Nothing: it is a question.
std::optional<std::string> command_in(std::string_view slash, std::string_view text);

class Commands {
public:
    explicit Commands(Desk& desk) : desk_(desk) {}

    // Never fails: what went wrong is said in the text.
    Told run(Caller const& caller, std::string_view line);

    // Somebody who typed in a chat: nothing if this address has no account, or no longer one.
    std::optional<Told> run_for(std::string_view email, std::string const& origin, std::optional<Language> language, bool in_private, std::string_view line);

private:
    Desk& desk_;
};

}  // namespace immunobot::staff
