// Discord's interactions: commands and buttons in, the answer in the response. No bot token and no gateway are needed.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const discord;

}  // namespace immunobot::channels
