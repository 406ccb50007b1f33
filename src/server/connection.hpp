// One client: reads requests, has them answered in order, writes the answers. Lives on its worker's thread.
#pragma once

#include "console/console.hpp"
#include "server/context.hpp"
#include "server/client_address.hpp"
#include "server/request_reader.hpp"
#include "server/sockets.hpp"

#include <chrono>
#include <list>
#include <memory>
#include <string>

namespace immunobot::server {

struct HeldAnswer;
class Worker;

class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Clock = std::chrono::steady_clock;

    Connection(Worker& worker, Socket socket, ClientAddress const& peer);
    ~Connection();

    void start(Clock::time_point now);

    // No complete request of it is being answered, so it may be closed to make room.
    bool is_waiting() const { return phase_ <= Phase::body; }

    // Closes it if its phase has lasted too long.
    void check(Clock::time_point now);

    // The server stops: answers what has arrived, then closes; a request that is half here may still finish.
    void finish();

    // At once, without an answer.
    void close();

    // Its place in the worker's list.
    std::list<std::shared_ptr<Connection>>::iterator place;

private:
    enum class Phase { idle, header, body, answering, draining, closed };

    void enter(Phase phase);
    void wait_readable();
    void on_readable();
    void read();
    void process();
    bool step();             // false: nothing more can be done before something happens
    void on_head();
    void answer_request();
    void ask_console();
    void on_console(console::Response answer, bool with_body);
    void ask_staff(StaffOrder order);
    void on_told(StaffTold const& told);
    void hold(HeldAnswer held);
    void await_others(std::shared_ptr<HeldAnswer> const& held);
    void let_go(HeldAnswer held);
    void refuse(Problem why);
    void send_answer(bool with_body);
    void become_stream();
    bool flush();            // false: the client does not take it; on_writable goes on
    void on_writable();
    void after_answer();
    void drain();
    bool has_hung_up();

    Worker& worker_;
    Socket socket_;
    RequestReader reader_;
    std::string unsent_;
    Clock::time_point deadline_;
    ClientAddress peer_;
    std::size_t answered_ = 0;
    std::size_t drained_ = 0;
    Phase phase_ = Phase::header;
    bool last_ = false;      // the answer under way ends the connection
    bool continued_ = false; // 100 Continue has been sent
    std::unique_ptr<Receipt> receipt_;   // of the answer under way
};

}  // namespace immunobot::server
