// The name of a site as the network knows it: letters beyond ASCII are told by "xn--" and Punycode (RFC 3492), so that two names that look
// alike are seen to be two. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace immunobot::text {

// "xn--caf-dma.example" of "Caf\u00e9.Example". Nothing if it is not UTF-8, or longer than a name of a site may be.
std::optional<std::string> ascii_host(std::string_view host);

// Whether a label of such a name stands for letters beyond ASCII.
bool has_other_letters(std::string_view ascii_host);

}  // namespace immunobot::text
