// WhatsApp Cloud API: signed batches of messages in, answers by the Graph API. Statuses, reactions and media are acknowledged.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const whatsapp;

}  // namespace immunobot::channels
