// Zulip's outgoing webhooks: a mention or a direct message in, the answer in the response. Bots of both interfaces, the
// generic one and the Slack-compatible one, are served.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const zulip;

}  // namespace immunobot::channels
