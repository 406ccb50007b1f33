// What staff type to look something up: "faq fr address CIML" as a message, "fr address CIML" behind a slash command. Anybody may;
// what is found is what everybody is told. Pure; any thread.
#pragma once

#include "base/language.hpp"
#include "channels/channel.hpp"

#include <optional>
#include <string_view>

namespace immunobot::channels {

struct LookUp {
    std::string_view words;             // what is looked for; never empty
    std::optional<Language> language;   // that the answers are to be in
};

// A message: nothing unless it begins with "faq", or with "/faq", "!faq", "/mi", "!mi", and goes on.
std::optional<LookUp> look_up_in(std::string_view message);

// What was typed behind a slash command, where "faq" may stand once more. Nothing if there are no words.
std::optional<LookUp> look_up_behind_command(std::string_view typed);

// "fr: address CIML": a question of which is said in which language it is to be answered.
std::optional<LookUp> with_chosen_language(std::string_view message);

// Takes these words out of a message of a channel that knows staff, and makes them its wish.
void read_wish(Incoming& message, Channel const& channel);

}  // namespace immunobot::channels
