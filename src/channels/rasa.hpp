// Rasa's REST channel: {"sender", "message"} in, a list of {"recipient_id", "text", "buttons"?} out,
// so that web pages made for Rasa can talk to us. It has no proof of origin; a bearer token can be asked for.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const rasa;

}  // namespace immunobot::channels
