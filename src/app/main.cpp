#include "app/command_line.hpp"
#include "app/commands.hpp"

#include <iterator>
#include <string_view>

namespace {

using immunobot::app::Settings;

struct Command {
    std::string_view name;
    int (*run)(Settings const&);
};

constexpr Command commands[] = {
    {"ask", immunobot::app::ask},
    {"chat", immunobot::app::chat},
    {"serve", immunobot::app::serve},
    {"healthcheck", immunobot::app::healthcheck},
    {"channels", immunobot::app::channels},
    {"import", immunobot::app::import},
    {"export", immunobot::app::export_folder},
    {"publish", immunobot::app::publish},
    {"backup", immunobot::app::backup},
    {"restore", immunobot::app::restore},
    {"migrate", immunobot::app::migrate},
    {"check", immunobot::app::check},
    {"learn", immunobot::app::learn},
    {"test", immunobot::app::test},
    {"staff", immunobot::app::staff_command},
    {"eval", immunobot::app::eval},
};

}  // namespace

int main(int argc, char** argv)
{
    auto const settings = immunobot::app::parse_command_line(argc, argv);
    if (!settings)
        return settings.error();
    for (auto const& command : commands)
        if (command.name == settings->command)
            return command.run(*settings);
    return 2;
}
