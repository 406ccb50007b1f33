// The Model Context Protocol: one message of a client read and checked, results and failures written. Two eras of
// it are spoken at one address: the modern one says version and capabilities in every request; the legacy one,
// which begins with "initialize", is answered without sessions as well. Pure functions; any thread.
#pragma once

#include "channels/channel.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/system/result.hpp>

#include <array>
#include <string>
#include <string_view>

namespace immunobot::channels {

// Its settings, and the address with its proof; what is asked there is answered by server/mcp.cpp, which knows the facts.
extern Channel const mcp_channel;

}  // namespace immunobot::channels

namespace immunobot::channels::mcp {

// Whether a request with this Host (port and all) and this Origin (empty: none) may be served: a page elsewhere must not
// reach us by a name that it makes lead here.
bool is_host_allowed(Settings const& settings, std::string_view host);
bool is_origin_allowed(Settings const& settings, std::string_view origin, std::string_view host);

inline constexpr std::string_view modern_version = "2026-07-28";
// Newest first.
inline constexpr std::array<std::string_view, 3> legacy_versions = {"2025-11-25", "2025-06-18", "2025-03-26"};

enum class Era { legacy, modern };

// The numbers that JSON-RPC and MCP give to failures.
enum class Fault : int {
    not_json = -32700,
    invalid_request = -32600,
    unknown_method = -32601,
    invalid_parameters = -32602,
    internal = -32603,
    no_resource = -32002,   // legacy only
    header_mismatch = -32020,
    unsupported_version = -32022
};

struct Message {
    Era era = Era::legacy;
    std::string id;              // as JSON; empty: a notification, which is never answered
    std::string method;
    boost::json::object params;  // empty if there are none
};

struct Failure {
    int status = 200;            // of HTTP
    Fault fault = Fault::invalid_request;
    std::string message;
    std::string id = {};         // as JSON; empty where it could not be read
    std::string data = {};       // as JSON; empty: none
};

boost::system::result<Message, Failure> read(Delivery const& delivery);

// How long a client may keep a result, and for whom. The legacy era does not know of it.
struct Keeping {
    int milliseconds = 0;
    bool by_all = false;
};

// The answer to `message`. `members` are those of the result, as JSON without braces; may be empty.
void append_result(std::string& out, Message const& message, std::string_view members);
void append_result(std::string& out, Message const& message, std::string_view members, Keeping keeping);
void append_failure(std::string& out, Failure const& failure);

// A failure that answers `message`: with the status that its era asks for.
Failure unknown_method(Message const& message);
Failure invalid_parameters(Message const& message, std::string text);
Failure no_resource(Message const& message, std::string_view uri);

// What a client learns first: the result of "initialize", and that of "server/discover".
boost::system::result<std::string, Failure> initialize_members(Message const& message);
std::string discover_members();

}  // namespace immunobot::channels::mcp
