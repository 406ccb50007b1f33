// Mattermost: outgoing webhooks, slash commands and the buttons below answers; all are answered in the response.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const mattermost;

}  // namespace immunobot::channels
