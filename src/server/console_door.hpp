// The way to the staff's console: its requests leave the threads that answer visitors, and are answered one after the other
// by threads of its own, which give way to all others. What waits is bounded. Passwords, which are dear to check, have a
// thread for themselves: who tries many slows down neither visitors nor staff.
#pragma once

#include "console/console.hpp"
#include "console/sending_again.hpp"
#include "server/client_address.hpp"
#include "server/exchange.hpp"
#include "server/options.hpp"
#include "server/work_lane.hpp"

#include <functional>

namespace immunobot::server {

class ConsoleDoor {
public:
    using Done = std::function<void(console::Response)>;

    // `console` may be null: then take() refuses.
    explicit ConsoleDoor(console::Console* console);
    ~ConsoleDoor();  // stop()

    // Any thread. `done` is called on a thread of the door, at once or later; false when too many wait already.
    bool take(console::Request request, Done done);
    // The same for other work of the staff's.
    bool take(std::function<void()> work);

    // Ends what is under way, drops what waits.
    void stop();

private:
    console::Response answer(console::Request const& request);

    console::Console* console_;
    WorkLane desk_;
    WorkLane passwords_;
};

// What the console is told of a request.
console::Request for_console(Request const& request, ClientAddress const& peer, TrustedProxies const& proxies, ServerOptions const& options);

void fill(Response& response, console::Response answer);

}  // namespace immunobot::server
