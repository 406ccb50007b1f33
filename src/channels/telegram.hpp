// Telegram's Bot API: updates in, the answer as the method call in the response. With the bot's token the buttons are
// answered by calls instead, so that they stop showing that they wait.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const telegram;

}  // namespace immunobot::channels
