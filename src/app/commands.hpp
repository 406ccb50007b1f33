// The commands of the program. Each returns the exit code: 0 done, 1 failed (said on stderr), 2 used wrongly.
#pragma once

#include "app/command_line.hpp"
#include "assistant/assistant.hpp"

#include <memory>

namespace immunobot::app {

int ask(Settings const& settings);
int chat(Settings const& settings);
int serve(Settings const& settings);
int healthcheck(Settings const& settings);
int channels(Settings const& settings);
int import(Settings const& settings);
int export_folder(Settings const& settings);
int publish(Settings const& settings);
int backup(Settings const& settings);
int restore(Settings const& settings);
int migrate(Settings const& settings);
int check(Settings const& settings);
int learn(Settings const& settings);
int test(Settings const& settings);
int eval(Settings const& settings);
int staff_command(Settings const& settings);

// Says what failed and what to do, on stderr; 1.
int explain(Error const& error);

// Makes the database from the data folder when there is none yet.
Result<> make_database(Settings const& settings);

// Opens the assistant; makes the database from the data folder when there is none yet.
Result<std::unique_ptr<assistant::Assistant>> open_assistant(Settings const& settings);

}  // namespace immunobot::app
