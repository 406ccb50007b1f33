// The words of a reply, as every platform says them: the answer, where it comes from, what else may be asked.
// Pure; any thread.
#pragma once

#include "assistant/reply.hpp"
#include "channels/texts.hpp"

#include <string>
#include <string_view>

namespace immunobot::channels {

enum class Suggestions : bool {
    elsewhere,  // the platform shows them as buttons
    numbered    // they are said, and a number as the next message chooses one
};

// The answer with its strong words and links, a line with its sources (as links where they have an address), and, if wished, numbered suggestions.
std::string answer_text(assistant::Reply const& reply, Markup markup, Suggestions suggestions);

// The line with the sources alone; empty if there are none.
std::string source_line(assistant::Reply const& reply, Markup markup);

// What a button carries so that choosing it asks its question, and back: the label of a button is too short for some
// questions, and platforms hand its value to us as it is.
std::string button_value(assistant::Suggestion const& suggestion, std::size_t most_bytes);
// The question that a value stands for: what follows "ask:", or the value itself.
std::string_view question_of_value(std::string_view value);

inline constexpr std::string_view ask_mark = "ask:";
inline constexpr std::string_view share_mark = "share:";   // an answer for one is to be said to all
// `mark` and the whole question; empty if there is none, or it is too long for a button.
std::string whole_value(std::string_view mark, std::string_view question, std::size_t most_bytes);
// What stands on the button that says an answer to all in the same place.
std::string_view share_label(Language language);

// Says in the reply's language that this is an automatic assistant and that no health or personal details should be
// written; put before the first answer of a conversation.
std::string_view notice(Language language);

// What the bot is and how it is asked, for "help" and for greetings. Its first words are the notice.
std::string_view help_text(Language language);

}  // namespace immunobot::channels
