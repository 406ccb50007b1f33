// Masks the names of those who say who they are: "je suis Jean Dupont", "my name is Alice Martin". Pure, linear time.
#pragma once

#include <string>
#include <string_view>

namespace immunobot::knowledge {

// Behind "je m'appelle", "my name is" and the like stands a name, however it is written. Behind "je suis" and "I am" may stand
// anything: there two words with capitals are a name, what follows a title is, and what begins with a usual first name; a
// profession or a nationality is none. Any bytes are taken.
std::string mask_names(std::string_view text);

}  // namespace immunobot::knowledge
