// The stream of a Direct Line conversation: a WebSocket through which a page is told what is new as soon as it is said,
// instead of asking. What a page says it posts; of what it sends here only that it is alive counts.
//
// On the worker's thread. A stream ends when its page goes or falls silent, sends more or larger messages than pages have
// reason to, when its time is over (the page comes again with what it has seen, its watermark) or its conversation is gone.
// A page that takes what it is told slowly is told the rest later; nothing is kept for it but what the conversation keeps.
#pragma once

#include "server/context.hpp"
#include "server/exchange.hpp"
#include "server/sockets.hpp"

#include <memory>

namespace immunobot::server {

class DirectLineStream {
public:
    virtual ~DirectLineStream() = default;

    // The server stops: tells the page to come again.
    virtual void finish() = 0;
    // At once, without a word.
    virtual void close() = 0;
};

// Whether the request is one by which a WebSocket begins.
bool asks_for_stream(Request const& request);

// Answers `request`, which asks_for_stream(), and goes on by itself for as long as the stream lasts. `shared` outlives it.
std::shared_ptr<DirectLineStream> start_stream(Socket socket, Shared& shared, Request const& request, StreamStart const& start);

}  // namespace immunobot::server
