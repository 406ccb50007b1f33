// Calls to other services over HTTP(S). Certificates are checked against the system's authorities and the name of the host;
// redirects are not followed; looking up the name, connecting, sending and receiving have one time limit together, answers a size
// limit. The thread on which the names of an executor are looked up is waited for when its context ends.
//
// Belongs to one thread: that of the executor it is given.
#pragma once

#include "server/web_call.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>

namespace immunobot::server {

class WebClient {
public:
    // Fails with Errc::bad_option when the file of authorities cannot be read.
    static Result<std::unique_ptr<WebClient>> create(boost::asio::any_io_executor executor, WebOptions options);
    ~WebClient();

    // Fails with Errc::bad_request when the call may not be made, and Errc::busy when there was no answer.
    boost::asio::awaitable<Result<WebAnswer>> call(WebCall call);

private:
    struct Impl;
    explicit WebClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace immunobot::server
