// The generic webhook: {"text", "conversation"?, "user"?, "lang"?} in, the Reply and its text out.
// With a secret it takes a bearer token or a Standard Webhooks signature ("whsec_..." secrets).
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const generic;

}  // namespace immunobot::channels
