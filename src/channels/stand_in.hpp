// Keys for platforms that alone can sign their deliveries: in `immunobot channels test` a pair made for that run stands in for
// theirs, and the server of the test, which nobody else reaches, is told to believe it. Any thread.
#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace immunobot::channels::stand_in {

// Ed25519, both as hex.
std::string public_key();
std::string signature(std::string_view message);

// RSA: the public half as a JWKS document, and a token with these claims.
std::string key_document();
std::string token(boost::json::object const& claims);

}  // namespace immunobot::channels::stand_in
