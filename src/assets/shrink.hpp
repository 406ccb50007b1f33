// Makes scripts and style sheets smaller without changing what they do: comments go, and white space where it
// means nothing. Names stay, so what a browser's debugger shows can be read. Pure; any thread.
//
// Scripts: line breaks stay wherever they could end a statement; strings, templates and regular expressions are
// not touched. Fails with Errc::internal when one of these has no end.
#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>

namespace immunobot::assets {

Result<std::string> shrink_script(std::string_view source);
Result<std::string> shrink_styles(std::string_view source);

}  // namespace immunobot::assets
