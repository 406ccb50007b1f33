// Microsoft Teams' outgoing webhooks: a message that mentions the webhook in, the answer in the response. The full app
// for Teams goes by the Bot Framework instead.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const teams;

}  // namespace immunobot::channels
