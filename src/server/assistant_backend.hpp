// The real backend: questions go to the assistant, look-ups to the database, everything that is to be
// remembered to the journal.
#pragma once

#include "server/backend.hpp"
#include "server/catalogue.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace immunobot::assistant {
class Assistant;
}

namespace immunobot::server {

class AssistantServices : public Services {
public:
    // All three outlive it. Fails with Errc::storage when `database` cannot be read.
    static Result<std::unique_ptr<AssistantServices>> create(assistant::Assistant& assistant,
                                                             knowledge::Journal& journal, std::string database);

    Result<std::unique_ptr<Backend>> backend() override;
    Health health() const override;  // tries the database
    knowledge::Journal::Counters journal() const override;
    knowledge::Outbox* outbox() override { return outbox_; }
    // Before the server starts; `outbox` outlives it.
    void deliver_through(knowledge::Outbox& outbox) { outbox_ = &outbox; }
    console::Console* console() override { return console_; }

    staff::Commands* staff_commands() override { return commands_; }

    // Before the server starts; they must outlive it.
    void show(console::Console& console) { console_ = &console; }
    void obey(staff::Commands& commands) { commands_ = &commands; }

private:
    AssistantServices(assistant::Assistant& assistant, knowledge::Journal& journal, std::string database,
                      knowledge::Reader probe);

    assistant::Assistant& assistant_;
    knowledge::Journal& journal_;
    knowledge::Outbox* outbox_ = nullptr;
    std::string database_;
    Catalogues catalogues_;
    console::Console* console_ = nullptr;
    staff::Commands* commands_ = nullptr;
    mutable std::mutex mutex_;
    mutable knowledge::Reader probe_;  // under mutex_
};

}  // namespace immunobot::server
