// What the commands of the staff work with, and the commands themselves; for commands.cpp, which finds the one that a line
// begins with and sees that the account may run it. Texts are in the language of the caller.
#pragma once

#include "staff/commands.hpp"
#include "staff/desk.hpp"
#include "staff/told.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace immunobot::staff {

inline constexpr std::size_t few_found = 3;   // answers of one look-up

// One line at work.
struct Job {
    Desk& desk;
    Caller const& caller;
    Words say;
    std::string rest;    // what follows the name of the command
};

Told told(Job const& job, std::string text, bool done = true);
Told sorry(Job const& job, Error const& error);
Told usage(Job const& job, std::string_view how);

// The first word of `rest`, which is taken from it.
std::string take_word(std::string& rest);
std::vector<std::string> split(std::string_view text, std::string_view mark);
// "Draft of ID saved ...", and what makes it valid.
std::string saved_as_draft(Job const& job, std::string const& id);
std::string how_to_publish(Job const& job, std::string const& id);
// What is for staff alone is not told where others read along.
Result<std::vector<Found>> look_up(Job const& job, std::string_view words, std::size_t most);

// asking_commands.cpp: what is known
Told faq(Job& job);
Told why(Job& job);
Told who(Job& job);
Told unanswered(Job& job);
// teaching_commands.cpp: answers, as drafts
Told teach(Job& job);
Told add(Job& job);
Told publish(Job& job);
Told undo(Job& job);
// alias_command.cpp: what follows "teach alias"
Told teach_alias(Job& job);
// fact_commands.cpp
Told fact(Job& job);

}  // namespace immunobot::staff
