// One answer to what is sent again: webhook deliveries, and questions that a page repeats after a broken connection.
#pragma once

#include "server/deliveries.hpp"
#include "server/exchange.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace immunobot::server {

// Notes the outcome even when the answer throws, so that the sender may try again.
class Attempt {
public:
    Attempt(Deliveries& deliveries, std::string_view key) : deliveries_(deliveries), key_(key) {}
    Attempt(Attempt const&) = delete;
    Attempt& operator=(Attempt const&) = delete;
    ~Attempt()
    {
        if (!open_)
            deliveries_.finish(key_, answer_);
    }
    void keep(std::string_view answer) { answer_ = answer; }
    // It goes on elsewhere: somebody else tells how it ended.
    void leave_open() { open_ = true; }

private:
    Deliveries& deliveries_;
    std::string_view key_;
    std::optional<std::string_view> answer_;
    bool open_ = false;
};

// Lets `make` fill in the response, unless an answer with this key was given already: then it is that one. While the
// first is under way, the second is told to come back. An empty key is never the same as another.
template <class Make>
void answer_once(Deliveries& deliveries, std::string const& key, Response& response, Make const& make)
{
    if (key.empty())
        return make();
    auto seen = deliveries.begin(key, std::chrono::steady_clock::now());
    if (seen.seen == Deliveries::Seen::answered) {
        response.body = std::move(seen.answer);
        return;
    }
    if (seen.seen == Deliveries::Seen::in_progress) {
        response.fail(Problem::duplicate);
        return response.add_field("Retry-After", "1");
    }
    Attempt attempt(deliveries, key);
    make();
    if (response.status == 200)
        attempt.keep(response.body);
}

}  // namespace immunobot::server
