// Messages as Slack sends them, and the settings with which they are taken.
#pragma once

#include "client.hpp"
#include "running.hpp"

#include "channels/channel.hpp"
#include "channels/signature.hpp"

#include <chrono>
#include <ctime>
#include <string>

namespace immunobot::server {

inline std::string const signing_secret = "signing-secret-for-tests";

inline channels::Settings slack_settings(std::string const& api)
{
    auto settings = channels::Settings::read(channels::channel_named("slack")->settings, [](channels::Setting const&) { return std::string(); });
    settings.set("signing_secret", {signing_secret});
    settings.set("bot_token", {"xoxb-test"});
    settings.set("api", {api});
    return settings;
}

inline ServerOptions slack_options(std::string const& api)
{
    auto options = quiet_options(2);
    options.channels.insert_or_assign("slack", slack_settings(api));
    options.call_patience = std::chrono::milliseconds(300);
    return options;
}

inline std::string signed_post(std::string const& path, std::string const& body, std::string const& type = "application/json")
{
    auto const stamp = std::to_string(std::time(nullptr));
    auto const mac = channels::to_hex(channels::hmac_sha256(signing_secret, "v0:" + stamp + ":" + body));
    return post(path, body, "X-Slack-Request-Timestamp: " + stamp + "\r\nX-Slack-Signature: v0=" + mac + "\r\n", type);
}

// A direct message; `ts` tells it from others.
inline std::string message(std::string const& ts, std::string const& text, std::string const& channel = "D1")
{
    return signed_post("/webhooks/slack/events", R"({"type":"event_callback","team_id":"T1","event_id":"Ev)" + ts +
                                                     R"(","event":{"type":"message","channel_type":"im","user":"U1","text":")" + text + R"(","ts":")" + ts +
                                                     R"(","channel":")" + channel + "\"}}");
}

}  // namespace immunobot::server
