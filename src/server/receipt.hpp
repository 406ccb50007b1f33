// What is to be known for good about a delivery whose answer stands in the response: that it was answered. It is, once the
// response has been written, and not before: whoever hung up, or asked a process that was killed, sends the same again and is to
// get the answer then. On the thread of the worker.
#pragma once

#include "knowledge/outbox.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace immunobot::server {

struct Shared;

class Receipt {
public:
    // `channel`: its name, which lives as long as the program.
    Receipt(Shared& shared, std::string_view channel) : shared_(shared), channel_(channel) {}
    Receipt(Receipt const&) = delete;
    Receipt& operator=(Receipt const&) = delete;
    // Not written: all of it is forgotten.
    ~Receipt();

    // `delivery`: the key of one under way (server/deliveries.hpp), which ends with this; empty: it has none.
    void add(knowledge::Arrival arrival, std::string delivery);
    bool ends(std::string_view delivery) const;
    // The response is out. Who sends the same again is acknowledged from now on.
    void written();

private:
    Shared& shared_;
    std::string_view channel_;
    std::vector<knowledge::Arrival> arrivals_;
    std::vector<std::string> deliveries_;
};

}  // namespace immunobot::server
