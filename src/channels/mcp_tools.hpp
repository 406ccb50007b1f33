// The tools that MCP clients may call: what they are called with, and how an answer is put for them. Pure; any thread.
#pragma once

#include "assistant/question.hpp"
#include "assistant/reply.hpp"
#include "base/error.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace immunobot::channels::mcp {

// "tools":[...], always in the same order.
std::string_view tool_list_members();

struct Ask {
    assistant::Question question;
};

struct SearchFacts {
    std::string words;
    std::string entity;     // id; empty: any
    std::string property;   // empty: any
    Language language = Language::en;   // of the text for people; the structured facts have both
    std::size_t limit = 10;
};

struct GetEntity {
    std::string entity;     // its id, or a name of it
    Language language = Language::en;
};

using ToolCall = std::variant<Ask, SearchFacts, GetEntity>;

// Nothing if there is no such tool. The inner result fails with Errc::bad_request and a message that tells a model
// what to do otherwise.
std::optional<Result<ToolCall>> read_call(std::string_view tool, boost::json::object const& arguments);

// Members of the result of tools/call: text for people and models, and the same as `structured` JSON.
std::string call_members(std::string_view text, std::string_view structured);
// The call was understood but could not be served.
std::string failed_members(std::string_view text);
// The reply: its answer with its sources, and all of it as JSON.
std::string reply_members(assistant::Reply const& reply);

}  // namespace immunobot::channels::mcp
