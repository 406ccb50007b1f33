// From a request to its response: route, limits, CORS, handler, counters, log line. No sockets.
// One per worker thread.
#pragma once

#include "server/context.hpp"
#include "console/console.hpp"
#include "server/routes.hpp"

#include <functional>

namespace immunobot::server {

// An answer that waits until what it acknowledges is durable, and until the same delivery, which came before, is answered.
struct HeldAnswer {
    Keeping keeping;
    Response response;
    AnswerNote note;
    Match match;
    std::chrono::steady_clock::time_point begin;
};

class Front {
public:
    Front(Shared& shared, std::unique_ptr<Backend> backend, Metrics& metrics);

    // Called when only the header is here: false if the body is not worth reading; the response then
    // says why, and ends the connection.
    bool wants_body(Request const& request, Response& response);

    // How many bytes of body the route of the request takes.
    std::size_t body_limit(Request const& request) const;

    // Fills in the response. Never throws.
    void answer(Request const& request, ClientAddress const& peer, Response& response);

    // Whether the request is one for the console, which ask_console() then takes.
    bool is_for_console(Request const& request) const;
    // `done` is called on another thread. False: the response says why not.
    bool ask_console(Request const& request, ClientAddress const& peer, std::function<void(console::Response)> done, Response& response);
    void log_console(Request const& request, Response const& response) const;

    // What a delivery that answer() went through waits for, if it does: carried out by ask_staff(), it is gone through again by
    // answer_with(). `done` is called on another thread, in any case when ask_staff() is true.
    std::optional<StaffOrder> take_order();
    bool ask_staff(StaffOrder order, std::function<void(StaffTold)> done, Response& response);
    void answer_with(StaffTold const& told, Request const& request, ClientAddress const& peer, Response& response);

    // The answer that answer() or answer_with() made, if it has to wait; the response is then still to come, from release(), once
    // keep() and await() have nothing more to wait for. `done` is called on another thread or at once; its outcome is for
    // note_kept() and note_ended().
    std::optional<HeldAnswer> take_held();
    bool keep(HeldAnswer& held, std::function<void(Result<bool> const&)> done);
    void note_kept(HeldAnswer& held, Result<bool> const& taken);
    bool await(HeldAnswer& held, Deliveries::Ended done);
    void note_ended(HeldAnswer& held, std::optional<std::string> const& answer);
    void release(HeldAnswer held, Request const& request, Response& response);

    // What waits for the response to be written, of that which answer(), answer_with() or release() has made; null: nothing does,
    // or it is a refusal.
    std::unique_ptr<Receipt> take_receipt(Response const& response);

    // The answer to what was not even a valid request.
    void refuse(Problem why, Response& response);

private:
    Match found(Request const& request) const;
    void route(Request const& request, ClientAddress const& peer, Response& response, Match const& match);
    void answer_options(Request const& request, Response& response);
    void add_cors(Request const& request, Response& response, bool open_to_pages);
    bool admits(Request const& request, ClientAddress const& peer, Response& response, Match const& match);
    void show(Request const& request, Response& response, Match const& match);
    void count(Request const& request, Response const& response, Match const& match,
               std::chrono::nanoseconds took);

    Shared& shared_;
    std::unique_ptr<Backend> backend_;
    Metrics& metrics_;
    ReplyIds ids_;
    Context context_;
    std::optional<HeldAnswer> held_;
};

}  // namespace immunobot::server
