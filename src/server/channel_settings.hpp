// What each channel is set to, exchangeable while the server runs. Any thread.
#pragma once

#include "channels/channel.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace immunobot::server {

// By the names of the channels; one that is missing has its defaults.
using ConfiguredChannels = std::map<std::string, channels::Settings>;

class ChannelSettings {
public:
    explicit ChannelSettings(ConfiguredChannels const& configured);

    // Those who are answering meanwhile end with what they began with.
    void replace(ConfiguredChannels const& configured);

    // Never null.
    std::shared_ptr<channels::Settings const> of(channels::Channel const& channel) const;
    // All that it requires is set.
    bool is_on(channels::Channel const& channel) const;

private:
    struct Entry {
        std::shared_ptr<channels::Settings const> settings;
        bool on = false;
    };
    using Entries = std::map<channels::Channel const*, Entry>;
    std::shared_ptr<Entries const> now() const;

    mutable std::mutex mutex_;
    std::shared_ptr<Entries const> entries_;
};

}  // namespace immunobot::server
