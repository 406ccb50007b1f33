// What a visitor asks, whatever the channel.
#pragma once

#include "base/language.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace immunobot::assistant {

// Characters (code points), not bytes. Longer questions are refused politely by the assistant.
inline constexpr std::size_t longest_question = 2000;

struct Question {
    std::string text;                // valid UTF-8, as typed
    std::string conversation;        // opaque id; empty: a question without memory
    std::optional<Language> hint;    // language of the page or channel; the text itself decides first
    bool explain = false;            // fill Reply::explanation
    std::string channel = "api";
    std::string remembered_as = {};  // where the conversation goes on, if not under the id that it has
    bool as_typed = false;           // take no word for another: the visitor has taken a correction back
    std::optional<Language> say_in = {};  // chosen by who asks: the answer is in it, whatever the text is in
};

}  // namespace immunobot::assistant
