// What the environment and the configuration file say of the channels.
#pragma once

#include "base/error.hpp"
#include "channels/settings.hpp"
#include "server/channel_settings.hpp"

#include <string>
#include <string_view>

namespace immunobot::app {

// IMMUNOBOT_SLACK_SIGNING_SECRET for the setting "signing_secret" of the channel "slack".
std::string environment_name(std::string_view channel, std::string_view setting);

// For each setting of each channel: the environment variable; else the content of the file that the variable with _FILE behind its
// name names; else what stands in the section of the channel of the configuration file (empty: there is none).
// Fails with Errc::bad_option for a file that cannot be read, a setting that the channel does not have, and an address that is none.
Result<server::ConfiguredChannels> read_channels(std::string const& config_file);

}  // namespace immunobot::app
