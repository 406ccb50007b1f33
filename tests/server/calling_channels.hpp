// The channels whose answers go by calls, with settings that are made up and their platforms at one address.
#pragma once

#include "running.hpp"

#include "channels/channel.hpp"
#include "fake_platform.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace immunobot::server {

inline std::vector<channels::Channel const*> calling_channels()
{
    std::vector<channels::Channel const*> all;
    for (auto const* channel : channels::all_channels())
        if (channel->address)
            all.push_back(channel);
    return all;
}

// All of them, with their platforms at `address`.
inline ServerOptions options_at(std::string const& address)
{
    auto options = quiet_options();
    options.call_patience = std::chrono::milliseconds(300);
    for (auto const* channel : calling_channels()) {
        auto settings = channels::Settings::read(channel->settings, [](channels::Setting const&) { return std::string(); });
        for (auto const& setting : channel->settings) {
            if (setting.kind == channels::Setting::Kind::address)
                settings.set(setting.name, {address});
            else if (setting.required || setting.name == "bot_token")
                settings.set(setting.name, {"made-up"});
        }
        settings.set("allowed_hosts", {address});
        settings.set("tenant", {"token"});
        options.channels.insert_or_assign(std::string(channel->name), std::move(settings));
    }
    return options;
}

// What a platform says that is asked for a token of ours.
inline FakePlatform::Reaction token_of_platform()
{
    return {200, R"({"token_type":"Bearer","expires_in":3600,"access_token":"t"})"};
}

}  // namespace immunobot::server
