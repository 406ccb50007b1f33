// immunobot channels: what is on, off and why; a sample through the whole path; what could not be delivered.

#include "app/channel_config.hpp"
#include "app/commands.hpp"
#include "base/date.hpp"
#include "base/local_time.hpp"
#include "knowledge/outbox.hpp"
#include "knowledge/schema.hpp"
#include "server/assistant_backend.hpp"
#include "server/server.hpp"
#include "server/web_call.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstdio>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <limits>

namespace immunobot::app {
namespace {

using channels::Channel;
using channels::Setting;

constexpr std::size_t most_letters = 100;
constexpr std::string_view usual_question = "What is the CIML?";

// Whether deliveries must prove where they come from.
bool is_open(Channel const& channel, channels::Settings const& settings)
{
    auto const secret = [&](Setting const& one) { return one.kind == Setting::Kind::secret && settings.has(one.name); };
    return channel.own_contract && std::ranges::none_of(channel.settings, secret);
}

std::string state(Channel const& channel, channels::Settings const& settings)
{
    auto const missing = settings.missing(channel.settings);
    if (missing.empty())
        return is_open(channel, settings) ? "on, open to everybody" : "on";
    std::string text = "off: not set:";
    for (auto const name : missing)
        text += " " + environment_name(channel.name, name);
    return text;
}

int list(server::ConfiguredChannels const& configured)
{
    for (auto const* channel : channels::all_channels())
        std::cout << std::left << std::setw(14) << channel->name << state(*channel, configured.at(std::string(channel->name))) << '\n';
    return 0;
}

std::string shown(Setting const& setting, channels::Settings const& settings)
{
    if (!settings.has(setting.name))
        return setting.required ? "not set (required)" : "not set";
    if (setting.kind == Setting::Kind::secret)
        return std::to_string(settings.all(setting.name).size()) + " set (hidden)";
    std::string all;
    for (auto const& value : settings.all(setting.name))
        all += (all.empty() ? "" : ",") + value;
    return all;
}

int describe(Channel const& channel, channels::Settings const& settings)
{
    constexpr std::string_view methods[] = {"GET", "POST", "PUT"};
    std::cout << channel.title << ": " << state(channel, settings) << "\n\naddresses\n";
    for (auto const& route : channel.routes)
        std::cout << "  " << std::left << std::setw(5) << methods[static_cast<std::size_t>(route.method)] << route.path << '\n';
    std::cout << "\nsettings\n";
    for (auto const& setting : channel.settings)
        std::cout << "  " << environment_name(channel.name, setting.name) << " = " << shown(setting, settings) << "\n      " << setting.help << '\n';
    return 0;
}

// A database for what the sample leaves behind.
struct Scratch {
    Scratch()
    {
        std::string name = (std::filesystem::temp_directory_path() / "immunobot-test-XXXXXX").string();
        if (mkdtemp(name.data()))
            folder = name;
    }
    ~Scratch()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    std::string file() const { return (folder / "test.db").string(); }
    std::filesystem::path folder;
};

Result<server::WebAnswer> send(Channel::Sample const& sample, std::uint16_t port)
{
    constexpr std::string_view methods[] = {"GET", "POST", "PUT"};
    server::WebCall call;
    call.method = methods[static_cast<std::size_t>(sample.method)];
    call.url = "http://127.0.0.1:" + std::to_string(port) + sample.target;
    call.fields = sample.fields;
    call.content_type = sample.content_type;
    call.body = sample.body;
    call.private_allowed = true;
    return server::call_and_wait(std::move(call));
}

int tell_answer(Channel::Sample const& sample, std::uint16_t port)
{
    auto const answer = send(sample, port);
    if (!answer)
        return explain(answer.error());
    std::cout << "status " << answer->status << '\n';
    if (!answer->body.empty())
        std::cout << answer->body << '\n';
    return answer->status >= 200 && answer->status < 300 ? 0 : 1;
}

void tell_calls(Channel const& channel, channels::Settings const& settings, knowledge::Outbox& outbox)
{
    auto const calls = outbox.due(channel.name, std::numeric_limits<std::int64_t>::max(), most_letters);
    if (!calls || calls->empty()) {
        std::cout << "nothing would be sent\n";
        return;
    }
    for (auto const& call : *calls) {
        auto const address = channel.address({call.method, call.target, call.body, {}, call.key}, settings, "");
        std::cout << "would be sent: " << call.method << ' ' << address.url << '\n' << call.body << '\n';
    }
}

// The real way from the socket to the call that would be made, on a server of its own; nothing leaves this machine.
int test(Settings const& settings, server::ConfiguredChannels configured, Channel const& channel)
{
    auto& own = configured.at(std::string(channel.name));
    if (!own.missing(channel.settings).empty())
        return explain({Errc::bad_option, std::string(channel.name) + " is " + state(channel, own), "see docs/channels"});
    if (channel.stand_in)
        channel.stand_in(own);
    auto const question = settings.arguments.size() > 2 ? settings.arguments[2] : std::string(usual_question);
    auto const sample = channel.sample(own, question, seconds_now());
    if (!sample)
        return explain({Errc::bad_option, "no sample can be signed with the settings of " + std::string(channel.title),
                        "docs/channels/" + std::string(channel.name) + ".md says what they have to be"});
    auto const bot = open_assistant(settings);
    if (!bot)
        return explain(bot.error());
    Scratch const scratch;
    if (auto const made = knowledge::migrate(scratch.file()); !made)
        return explain(made.error());
    auto outbox = knowledge::Outbox::open(scratch.file());
    if (!outbox)
        return explain(outbox.error());
    knowledge::JournalOptions nothing;
    nothing.keep_days = 0;
    auto journal = knowledge::Journal::open(scratch.file(), nothing);
    if (!journal)
        return explain(journal.error());
    auto services = server::AssistantServices::create(**bot, **journal, settings.database);
    if (!services)
        return explain(services.error());
    (*services)->deliver_through(**outbox);
    server::ServerOptions options;
    options.port = 0;
    options.threads = 1;
    options.access_log = false;
    options.deliver = false;
    options.channels = configured;
    auto http = server::Server::start(options, **services);
    if (!http)
        return explain(http.error());
    std::cout << "asked: " << question << '\n';
    if (channel.stand_in && !channel.own_contract)
        std::cout << "signed with a key of this test in the platform's place\n";
    int result = tell_answer(*sample, (*http)->port());
    for (auto const& next : sample->then)
        result = result == 0 ? tell_answer(next, (*http)->port()) : result;
    (*http)->stop();
    if (channel.compose)
        tell_calls(channel, own, **outbox);
    return result;
}

// "2026-11-25 09:30", by the clocks of this machine.
std::string day_and_time(std::int64_t seconds)
{
    auto const there = local_time(seconds);
    char clock[16];
    std::snprintf(clock, sizeof clock, " %02d:%02d", there.hour, there.minute);
    return to_string(there.day) + clock;
}

int tell_dead_letters(knowledge::Outbox& outbox)
{
    auto const letters = outbox.dead_letters(most_letters);
    if (!letters)
        return explain(letters.error());
    for (auto const& letter : *letters)
        std::cout << letter.id << '\t' << letter.channel << '\t' << day_and_time(letter.made_at) << '\t' << letter.attempts << " attempts\t" << letter.why << '\n';
    std::cout << letters->size() << " answers could not be delivered\n";
    return 0;
}

// dead, retry ID, discard ID
int tend_dead_letters(Settings const& settings, std::string const& action)
{
    auto const outbox = knowledge::Outbox::open(settings.database);
    if (!outbox)
        return explain(outbox.error());
    if (action == "dead")
        return tell_dead_letters(**outbox);
    std::string const text = settings.arguments.size() > 1 ? settings.arguments[1] : std::string();
    std::int64_t id = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), id).ptr != text.data() + text.size() || text.empty())
        return explain({Errc::bad_option, action + " needs the number of a dead letter", "immunobot channels dead lists them"});
    auto const done = action == "retry" ? (*outbox)->revive(id) : (*outbox)->discard(id);
    return done ? 0 : explain(done.error());
}

}  // namespace

int channels(Settings const& settings)
{
    auto const& words = settings.arguments;
    if (!words.empty() && (words[0] == "dead" || words[0] == "retry" || words[0] == "discard"))
        return tend_dead_letters(settings, words[0]);
    auto const configured = read_channels(settings.config_file);
    if (!configured)
        return explain(configured.error());
    if (words.empty())
        return list(*configured);
    bool const testing = words[0] == "test";
    std::string const name = !testing ? words[0] : words.size() > 1 ? words[1] : std::string();
    auto const* channel = channels::channel_named(name);
    if (!channel)
        return explain({Errc::not_found, "there is no channel \"" + name + "\"", "immunobot channels lists them"});
    return testing ? test(settings, *configured, *channel) : describe(*channel, configured->at(name));
}

}  // namespace immunobot::app
