// The real bot with staff, behind a real server, over a small made-up knowledge: chats of all channels, an outbox that is not
// emptied, accounts of all roles.
#pragma once

#include "client.hpp"
#include "desk_world.hpp"
#include "knowledge/outbox.hpp"
#include "server/assistant_backend.hpp"
#include "server/server.hpp"
#include "console/console.hpp"
#include "staff/commands.hpp"

#include <memory>
#include <string>

namespace immunobot::server {

struct StaffWorld : staff::tests::World {
    StaffWorld()
    {
        for (auto const role : staff::all_roles()) {
            std::string const email = std::string(staff::name(role)) + "@example.org";
            knowledge::Account const account{0, email, email, std::string(staff::name(role)), {}, false, 0, 0};
            desk->store.with([&](auto& store) { REQUIRE(store.invite(account, {}, 0, {"test", "test", "invite"})); });
        }
        services = AssistantServices::create(*bot, *journal, database).value();
        outbox = knowledge::Outbox::open(database).value();
        services->deliver_through(*outbox);
        services->show(console);
        services->obey(commands);
    }

    void start(ConfiguredChannels const& channels)
    {
        ServerOptions options;
        options.port = 0;
        options.threads = 1;
        options.access_log = false;
        options.deliver = false;
        options.channels = channels;
        server = Server::start(options, *services).value();
    }

    Answer ask(std::string_view request) const { return Client(server->port()).ask(request); }

    // What waits to be sent to the platform of a channel.
    std::string sent(std::string_view channel) const
    {
        std::string all;
        auto const calls = outbox->due(channel, 4'000'000'000, 100).value();
        for (auto const& call : calls)
            all += call.target + ' ' + call.body + '\n';
        return all;
    }

    console::Console console{*desk};
    staff::Commands commands{*desk};
    std::unique_ptr<AssistantServices> services;
    std::unique_ptr<knowledge::Outbox> outbox;
    std::unique_ptr<Server> server;
};

inline knowledge::Answer gate_code()
{
    auto answer = staff::tests::answer_about_parking();
    answer.entry.id = "gate";
    answer.entry.questions_en = {"What is the gate code?", "zebra"};
    answer.entry.questions_fr = {"Quel est le code du portail ?", "code du portail"};
    answer.entry.answer = {"The gate code is zebra-4711.", "Le code du portail est zebra-4711."};
    answer.staff_only = true;
    return answer;
}

}  // namespace immunobot::server
