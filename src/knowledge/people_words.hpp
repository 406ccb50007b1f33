// Words that tell a name from what is none, behind "je suis" and "I am" (redact_names.hpp). Asked for folded. Pure.
#pragma once

#include <string_view>

namespace immunobot::knowledge::people {

bool is_first_name(std::string_view word);    // "jean"
bool is_no_name(std::string_view word);       // what people are: "chercheuse", "german"
bool is_little_word(std::string_view word);   // "is", "aussi"
bool is_particle(std::string_view word);      // of a name: "de", "van"
bool is_manner(std::string_view word);        // "mme", "mr", "prof"
bool is_profession(std::string_view word);    // that is put before a name: "docteur"

}  // namespace immunobot::knowledge::people
