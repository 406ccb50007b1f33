#include "console/failure.hpp"

#include <spdlog/spdlog.h>

namespace immunobot::console {

void log_failure(Error const& error)
{
    spdlog::error("a request of the console failed reason=\"{}\"", error.message);
}

}  // namespace immunobot::console
