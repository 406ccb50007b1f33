#include "server/channel_settings.hpp"

namespace immunobot::server {
namespace {

channels::Settings defaults(channels::Channel const& channel)
{
    return channels::Settings::read(channel.settings, [](channels::Setting const&) { return std::string(); });
}

}  // namespace

ChannelSettings::ChannelSettings(ConfiguredChannels const& configured)
{
    replace(configured);
}

void ChannelSettings::replace(ConfiguredChannels const& configured)
{
    auto fresh = std::make_shared<Entries>();
    for (auto const* channel : channels::all_channels()) {
        auto const found = configured.find(std::string(channel->name));
        auto settings = std::make_shared<channels::Settings const>(found == configured.end() ? defaults(*channel) : found->second);
        bool const on = settings->missing(channel->settings).empty();
        fresh->emplace(channel, Entry{std::move(settings), on});
    }
    std::lock_guard const lock(mutex_);
    entries_ = std::move(fresh);
}

std::shared_ptr<ChannelSettings::Entries const> ChannelSettings::now() const
{
    std::lock_guard const lock(mutex_);
    return entries_;
}

std::shared_ptr<channels::Settings const> ChannelSettings::of(channels::Channel const& channel) const
{
    return now()->at(&channel).settings;
}

bool ChannelSettings::is_on(channels::Channel const& channel) const
{
    return now()->at(&channel).on;
}

}  // namespace immunobot::server
