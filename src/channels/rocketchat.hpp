// Rocket.Chat's outgoing webhooks: a message with a trigger word in, the answer in the response.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const rocketchat;

}  // namespace immunobot::channels
