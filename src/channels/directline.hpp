// Direct Line 3.0, the protocol by which Microsoft's Web Chat talks with a bot: who may do what, what clients send, and
// the activities that they are given. Pure functions; any thread. Conversations are kept by server/directline_rooms.hpp.
#pragma once

#include "assistant/question.hpp"
#include "channels/channel.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::channels {

extern Channel const directline;

}  // namespace immunobot::channels

namespace immunobot::channels::directline_protocol {

// What the bearer of a request may do. The secret, which stays on servers, opens everything; a token one conversation.
struct Pass {
    enum class Kind : std::uint8_t { none, expired, token, secret };
    Kind kind = Kind::none;
    std::string conversation = {};   // of a token

    bool opens(std::string_view id) const { return kind == Kind::secret || (kind == Kind::token && conversation == id); }
};
Pass pass_of(Delivery const& delivery, Settings const& settings);

// What the address of a stream allows: to open the stream of one conversation, and nothing else; for a minute, since
// addresses are logged on their way.
Pass stream_pass_of(std::string_view query, Settings const& settings, std::int64_t now);

// {"conversationId", "token", "expires_in"}: a token for `conversation`, good for as long as is configured.
std::string pass_document(std::string_view conversation, Settings const& settings, std::int64_t now);
// The same with "streamUrl", of a stream that begins behind `watermark`. `base`: "wss://bot.example.org".
std::string pass_document(std::string_view conversation, Settings const& settings, std::int64_t now, std::string_view base, std::uint64_t watermark);

// {"activities": [...], "watermark"}: of activities that are JSON.
std::string news_document(std::vector<std::string> const& activities, std::uint64_t watermark);

// What a client wants to say.
struct Activity {
    boost::json::object object;                       // as sent, for everybody in the conversation to see
    std::optional<assistant::Question> question = {}; // if it asks something
    bool shown = true;                                // false: nobody needs to see that somebody types
    std::string sent_as = {};                         // the client's own id, the same when it is sent again; empty: none of use
};
// Fails with Errc::bad_request.
Result<Activity> read_activity(std::string_view body, std::string_view conversation);

// The language of {"locale"} in the body that begins a conversation; nothing if it does not say.
std::optional<Language> language_of_start(std::string_view body);

// The number behind the watermark that a client brought; 0 for what is none of ours.
std::uint64_t watermark_of(std::string_view query);

std::string activity_id(std::string_view conversation, std::uint64_t number);

// The client's activity as everybody sees it.
std::string shown_activity(boost::json::object activity, std::string_view conversation, std::uint64_t number, std::int64_t now);
// Our own: an answer to the activity of number `to` (0: to none).
std::string reply_activity(assistant::Reply const& reply, std::string_view conversation, std::uint64_t number, std::uint64_t to,
                           std::int64_t now);

}  // namespace immunobot::channels::directline_protocol
