// What the program was told: one table of options for flags, environment and configuration file.
#pragma once

#include "base/error.hpp"
#include "base/language.hpp"

#include <optional>
#include <string>
#include <vector>

namespace immunobot::app {

struct Settings {
    std::string command;                 // "ask", "serve", ...
    std::vector<std::string> arguments;  // of the command
    std::string database = "immunobot.db";
    std::string intents = "intents";
    std::string data = "data";
    std::string config_file;             // empty: none; the channels are read from it as well
    // ask
    std::optional<Language> language;
    bool json = false;                   // of export as well
    bool explain = false;
    std::string batch;
    // test
    std::string junit;
    // publish
    std::string base;
    // import
    bool dry_run = false;
    bool allow_removals = false;
    // serve, healthcheck
    std::string listen = "127.0.0.1:8080";
    unsigned rate_limit = 0;
    unsigned threads = 0;
    std::string log_format = "text";
    int keep_days = 30;
    int conversation_hours = 24;
    std::vector<std::string> origins;
    std::vector<std::string> proxies;
    std::string authorities;
    std::string contact_url;
    std::string privacy_url;
    std::string docs_url;
    std::string public_url;
    bool print_config = false;
    std::string console_listen;          // empty: the console is served with everything else
    int console_idle_minutes = 30;
    std::string staff_proxy_header;
    std::string staff_proxy_secret;      // secret: never shown
    // staff
    std::string role;
    std::string person;                  // at the terminal: who it is
    std::string address = "http://127.0.0.1:8080";  // where the console is seen, for links
    bool verify = false;
    std::string expected_digest;         // of an entry of the audit log
    int days = 90;                       // of a token
    // digest of the week, by itself from serve or by staff digest
    std::string digest_file;
    std::string digest_webhook;          // a credential: never shown
    bool check_links = true;
};

// Reads the command line, with the environment (IMMUNOBOT_...) and a configuration file (--config, TOML) below it.
// The int is an exit code: help was asked for (0), or something was wrong (2) and has been said on stderr.
boost::system::result<Settings, int> parse_command_line(int argc, char const* const* argv);

// The settings as a configuration file, secrets masked.
std::string print_config(Settings const& settings);

}  // namespace immunobot::app
