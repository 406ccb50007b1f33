// What the courier fetches from a platform before it can call it or believe it: a token, public keys. On the courier's thread.
#pragma once

#include "channels/channel.hpp"
#include "server/platform_keys.hpp"
#include "server/web_client.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace immunobot::server {

struct FetchedToken {
    std::string token;
    std::int64_t lifetime = 0;   // seconds
};
// Errc::busy when the platform gives none now. Both parameters outlive the call.
boost::asio::awaitable<Result<FetchedToken>> fetch_token(WebClient& client, channels::TokenRequest const& request);

// Puts the public keys of the channel's platform where they belong; nothing, if they cannot be had now.
boost::asio::awaitable<void> put_fetched_keys(WebClient* client, channels::Channel const* channel, std::shared_ptr<channels::Settings const> settings,
                                              PlatformKeys* keys);

}  // namespace immunobot::server
