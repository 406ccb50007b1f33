// What went wrong here, and not with whoever asked. The page does not show it.
#pragma once

#include "base/error.hpp"

namespace immunobot::console {

// Into the log of the server, for whoever runs it. Any thread.
void log_failure(Error const& error);

}  // namespace immunobot::console
