// Which of the command line's options administrators see at the desk, as they were given.
#pragma once

#include "app/command_line.hpp"
#include "staff/desk.hpp"

#include <vector>

namespace immunobot::app {

// Secrets only by whether they are there.
std::vector<staff::Desk::Option> shown_options(Settings const& settings);

}  // namespace immunobot::app
