// A backend without knowledge: it answers at once, and misbehaves when asked to.
#pragma once

#include "server/backend.hpp"

#include <atomic>
#include <string>

namespace immunobot::server {

// What the questions do: "throw" throws, "storage" fails, "slow" takes 300 ms, "long" gets 1,200 characters;
// everything else is echoed in the answer as length only, so that nothing leaks through the fake itself.
class FakeServices : public Services {
public:
    Result<std::unique_ptr<Backend>> backend() override;
    Health health() const override;
    knowledge::Journal::Counters journal() const override;
    knowledge::Outbox* outbox() override { return box.get(); }

    std::atomic<int> questions{0};
    std::atomic<int> looked_up{0};
    std::atomic<bool> page_forgotten{false};   // the conversation "page:0123456789abcdef0123456789abcdef"
    std::atomic<bool> broken_intents{false};
    std::atomic<bool> ready{true};
    std::unique_ptr<knowledge::Outbox> box;   // none, unless a test brings one
};

}  // namespace immunobot::server
