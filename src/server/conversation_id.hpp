// Ids of conversations of /api/v1, as the caller gives them and as the rest of the program knows them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace immunobot::server {

// Those of channels stand under other names, so that nobody reads or erases them through the API.
inline constexpr std::string_view api_conversations = "api:";

// Whoever knows the id may read what was said, so no transcript is kept under one that can be guessed.
inline constexpr std::size_t shortest_secret = 16;

inline std::string api_conversation(std::string_view id)
{
    return std::string(api_conversations).append(id);
}

inline bool has_transcript(std::string_view conversation)
{
    return conversation.starts_with(api_conversations) && conversation.size() >= api_conversations.size() + shortest_secret;
}

}  // namespace immunobot::server
