#include "app/channel_config.hpp"

#include "base/diagnostic.hpp"
#include "channels/channel.hpp"
#include "server/web_address.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

namespace immunobot::app {
namespace {

using channels::Channel;
using channels::Setting;

constexpr std::size_t longest_secret_file = 64 * 1024;

// "slack.signing_secret" -> its values, joined with commas.
using Sections = std::map<std::string, std::string, std::less<>>;

Setting const* find_setting(Channel const& channel, std::string_view name)
{
    for (auto const& setting : channel.settings)
        if (setting.name == name)
            return &setting;
    return nullptr;
}

Error unknown_setting(Channel const& channel, std::string const& name, std::string const& file)
{
    std::vector<std::string_view> names;
    for (auto const& setting : channel.settings)
        names.push_back(setting.name);
    auto const near = nearest(name, names);
    return {Errc::bad_option, file + ": the channel " + std::string(channel.name) + " has no setting \"" + name + "\"",
            near.empty() ? "immunobot channels " + std::string(channel.name) + " lists them" : "is \"" + std::string(near) + "\" meant?"};
}

Result<Sections> read_sections(std::string const& file)
{
    Sections sections;
    if (file.empty())
        return sections;
    try {
        for (auto const& item : CLI::ConfigTOML().from_file(file)) {
            auto const* channel = item.parents.size() == 1 ? channels::channel_named(item.parents.front()) : nullptr;
            if (!channel || item.name == "++" || item.name == "--")   // where a section begins and ends
                continue;
            if (!find_setting(*channel, item.name))
                return unknown_setting(*channel, item.name, file);
            auto& joined = sections[item.parents.front() + "." + item.name];
            for (auto const& value : item.inputs)
                joined += (joined.empty() ? "" : ",") + value;
        }
    } catch (CLI::Error const& problem) {
        return Error{Errc::bad_option, file + ": " + problem.what(), "see docs/operations.md"};
    }
    return sections;
}

Result<std::string> content_of(std::string const& path, std::string const& variable)
{
    std::ifstream file(path, std::ios::binary);
    std::string bytes(longest_secret_file + 1, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    if (file.bad() || bytes.empty() || bytes.size() > longest_secret_file)
        return Error{Errc::bad_option, "the file that " + variable + " names cannot be read", "it holds the value alone, and several on lines of their own"};
    for (char& c : bytes)
        if (c == '\n' || c == '\r')
            c = ',';   // an old and a new secret
    while (bytes.ends_with(','))
        bytes.pop_back();
    return bytes;
}

Result<std::string> value_of(Channel const& channel, Setting const& setting, Sections const& sections)
{
    auto const variable = environment_name(channel.name, setting.name);
    if (auto const* const value = std::getenv(variable.c_str()); value && *value)
        return std::string(value);
    auto const file_variable = variable + "_FILE";
    if (auto const* const path = std::getenv(file_variable.c_str()); path && *path)
        return content_of(path, file_variable);
    auto const found = sections.find(std::string(channel.name) + "." + std::string(setting.name));
    return found == sections.end() ? std::string() : found->second;
}

Result<> check(Channel const& channel, channels::Settings const& settings)
{
    for (auto const& setting : channel.settings)
        if (setting.kind == Setting::Kind::address && settings.has(setting.name) && !server::parse_web_address(settings.one(setting.name)))
            return Error{Errc::bad_option, "the setting \"" + std::string(setting.name) + "\" of the channel " + std::string(channel.name) + " is no address",
                         "for example https://www.example.org"};
    return {};
}

}  // namespace

std::string environment_name(std::string_view channel, std::string_view setting)
{
    std::string name = "IMMUNOBOT_" + std::string(channel) + "_" + std::string(setting);
    for (char& c : name)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return name;
}

Result<server::ConfiguredChannels> read_channels(std::string const& config_file)
{
    auto const sections = read_sections(config_file);
    if (!sections)
        return sections.error();
    server::ConfiguredChannels configured;
    for (auto const* channel : channels::all_channels()) {
        Result<> last;
        auto settings = channels::Settings::read(channel->settings, [&](Setting const& setting) {
            auto value = value_of(*channel, setting, *sections);
            if (!value)
                last = value.error();
            return value ? std::move(*value) : std::string();
        });
        if (last)
            last = check(*channel, settings);
        if (!last)
            return last.error();
        configured.insert_or_assign(std::string(channel->name), std::move(settings));
    }
    return configured;
}

}  // namespace immunobot::app
