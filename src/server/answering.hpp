// Asks the backend, notes what came of it, and hands the reply on: shared by the API and the webhooks.
#pragma once

#include "server/context.hpp"
#include "server/exchange.hpp"

namespace immunobot::server {

// The reply to `question`, counted and noted; fails like Backend::answer.
Result<assistant::Reply> answer(Context& context, assistant::Question const& question);

}  // namespace immunobot::server
