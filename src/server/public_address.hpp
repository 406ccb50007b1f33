// Whether an address is one of the open internet. Pure; any thread.
#pragma once

#include <boost/asio/ip/address.hpp>

namespace immunobot::server {

// Not of this machine or a private network, nor of any other range that no public service has.
bool is_public(boost::asio::ip::address const& address);

}  // namespace immunobot::server
