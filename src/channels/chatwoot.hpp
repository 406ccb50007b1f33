// Chatwoot agent bot: answers visitors while a conversation is pending, which means that the bot has it. Whoever asks for a person
// gets one: the conversation is opened for the agents.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const chatwoot;

}  // namespace immunobot::channels
