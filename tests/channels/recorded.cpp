#include "recorded.hpp"

#include "channels/signature.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <vector>

namespace immunobot::channels {

namespace json = boost::json;

std::string text(json::value const& value)
{
    return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

std::string text(json::object const& object, std::string_view name)
{
    auto const* value = object.if_contains(name);
    return value && !value->is_null() ? text(*value) : std::string();
}

// Empty when there is no such file.
json::object recorded()
{
    auto const* const named = std::getenv("CHANNEL_VECTORS");
    std::string const path = named && *named ? named : IMMUNOBOT_ROOT "/tests/channels/vectors.json";
    std::ifstream file(path);
    if (!file) {
        std::cout << "skipped: " << path << " is not here\n";
        return {};
    }
    std::stringstream bytes;
    bytes << file.rdbuf();
    return json::parse(bytes.str()).as_object();
}

// The files call some things otherwise than we do.
std::string our_channel(std::string const& name)
{
    return name == "rasa" ? "rest" : name;
}

static std::string our_setting(std::string const& channel, std::string const& name)
{
    static std::map<std::string, std::string> const ours = {
        {"generic.bearer", "secret"}, {"generic.standard_webhooks_secret", "secret"}, {"mattermost.action_hmac_key", "action_key"},
        {"discord.public_key_hex", "public_key"}, {"teams.security_token_b64", "security_token"}, {"openai.api_keys", "key"},
        {"mcp.bearer", "key"}, {"mcp.allowed_hosts", "hosts"}, {"mcp.allowed_origins", "origins"}};
    if (auto const found = ours.find(channel + "." + name); found != ours.end())
        return found->second;
    return name == "max_skew_s" ? "max_skew" : name;
}

static std::vector<std::string> values(json::value const& value)
{
    std::vector<std::string> out;
    if (auto const* array = value.if_array())
        for (auto const& item : *array)
            out.push_back(text(item));
    else
        out.push_back(text(value));
    return out;
}

// What answers need and deliveries do not is made up, and no call leaves this machine.
static void keep_at_home(Channel const& channel, Settings& settings)
{
    for (auto const& setting : channel.settings)
        if (setting.kind == Setting::Kind::address && !(setting.required && settings.has(setting.name)))
            settings.set(setting.name, {"http://127.0.0.1:9"});
    if (settings.has("allowed_hosts"))
        settings.set("allowed_hosts", {"nowhere.invalid"});
    for (auto const missing : settings.missing(channel.settings))
        settings.set(missing, {"made-up"});
}

server::ServerOptions options_of(json::object const& config)
{
    auto options = server::quiet_options();
    for (auto const& [name, members] : config) {
        std::string const channel = our_channel(name);
        std::map<std::string, std::vector<std::string>> given;
        for (auto const& [member, value] : members.as_object()) {
            auto& all = given[our_setting(channel, member)];
            for (auto const& one : values(value))
                all.push_back(one);
            if (member == "allowed_origins")
                for (auto const& origin : values(value))
                    options.allowed_origins.push_back(origin);
        }
        auto const* known = channel_named(channel);
        if (!known)
            continue;
        auto settings = Settings::read(known->settings, [](Setting const&) { return std::string(); });
        for (auto& [setting, all] : given)
            settings.set(setting, std::move(all));
        keep_at_home(*known, settings);
        options.channels.insert_or_assign(channel, std::move(settings));
    }
    return options;
}

std::string body_of(json::object const& vector)
{
    if (auto const* spec = vector.if_contains("body_spec"); spec && spec->is_object()) {
        auto const& parts = spec->as_object();
        std::string body = text(parts, "prefix");
        for (std::int64_t i = 0; i < parts.at("count").to_number<std::int64_t>(); ++i)
            body += text(parts, "unit");
        return body + text(parts, "suffix");
    }
    if (auto const* bytes = vector.if_contains("body_b64"); bytes && bytes->is_string())
        return from_base64(text(*bytes)).value();
    return text(vector, "body");
}

}  // namespace immunobot::channels
