// A page that says what is wrong: not there, too many questions, not well.
#pragma once

#include "pages/layout.hpp"

#include <string>

namespace immunobot::pages {

// `status` is that of HTTP; `here` the page that was asked for, `wait` the seconds until it may be asked again (0: not said).
std::string notice_page(View const& view, Place const& here, int status, unsigned wait = 0);

}  // namespace immunobot::pages
