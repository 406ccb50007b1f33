// The one form in which words are compared: lower case, no accents, ligatures opened, plain quotes and
// dashes, nothing invisible. "Œuvre", "oeuvre" and the decomposed form of it fold to the same bytes.
#pragma once

#include <string>
#include <string_view>

namespace immunobot::text {

// Folds one code point and appends the result (0 to several characters). Invisible characters (zero
// width, bidi controls, soft hyphen) and combining marks vanish; typographic quotes become ' or ",
// dashes become -, all white space becomes one blank character each.
void append_folded(std::string& out, char32_t code);

// Folds a whole text. Bad UTF-8 bytes become blanks.
std::string fold(std::string_view text);

}  // namespace immunobot::text
