// OpenAI's chat completions, the way that AI clients and chat front ends ask: requests read, replies written in exactly
// its shapes, whole or as the events of a stream.
//
// What counts of a chat is its last user message. The user messages before it only tell which conversation it
// continues; what the client puts into other roles (its instructions, what it took for our answers) is never read.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const openai;

}  // namespace immunobot::channels
