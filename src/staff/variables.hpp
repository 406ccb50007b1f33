// What stands in double braces in texts of the staff, and is filled in when such a text is copied: {{today}}, {{name}},
// {{link}}. Only answers for staff alone and signatures may have them: what visitors read stands as it was checked. Pure.
#pragma once

#include <string>
#include <string_view>

namespace immunobot::staff {

struct Variables {
    std::string today;   // the day, as it is said
    std::string name;    // of who copies
    std::string link;    // where visitors read about it; may be empty
};

// What is no variable stays as it is.
std::string filled(std::string_view text, Variables const& variables);

// Whether anything stands in double braces but facts (knowledge/fragments.hpp), which any answer may have.
bool has_variables(std::string_view text);

// Whether all that stands in double braces is a variable or a fact.
bool knows_variables(std::string_view text);

}  // namespace immunobot::staff
