#include "channels/openai_request.hpp"

#include "channels/fields.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>

#include <vector>

namespace immunobot::channels::openai_api {
namespace {

namespace json = boost::json;

Refused about(std::string_view field, std::string message)
{
    return Refused{.field = field, .message = std::move(message)};
}

// The text of a message: a string, or the text parts of a list. Pictures and sounds are passed over, never fetched.
Checked<std::string> text_of(json::object const& message)
{
    auto const* content = message.if_contains("content");
    if (!content || content->is_null())
        return std::string();
    if (auto const* text = content->if_string())
        return std::string(text->data(), text->size());
    auto const* parts = content->if_array();
    if (!parts)
        return about("messages", "the content of a message must be a string or a list of parts");
    std::string all;
    for (auto const& part : *parts) {
        auto const* object = part.if_object();
        if (!object)
            return about("messages", "a part of a message must be an object");
        auto const* type = object->if_contains("type");
        auto const* text = object->if_contains("text");
        if (!type || !type->is_string())
            return about("messages", "a part of a message must have a type");
        if (type->get_string() != "text")
            continue;
        if (!text || !text->is_string())
            return about("messages", "a text part must have a text");
        all.append(text->get_string().data(), text->get_string().size());
    }
    return all;
}

// What the user said, in order; at least one message.
Checked<std::vector<std::string>> user_turns(json::object const& body)
{
    auto const* messages = body.if_contains("messages");
    if (!messages || !messages->is_array() || messages->get_array().empty())
        return about("messages", "messages must be a list with at least one message");
    std::vector<std::string> turns;
    for (auto const& value : messages->get_array()) {
        auto const* message = value.if_object();
        auto const* role = message ? message->if_contains("role") : nullptr;
        if (!role || !role->is_string())
            return about("messages", "each message must be an object with a role");
        if (role->get_string() != "user")
            continue;
        auto text = text_of(*message);
        if (!text)
            return text.error();
        turns.push_back(std::move(*text));
    }
    if (turns.empty() || turns.back().find_first_not_of(" \t\r\n") == std::string::npos)
        return about("messages", "the last user message has no text");
    return turns;
}

// The first `count` turns name a conversation: whoever sends the same history continues the same one, and what is
// remembered of it follows from that history, so nobody learns anything of anybody else.
std::string conversation_after(std::vector<std::string> const& turns, std::size_t count, std::string_view caller)
{
    if (count == 0)
        return {};
    std::string history;
    for (std::size_t i = 0; i < count; ++i)
        history.append(std::to_string(turns[i].size())).append(":").append(turns[i]);
    // An empty key is refused by some builds of OpenSSL.
    return "openai:" + to_base64(hmac_sha256(caller.empty() ? "open" : caller, history));
}

Checked<> read_flag(json::object const& object, std::string_view name, bool& flag)
{
    auto const value = optional_flag(object, name);
    if (!value)
        return about(name, value.error().message);
    flag = value->value_or(false);
    return {};
}

Checked<> check_model(json::object const& body)
{
    auto const name = optional_text(body, "model");
    if (!name || !*name || (*name)->empty())
        return about("model", "name the model: \"immunobot\"");
    if (**name == model)
        return {};
    return Refused{.status = 404, .code = "model_not_found", .field = "model",
                   .message = "there is no such model here; the only one is \"immunobot\""};
}

Checked<> check_count(json::object const& body)
{
    auto const* count = body.if_contains("n");
    bool const one = !count || count->is_null() || (count->is_int64() && count->get_int64() == 1);
    return one ? Checked<>() : about("n", "only one choice can be asked for");
}

Checked<> read_stream(json::object const& body, Request& request)
{
    if (auto const streamed = read_flag(body, "stream", request.streamed); !streamed)
        return streamed.error();
    auto const* options = body.if_contains("stream_options");
    if (!options || !options->is_object())
        return {};
    return read_flag(options->get_object(), "include_usage", request.usage_asked);
}

Checked<Request> read_object(json::object const& body, std::string_view caller)
{
    if (auto const known = check_model(body); !known)
        return known.error();
    if (auto const single = check_count(body); !single)
        return single.error();
    Request request;
    if (auto const stream = read_stream(body, request); !stream)
        return stream.error();
    auto turns = user_turns(body);
    if (!turns)
        return turns.error();
    for (auto const& turn : *turns)
        request.words += count_words(turn);
    request.question.conversation = conversation_after(*turns, turns->size() - 1, caller);
    request.question.remembered_as = conversation_after(*turns, turns->size(), caller);
    request.question.text = std::move(turns->back());
    request.question.channel = "openai";
    return request;
}

}  // namespace

Checked<Request> read(std::string_view body, std::string_view caller)
{
    unsigned char space[4096];
    json::monotonic_resource memory(space);
    auto const value = parse_strict(body, &memory, platform_json);
    if (!value)
        return Refused{.message = value.error().message};
    auto const object = object_of(*value);
    if (!object)
        return Refused{.message = object.error().message};
    return read_object(**object, caller);
}

std::size_t count_words(std::string_view text)
{
    std::size_t words = 0;
    bool inside = false;
    for (char const letter : text) {
        bool const blank = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
        if (!blank && !inside)
            ++words;
        inside = !blank;
    }
    return words;
}

}  // namespace immunobot::channels::openai_api
