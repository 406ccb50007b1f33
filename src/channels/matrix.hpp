// Matrix application service: the homeserver sends transactions of events, answers go by its client-server API. Rooms with end-to-end
// encryption cannot be served. Whatever is odd about a single event, the transaction is acknowledged: anything else than a 200
// stops the homeserver's queue.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const matrix;

}  // namespace immunobot::channels
