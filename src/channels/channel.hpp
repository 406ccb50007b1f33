// One chat platform: how its deliveries are authenticated and read, and how a reply is written for it.
//
// Pure functions; any thread. A new platform is one file with a Channel in it, one row in channels.cpp, its page in
// docs/channels and its tests. The way of a delivery (server/webhooks.cpp):
//
//     prove -> parse -> Ignore | Handshake | messages -> the assistant -> render (in the response; follow_up: what did not fit)
//                                                                     or compose (calls, sent through the outbox)
#pragma once

#include "assistant/question.hpp"
#include "assistant/reply.hpp"
#include "base/error.hpp"
#include "channels/settings.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace immunobot::channels {

struct Header {
    std::string_view name;
    std::string_view value;
};

// A call as it came: views that live as long as the call.
struct Delivery {
    std::string_view body;            // the raw bytes
    std::span<Header const> headers;  // names in any case
    std::int64_t now = 0;             // seconds since 1970, for time stamps in signatures
    std::string_view query = {};      // behind the '?', as sent
    std::string_view part = {};       // what "{id}" in the route's path stands for, as sent
    std::string_view keys = {};       // the platform's public keys (JWKS); empty: not fetched yet, or none are needed
};

// How often a header occurs, and its first value. One that proves something must occur once.
struct FoundHeader {
    std::size_t count = 0;
    std::string_view value;
};
FoundHeader find_header(Delivery const& delivery, std::string_view lower_case_name);
// The value of a header that occurs exactly once and is not empty.
std::optional<std::string_view> single_header(Delivery const& delivery, std::string_view lower_case_name);
// What stands behind "Bearer " in the only Authorization header; the name of the scheme in any case.
std::optional<std::string_view> bearer_token(Delivery const& delivery);

enum class Proof : std::uint8_t {
    holds,
    fails,
    malformed,    // the body must be read to find the proof, and cannot be
    unknown_key,  // made with a key that is not among Delivery::keys: they may be old
    not_now       // Delivery::keys are needed and not here yet
};

constexpr Proof proof(bool holds)
{
    return holds ? Proof::holds : Proof::fails;
}

// An HTTP answer. Content types are literals.
inline constexpr std::string_view json_content = "application/json; charset=utf-8";
inline constexpr std::string_view text_content = "text/plain; charset=utf-8";
struct HttpAnswer {
    int status = 200;
    std::string_view content_type = json_content;
    std::string body = {};
    std::vector<std::pair<std::string_view, std::string>> fields = {};   // further header fields
};

// Acknowledged, and nothing else happens: not meant for us, from a bot, an edit, a receipt, of an unknown kind.
struct Ignore {
    std::string why = {};   // for the log, where something is wrong with it; repeats nothing of what was sent
};

// Answered at once, without anybody being asked: a challenge, a ping.
struct Handshake {
    HttpAnswer answer;
};

// A message that is to be answered.
struct Incoming {
    enum class Wish : std::uint8_t {
        answer,     // of the question
        look_up,    // of the question, and of those nearest to it: up to three, ready to be copied, for staff who type a command
        help,       // who the bot is and how to ask it; the question's text plays no part
        call        // no words at all, only what compose() makes of `where` (joining a room)
    };
    assistant::Question question;  // its conversation as conversation_of() makes it; hint: the language of the platform
    Wish wish = Wish::answer;
    // Names the message on its platform; a second one of the same id is acknowledged without effect. Empty: it has none.
    std::string id = {};
    boost::json::object where = {}; // what render() or compose() need to know of the message: never more of it than that
    bool by_call = false;           // answered by compose() and the outbox, not in the response
    bool greeted = false;           // no notice that this is an automatic assistant (it is no conversation)
    // Who wrote it, by the platform's id, as the proof vouches for it; empty: not known. For staff who type commands.
    std::string user = {};
    std::string slash = {};         // the name of the slash command that it was typed behind; empty: it is a message
    bool for_one = false;           // nobody but the sender sees the answer
    // Of a look-up: what render() may offer to say to everybody. The server fills it in, and only with what is public.
    assistant::Shareable share = {};
    // Something that is remembered once this message was taken, and a message that is taken only where it is: in a room
    // of two every word is for us. Empty: nothing, and any message.
    std::string notes = {};
    std::string only_if_noted = {};
};

using Parsed = std::variant<Ignore, Handshake, std::vector<Incoming>>;

// Parsed, of one message.
Parsed one_message(Incoming incoming);

// A call to the platform's API, as it is kept in the outbox. It holds no credentials: those are added when it is sent.
struct Call {
    std::string method = "POST";
    std::string target;   // what follows the base address, or a whole URL from the delivery (see Channel::address)
    std::string body;     // JSON
    std::chrono::seconds good_for = std::chrono::hours(24);  // afterwards the platform would not take it any more
    std::string key = {};   // the same however often it is sent; given by the server
    std::chrono::seconds after{0};   // that it waits at first: the answer in the response is to be there before it
    int attempts = 0;                // in vain, before the one that is judged
};

// Where and how a call is sent.
struct Address {
    std::string url;
    std::vector<std::pair<std::string, std::string>> fields = {};  // header fields with the credentials
    bool configured = true;   // the URL begins with an address of ours; false: it came from outside, see allowed_hosts
};

// What the platform made of a call.
enum class Outcome : std::uint8_t {
    sent,
    later,   // try again
    never    // it will not be accepted however often it is sent
};

// What is wrong with a delivery, for platforms that want to be told in a form of their own.
enum class Refusal : std::uint8_t {
    unauthentic, malformed, wrong_content, too_large, not_found, wrong_method, too_many, unavailable, failed
};

enum class Method : std::uint8_t { get, post, put };
enum class Content : std::uint8_t { none, json, form, json_or_form, any };

inline constexpr std::size_t usual_body = 1024 * 1024;

// One address of a channel.
struct Route {
    std::string_view name;     // "slack.events": in metrics and logs
    Method method = Method::post;
    std::string_view path;     // one part may be "{id}", which stands for any
    Content content = Content::json;
    std::size_t body_limit = usual_body;   // bytes; 0: as for all other routes of the server
    // Whether it comes from who it says. Asked before anything else of the body is used.
    Proof (*prove)(Delivery const&, Settings const&) = nullptr;
    // Fails with Errc::bad_request and a message fit for the sender. Null: the server has a handler of its own for the route.
    Result<Parsed> (*parse)(Delivery const&, Settings const&) = nullptr;
    // The answer in the response; null where answers go by call.
    void (*render)(HttpAnswer& out, Incoming const&, assistant::Reply const&, Settings const&) = nullptr;
    // Acknowledges without answering.
    std::string_view silence = "{}";
    std::string_view silence_type = json_content;
    int silence_status = 200;
    bool repeats_answer = false;  // a repeated message gets the same answer again instead of silence
    bool open_to_pages = false;   // CORS
};

// A token that the platform's API asks for, to be fetched from the platform first (OAuth 2 client credentials).
struct TokenRequest {
    std::string url;
    std::string form;   // application/x-www-form-urlencoded
};

struct Channel {
    std::string_view name;    // also Question::channel, the section of the configuration file, the page in docs/channels
    std::string_view title;   // what people call it
    std::span<Setting const> settings;
    std::span<Route const> routes;
    bool own_contract = false;  // the shape of its messages is ours and stands in openapi.json
    std::chrono::seconds remember{std::chrono::hours(48)};  // how long ids of messages are kept
    std::string_view area = {};  // addresses that begin so get errors in the form of refuse(), even unknown ones
    // Beside the members of RFC 9457 a refusal has "error": {"code", "message"}.
    bool names_errors = false;
    // Writes a refusal in the platform's form; null: RFC 9457. `out.status` has the usual status and may be changed.
    void (*refuse)(HttpAnswer& out, Refusal, std::string_view detail) = nullptr;

    // What follows is for channels with answers by call.
    // The calls that carry a reply, in their order. Wish::call has an empty reply.
    std::vector<Call> (*compose)(Incoming const&, assistant::Reply const&, Settings const&) = nullptr;
    // The calls that carry what did not fit into the answer in the response. Null: nothing is sent after it.
    std::vector<Call> (*follow_up)(Incoming const&, assistant::Reply const&, Settings const&) = nullptr;
    // `token`: what the platform gave for token(); empty where that is null.
    Address (*address)(Call const&, Settings const&, std::string_view token) = nullptr;
    // Null: 2xx is sent; 408, 429 and 5xx are tried again.
    Outcome (*judge)(Call const&, int status, std::string_view body) = nullptr;
    // The body that takes the place of one that the platform will never take, with the same words and without what it may have
    // refused: marks, buttons. Nothing: it was refused for another reason, or there is nothing to leave out. Null: the same.
    std::optional<std::string> (*plainer)(Call const&, int status, std::string_view body) = nullptr;
    std::optional<TokenRequest> (*token)(Settings const&) = nullptr;
    // The setting with the address of the platform's public keys (a JWKS, or an OpenID configuration that names it).
    std::string_view keys_setting = {};
    // For `immunobot channels test`: makes a server that nobody else reaches take what we sign for what the platform signs, which
    // alone has the key (stand_in.hpp). Null: our own secret is enough.
    void (*stand_in)(Settings&) = nullptr;
    // A delivery as the platform would send it now, signed with our own secret, or the key of stand_in; for the same.
    struct Sample {
        std::string target;
        std::string content_type;
        std::string body;
        std::vector<std::pair<std::string, std::string>> fields;
        Method method = Method::post;
        std::vector<Sample> then = {};   // by which the answer is fetched, where the response does not have it
    };
    std::optional<Sample> (*sample)(Settings const&, std::string_view question, std::int64_t now) = nullptr;
};

// All channels, in the order of the table in channels.cpp.
std::span<Channel const* const> all_channels();
Channel const* channel_named(std::string_view name);

// The id of a conversation: the channel's name and the platform's ids, which cannot be confused with one another.
std::string conversation_of(std::string_view channel, std::initializer_list<std::string_view> ids);

}  // namespace immunobot::channels
