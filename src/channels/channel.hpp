// One chat platform: how its deliveries are authenticated and read, and how a reply is written for it.
// Pure functions; any thread. A new platform is one file with a Channel in it and one row in channels.cpp.
#pragma once

#include "assistant/question.hpp"
#include "assistant/reply.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::channels {

struct Header {
    std::string_view name;
    std::string_view value;
};

// A webhook call as it came: views that live as long as the call.
struct Delivery {
    std::string_view body;            // the raw bytes
    std::span<Header const> headers;  // names in any case
    std::int64_t now = 0;             // seconds since 1970, for time stamps in signatures
};

// How often a header occurs, and its first value.
struct FoundHeader {
    std::size_t count = 0;
    std::string_view value;
};
FoundHeader find_header(Delivery const& delivery, std::string_view lower_case_name);

// What the operator configured for a channel. Several secrets may hold at once, so that one can be
// exchanged for another without a gap. None: the channel is open to everybody.
struct Settings {
    std::vector<std::string> secrets;
};

// A delivery that was read.
struct Incoming {
    assistant::Question question;
    std::string recipient;   // whom the answer names, on channels whose answers name somebody
    bool silent = false;     // valid, but asks nothing: acknowledged with Channel::silence
};

struct Channel {
    std::string_view name;   // also Question::channel
    std::string_view path;   // POST goes here
    // Whether it comes from who holds one of the secrets. Asked before anything of the body is read.
    bool (*authentic)(Delivery const&, Settings const&);
    // Identifies the delivery, when the sender repeats it until it is acknowledged; empty if it has no such id.
    std::string_view (*delivery_id)(Delivery const&);
    // Fails with Errc::bad_request and a message fit for the sender.
    Result<Incoming> (*parse)(Delivery const&);
    void (*render)(std::string& out, Incoming const&, assistant::Reply const&);
    std::string_view silence;  // the body that acknowledges without answering
};

// All channels, in the order of the table in channels.cpp.
std::span<Channel const* const> all_channels();

}  // namespace immunobot::channels
