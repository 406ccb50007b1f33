// Google Chat apps over HTTP: interaction events and the events of Workspace add-ons in, the answer in the response.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const googlechat;

}  // namespace immunobot::channels
