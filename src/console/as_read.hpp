// How chat platforms read what is sent to them: as much of their markups as answers have. Pure.
#pragma once

#include "pages/html.hpp"

#include <string_view>

namespace immunobot::console {

// Slack: *strong*, <address|label>.
void put_as_slack_reads(pages::Html& html, std::string_view sent);

// Matrix: <strong>, <a href="address">label</a>.
void put_as_matrix_reads(pages::Html& html, std::string_view sent);

}  // namespace immunobot::console
