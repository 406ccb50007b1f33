// Messenger of a Facebook page: signed batches of messages in, answers by the Send API. Echoes, receipts and what other apps
// are handling (standby) are acknowledged.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const messenger;

}  // namespace immunobot::channels
