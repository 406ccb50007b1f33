// The wire form of a Reply (JSON object of /api/v1/ask and of `ask --json`).
#pragma once

#include "assistant/reply.hpp"

#include <string>
#include <vector>

namespace immunobot::assistant {

// Appends the JSON text of `reply` to `out`, keys in a fixed order, UTF-8 unescaped.
void append_json(std::string& out, Reply const& reply);
std::string to_json(Reply const& reply);
// "suggestions":[...], as in a Reply.
void append_suggestions(std::string& out, std::vector<Suggestion> const& suggestions);

}  // namespace immunobot::assistant
