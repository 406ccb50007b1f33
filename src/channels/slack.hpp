// Slack: the Events API, slash commands and buttons. Events and buttons are answered by calls (chat.postMessage, response_url),
// commands in the response. Every delivery but the check of the certificate is signed over its raw bytes.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

extern Channel const slack;

// The text of a Slack message as people read it: entities decoded, links as their labels, mentions left out.
std::string slack_text(std::string_view text);

}  // namespace immunobot::channels
