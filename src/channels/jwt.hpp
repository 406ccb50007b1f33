// JSON Web Tokens as platforms sign their deliveries with: RSA with SHA-2, by a key of a JWKS document. Pure; any thread.
#pragma once

#include "channels/channel.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <string_view>

namespace immunobot::channels {

struct CheckedToken {
    // holds: signed by a key of the document that the token names, and now within its time. unknown_key: it names none of
    // them. not_now: there is no document yet.
    Proof proof = Proof::fails;
    boost::json::value claims = {};   // an object; both only when it holds
    boost::json::value key = {};      // the entry of the document, with what else the platform says of it
};

// `skew`: seconds that the clocks may differ. Algorithms other than RS256, RS384 and RS512, keys below 2048 bits, and keys
// that the token itself brings along are refused. The claims about issuer and audience are for the caller to check.
CheckedToken check_token(std::string_view token, std::string_view jwks, std::int64_t now, std::int64_t skew);

// Whether the audience of the claims (a text or a list) has `audience` in it; an empty one never is.
bool is_for(boost::json::value const& claims, std::string_view audience);

}  // namespace immunobot::channels
