// What becomes of one delivery of a chat platform: proof, parsing, dedupe, answer, and either the answer in the response or calls
// in the outbox. On the worker's thread.
#pragma once

#include "server/context.hpp"
#include "server/exchange.hpp"
#include "server/routes.hpp"

#include <memory>

namespace immunobot::server {

class Reception {
public:
    // All that it is given outlives it.
    Reception(Context& context, Route const& route, std::shared_ptr<channels::Settings const> settings, Response& response);

    // Fills in the response, and what is to be durable before it goes out and known once it is out (Context::keeping).
    void take(channels::Delivery const& delivery);

private:
    bool proven(channels::Delivery const& delivery);
    // False: the response says why the delivery as a whole has failed; the platform sends it again.
    bool take_message(channels::Incoming& message);
    bool finish_message(channels::Incoming& message, std::string const& key);
    Result<bool> is_unwanted(channels::Incoming const& message);
    bool answer_message(channels::Incoming& message);
    bool keep(channels::Incoming const& message, assistant::Reply const& reply, bool greets);
    void keep_once_written(channels::Incoming const& message, knowledge::Arrival& arrival);
    bool fail(Error const& error);
    // Puts into a look-up what of it can be shared.
    Result<assistant::Reply> reply_to(channels::Incoming& message);
    // What a member of the staff wants done; nothing if it is a message like any other.
    std::optional<StaffOrder> order_in(channels::Incoming const& message) const;
    assistant::Reply staff_reply(staff::Told const& told);
    Result<assistant::Reply> look_up(channels::Incoming& message);
    Result<bool> knows(knowledge::Outbox& outbox, std::string_view key) const;
    Result<bool> greets(channels::Incoming const& message);
    std::string key_of(channels::Incoming const& message) const;
    // By which it is known after a restart; empty: it is not.
    std::string lasting_key_of(channels::Incoming const& message) const;
    std::string note_key(std::string_view note) const;
    // Two machines that answer one another.
    bool runs_away(channels::Incoming const& message);

    Context& context_;
    Route const& at_;
    channels::Channel const& channel_;
    channels::Route const& route_;
    std::shared_ptr<channels::Settings const> settings_;
    Response& response_;
};

// The response to a delivery, once it is known whether what it brought was taken.
void conclude(Shared& shared, Keeping const& keeping, Result<bool> const& taken, Response& response);

// The response to a delivery that came while the same was being answered, once that has ended; nothing: it has failed.
void conclude(Keeping const& keeping, std::optional<std::string> const& answer, Response& response);

// The answer of a channel as the response.
void put(channels::HttpAnswer const& answer, Response& response);

}  // namespace immunobot::server
