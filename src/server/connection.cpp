#include "server/connection.hpp"

#include "server/console_door.hpp"
#include "server/head_rules.hpp"
#include "server/worker.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <sys/socket.h>

namespace immunobot::server {
namespace {

using boost::asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr int requests_per_turn = 16;             // then the other connections of the thread have theirs
constexpr std::chrono::seconds console_time{60};  // for the dearest pages: all stored questions are asked twice
constexpr std::size_t most_drained = 16 * 1024 * 1024;

}  // namespace

Connection::Connection(Worker& worker, Socket socket, ClientAddress const& peer)
    : worker_(worker), socket_(std::move(socket)), reader_(worker.spaces()), peer_(peer)
{
}

Connection::~Connection() = default;

void Connection::start(Clock::time_point now)
{
    deadline_ = now + worker_.options().deadlines.header;
    wait_readable();
}

void Connection::enter(Phase phase)
{
    if (phase == phase_)
        return;
    auto const& limits = worker_.options().deadlines;
    phase_ = phase;
    auto const span = phase == Phase::idle     ? limits.idle
                      : phase == Phase::header ? limits.header
                      : phase == Phase::body   ? limits.body
                      : phase == Phase::answering ? limits.answer
                                                  : limits.drain;
    deadline_ = Clock::now() + span;
}

void Connection::close()
{
    if (phase_ == Phase::closed)
        return;
    phase_ = Phase::closed;
    receipt_.reset();
    ErrorCode ignored;
    socket_.close(ignored);
    worker_.remove(*this);
}

void Connection::check(Clock::time_point now)
{
    if (now < deadline_)
        return;
    bool const silent = reader_.state() == RequestReader::State::idle;
    if (phase_ == Phase::idle || phase_ == Phase::draining || (phase_ == Phase::header && silent))
        return close();
    worker_.metrics().timed_out.add();
    if (phase_ == Phase::answering)
        return close();
    refuse(Problem::timeout);
}

void Connection::finish()
{
    if (phase_ > Phase::body)
        return;
    last_ = true;
    auto const self = shared_from_this();
    read();
    if (phase_ == Phase::idle || reader_.state() == RequestReader::State::idle)
        close();
}

void Connection::wait_readable()
{
    socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](ErrorCode const& failed) {
        if (failed || self->phase_ == Phase::closed)
            return;
        self->on_readable();
    });
}

void Connection::on_readable()
{
    if (phase_ == Phase::draining)
        return drain();
    if (phase_ == Phase::answering)
        return;  // what waits is read when the answer is out
    read();
}

void Connection::read()
{
    auto const room = reader_.room();
    auto const got = ::recv(socket_.native_handle(), room.data(), room.size(), MSG_DONTWAIT);
    if (got > 0) {
        reader_.received(static_cast<std::size_t>(got));
        return process();
    }
    if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR))
        return close();
    reader_.advance();  // gives unused memory back
    wait_readable();
}

void Connection::process()
{
    for (int turn = 0; turn < requests_per_turn; ++turn)
        if (!step())
            return;
    boost::asio::post(socket_.get_executor(), [self = shared_from_this()] {
        if (self->phase_ <= Phase::body)
            self->process();
    });
}

bool Connection::step()
{
    using State = RequestReader::State;
    switch (reader_.advance()) {
        case State::idle:
            enter(Phase::idle);
            wait_readable();
            return false;
        case State::head:
            enter(Phase::header);
            wait_readable();
            return false;
        case State::body:
            enter(Phase::body);
            wait_readable();
            return false;
        case State::head_ready: on_head(); break;
        case State::ready: answer_request(); break;
        case State::refused: refuse(reader_.refusal()); break;
    }
    return phase_ <= Phase::body;
}

void Connection::on_head()
{
    auto const& request = reader_.request();
    if (request.has_body && !worker_.front().wants_body(request, worker_.response())) {
        last_ = true;
        return send_answer(request.method != Method::head);
    }
    bool const promised = request.header(Known::expect).count > 0 && request.version == 11;
    if (promised && !reader_.body_has_begun()) {
        unsent_ = "HTTP/1.1 100 Continue\r\n\r\n";
        if (!flush())
            return close();  // a client that cannot take 25 bytes will not take an answer
    }
    enter(Phase::body);
    reader_.accept_body(worker_.front().body_limit(request));
}

void Connection::answer_request()
{
    auto const& request = reader_.request();
    if (++answered_ >= worker_.options().limits.requests_per_connection || !request.keep_alive)
        last_ = true;
    if (worker_.front().is_for_console(request))
        return ask_console();
    worker_.front().answer(request, peer_, worker_.response());
    if (auto order = worker_.front().take_order())
        return ask_staff(std::move(*order));
    if (auto held = worker_.front().take_held())
        return hold(std::move(*held));
    if (worker_.response().stream)
        return become_stream();
    receipt_ = worker_.front().take_receipt(worker_.response());
    send_answer(request.method != Method::head);
}

// Carried out by other threads, as the console's requests are. What they call hands its hold on the connection over, so that it
// never ends on a thread that is not its own.
void Connection::ask_staff(StaffOrder order)
{
    enter(Phase::answering);
    deadline_ = Clock::now() + console_time;
    auto done = [self = shared_from_this(), executor = socket_.get_executor()](StaffTold told) mutable {
        boost::asio::post(executor, [self = std::move(self), told = std::move(told)] { self->on_told(told); });
    };
    if (!worker_.front().ask_staff(std::move(order), std::move(done), worker_.response()))
        send_answer(true);
}

// Also when the platform has hung up meanwhile: the answer may go by a call of ours, and the delivery has to be closed.
void Connection::on_told(StaffTold const& told)
{
    worker_.front().answer_with(told, reader_.request(), peer_, worker_.response());
    if (auto held = worker_.front().take_held())
        return hold(std::move(*held));
    auto receipt = worker_.front().take_receipt(worker_.response());
    if (phase_ != Phase::answering)
        return worker_.response().clear();
    receipt_ = std::move(receipt);
    deadline_ = Clock::now() + worker_.options().deadlines.answer;
    send_answer(true);
    if (phase_ <= Phase::body)
        process();
}

// The answer goes out when what it acknowledges is durable. The thread serves others meanwhile.
void Connection::hold(HeldAnswer held)
{
    if (phase_ != Phase::closed)
        enter(Phase::answering);
    auto const answer = std::make_shared<HeldAnswer>(std::move(held));
    auto done = [self = shared_from_this(), executor = socket_.get_executor(), answer](Result<bool> const& taken) mutable {
        // `result`: captured as it is, it would be const, and a const Result<bool> that is moved holds a value, whatever it held.
        boost::asio::post(executor, [self = std::move(self), answer = std::move(answer), result = taken] {
            self->worker_.front().note_kept(*answer, result);
            self->await_others(answer);
        });
    };
    if (!worker_.front().keep(*answer, std::move(done)))
        await_others(answer);
}

// The same delivery may be under way on other connections, which came first: with them it ends.
void Connection::await_others(std::shared_ptr<HeldAnswer> const& held)
{
    auto done = [self = shared_from_this(), executor = socket_.get_executor(), held](std::optional<std::string> const& answer) mutable {
        boost::asio::post(executor, [self = std::move(self), held = std::move(held), answer] {
            self->worker_.front().note_ended(*held, answer);
            self->await_others(held);
        });
    };
    if (phase_ == Phase::answering)
        deadline_ = std::max(deadline_, Clock::now() + console_time);
    if (!worker_.front().await(*held, std::move(done)))
        let_go(std::move(*held));
}

// Also when the platform has hung up meanwhile: the delivery has to be closed.
void Connection::let_go(HeldAnswer held)
{
    auto const& request = reader_.request();
    worker_.front().release(std::move(held), request, worker_.response());
    auto receipt = worker_.front().take_receipt(worker_.response());
    if (phase_ != Phase::answering)
        return worker_.response().clear();
    receipt_ = std::move(receipt);
    deadline_ = Clock::now() + worker_.options().deadlines.answer;
    send_answer(request.method != Method::head);
    if (phase_ <= Phase::body)
        process();
}

// Answered by other threads; meanwhile this connection reads nothing.
void Connection::ask_console()
{
    auto const& request = reader_.request();
    bool const with_body = request.method != Method::head;
    enter(Phase::answering);
    deadline_ = Clock::now() + console_time;
    auto done = [self = shared_from_this(), executor = socket_.get_executor(), with_body](console::Response answer) mutable {
        boost::asio::post(executor, [self = std::move(self), with_body, answer = std::move(answer)]() mutable { self->on_console(std::move(answer), with_body); });
    };
    if (!worker_.front().ask_console(request, peer_, std::move(done), worker_.response()))
        send_answer(with_body);
}

void Connection::on_console(console::Response answer, bool with_body)
{
    if (phase_ != Phase::answering)
        return;  // it has gone meanwhile
    auto& response = worker_.response();
    fill(response, std::move(answer));
    worker_.front().log_console(reader_.request(), response);
    deadline_ = Clock::now() + worker_.options().deadlines.answer;
    send_answer(with_body);
    if (phase_ <= Phase::body)
        process();
}

// The socket is handed on with what the client asked; what it may have sent behind that, before it was answered, is lost.
void Connection::become_stream()
{
    phase_ = Phase::closed;
    worker_.start_stream(std::move(socket_), reader_.request(), *worker_.response().stream);
    worker_.response().clear();
    worker_.remove(*this);
}

void Connection::refuse(Problem why)
{
    last_ = true;
    worker_.front().refuse(why, worker_.response());
    send_answer(true);
}

void Connection::send_answer(bool with_body)
{
    auto& response = worker_.response();
    response.close = response.close || last_ || worker_.stopping();
    last_ = response.close;
    append_head(unsent_, response, worker_.date());
    if (with_body && !is_bodiless(response.status))
        unsent_ += response.body;
    response.clear();
    enter(Phase::answering);
    if (receipt_ && has_hung_up())
        receipt_.reset();
    if (flush())
        after_answer();
}

bool Connection::flush()
{
    std::size_t sent = 0;
    while (sent < unsent_.size()) {
        auto const now = ::send(socket_.native_handle(), unsent_.data() + sent, unsent_.size() - sent,
                                MSG_NOSIGNAL | MSG_DONTWAIT);
        if (now > 0) {
            sent += static_cast<std::size_t>(now);
            continue;
        }
        if (errno == EINTR)
            continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK) {
            close();
            return false;
        }
        unsent_.erase(0, sent);
        socket_.async_wait(tcp::socket::wait_write, [self = shared_from_this()](ErrorCode const& failed) {
            if (!failed && self->phase_ == Phase::answering)
                self->on_writable();
        });
        return false;
    }
    unsent_.clear();
    return true;
}

void Connection::on_writable()
{
    if (!flush())
        return;
    after_answer();
    if (phase_ <= Phase::body)
        process();
}

void Connection::after_answer()
{
    if (unsent_.capacity() > 0)
        unsent_ = std::string();
    if (auto const receipt = std::exchange(receipt_, nullptr))
        receipt->written();
    if (last_) {
        ErrorCode ignored;
        socket_.shutdown(tcp::socket::shutdown_send, ignored);
        enter(Phase::draining);
        return drain();
    }
    reader_.next();
    worker_.touch(*this);
    enter(Phase::idle);
}

// Who hangs up before the answer is sent has not waited for it.
bool Connection::has_hung_up()
{
    char next = 0;
    auto const seen = ::recv(socket_.native_handle(), &next, 1, MSG_PEEK | MSG_DONTWAIT);
    return seen == 0 || (seen < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

// Reads on for a moment and throws away: closing with bytes unread would reset the connection, and the
// client would lose the answer.
void Connection::drain()
{
    char thrown_away[16 * 1024];
    for (int turn = 0; turn < requests_per_turn; ++turn) {
        auto const got = ::recv(socket_.native_handle(), thrown_away, sizeof thrown_away, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
            break;
        if (got <= 0)
            return close();
        drained_ += static_cast<std::size_t>(got);
        if (drained_ > most_drained)
            return close();
    }
    wait_readable();
}

}  // namespace immunobot::server
