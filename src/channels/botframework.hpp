// Microsoft Bot Framework: activities of Teams, Web Chat and the other channels of an Azure bot. Deliveries carry a token signed by
// Microsoft; answers go to the service that the token names, with a token of ours.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const botframework;

}  // namespace immunobot::channels
