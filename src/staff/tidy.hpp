// What somebody typed into a field, as it is kept: in normal form C, without carriage returns and the blanks around it. Bad
// UTF-8 is nothing.
#pragma once

#include <string>
#include <string_view>

namespace immunobot::staff {

std::string tidy(std::string_view text);

// The same of what is pasted into a form as well, without the characters that nobody sees and that mean nothing. A command of a
// chat is not mended so: what it says is what is confirmed.
std::string tidy_pasted(std::string_view text);

// The same without any character that nobody sees, those that change the direction of writing among them: of what only colleagues read.
std::string tidy_seen(std::string_view text);

// The same of a day, which people here write "31/12/2027": "2027-12-31". What is no day stays as it is.
std::string tidy_day(std::string_view text);

}  // namespace immunobot::staff
