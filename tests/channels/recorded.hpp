// Recorded deliveries: the file that CHANNEL_VECTORS names, or else our own; and a server that is set as it says.
#pragma once

#include "running.hpp"

#include "channels/channel.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace immunobot::channels {

// A text as it is, anything else as JSON; empty for a member that is not there or null.
std::string text(boost::json::value const& value);
std::string text(boost::json::object const& object, std::string_view name);

// Empty, and a line says why, when there is no such file.
boost::json::object recorded();

// The files call some channels otherwise than we do.
std::string our_channel(std::string const& name);

// The server with the channels of "config"; no call leaves this machine.
server::ServerOptions options_of(boost::json::object const& config);

// The body of a vector, however it is written down.
std::string body_of(boost::json::object const& vector);

}  // namespace immunobot::channels
