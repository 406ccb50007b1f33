// Turns the bytes of one connection into requests: finds and checks the header, then takes the body.
// Knows no socket and no clock, so it can be tested and fuzzed with bytes alone. One thread.
#pragma once

#include "server/exchange.hpp"
#include "server/options.hpp"

#include <memory>
#include <span>
#include <vector>

namespace immunobot::server {

// The memory that a connection needs while a request is on its way in; idle connections have none.
struct ReadSpace;

// Keeps ReadSpaces for the connections of one thread.
class ReadSpaces {
public:
    explicit ReadSpaces(Limits const& limits);
    ~ReadSpaces();
    std::unique_ptr<ReadSpace> take();
    void give_back(std::unique_ptr<ReadSpace> space);
    Limits const& limits() const { return limits_; }

private:
    Limits limits_;
    std::vector<std::unique_ptr<ReadSpace>> free_;
};

class RequestReader {
public:
    enum class State {
        idle,        // nothing of a request is here
        head,        // part of a header is here
        head_ready,  // the header is complete and valid: accept_body() or refuse
        body,        // part of a body is here
        ready,       // the request is complete: answer it, then next()
        refused      // refusal() says why; nothing more is read from this connection
    };

    explicit RequestReader(ReadSpaces& spaces);
    ~RequestReader();

    // Where the next bytes from the wire go; never empty while the state is idle, head or body.
    std::span<char> room();
    void received(std::size_t bytes);

    // Gets as far as the bytes allow.
    State advance();
    State state() const { return state_; }

    // In head_ready: goes on to the body, of which at most `most` bytes are taken.
    void accept_body(std::size_t most);
    void accept_body() { accept_body(spaces_.limits().body); }

    // Bytes of the body are here already, or there will be none: no 100 Continue is needed.
    bool body_has_begun() const;

    // In head_ready and ready.
    Request& request();

    Problem refusal() const { return refusal_; }

    // In ready: forgets the request and goes on with what was pipelined behind it.
    void next();

private:
    State refuse(Problem why);
    State find_head();
    State parse_head(std::size_t size);
    State parse_body();

    ReadSpaces& spaces_;
    std::unique_ptr<ReadSpace> space_;
    State state_ = State::idle;
    Problem refusal_ = Problem::none;
};

}  // namespace immunobot::server
