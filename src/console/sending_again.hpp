// A form that arrives when its session is over, or with the mark of an earlier session, is not lost: the page that comes holds what
// it said, and sends it again.
#pragma once

#include "console/page.hpp"

#include <string_view>

namespace immunobot::console {

// The field of the password on that page: no form of the console has one of that name.
inline constexpr std::string_view password_field = "again-password";

// Nobody is signed in: asks who it is, with all that was sent. True: it came with address and password, and goes on as theirs.
bool sign_in_with_form(Page& page);

// Somebody is, but the form is of a page from before: it goes on when they press the button.
void ask_to_send_again(Page& page);

}  // namespace immunobot::console
