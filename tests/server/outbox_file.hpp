// A database of its own for one test, with an outbox in it.
#pragma once

#include "knowledge/outbox.hpp"
#include "knowledge/schema.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

namespace immunobot::server {

class TemporaryOutbox {
public:
    TemporaryOutbox()
    {
        std::string name = (std::filesystem::temp_directory_path() / "immunobot-outbox-XXXXXX").string();
        folder_ = mkdtemp(name.data());
        path = folder_ / "bot.db";
        static_cast<void>(knowledge::migrate(path.string()).value());
    }
    ~TemporaryOutbox()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    TemporaryOutbox(TemporaryOutbox const&) = delete;
    TemporaryOutbox& operator=(TemporaryOutbox const&) = delete;

    std::unique_ptr<knowledge::Outbox> open(std::function<std::int64_t()> clock = {}) const
    {
        knowledge::OutboxOptions options;
        options.clock = std::move(clock);
        return knowledge::Outbox::open(path.string(), std::move(options)).value();
    }

    std::filesystem::path path;

private:
    std::filesystem::path folder_;
};

// Within 20 s, in which whatever goes wrong at first is long tried again.
inline bool becomes_empty(knowledge::Outbox& outbox)
{
    for (int i = 0; i < 2000 && outbox.waiting() > 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return outbox.waiting() == 0;
}

}  // namespace immunobot::server
