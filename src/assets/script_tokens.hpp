// A script cut into the pieces that may be treated apart: enough of JavaScript's grammar to shrink it, no more. Pure.
#pragma once

#include "base/error.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace immunobot::assets {

struct ScriptToken {
    enum class Kind : std::uint8_t {
        word,      // name, keyword, number, #private name
        mark,      // one character of punctuation
        gap,       // white space and comments
        text,      // a string or a regular expression
        pattern,   // `a template`, with all that is in it
    };
    Kind kind = Kind::mark;
    std::string_view text;      // of the source
    bool ends_line = false;     // a gap that a statement may end in
};

bool is_space(char c);
bool is_word_part(char c);

// Where the string that begins at `begin` ends (one past its quote); npos if it does not.
std::size_t end_of_string(std::string_view source, std::size_t begin);

// All of `source`, in order. Fails with Errc::internal when a comment, string, template or regular expression has no
// end. A '/' after ')' is taken for a division.
Result<std::vector<ScriptToken>> script_tokens(std::string_view source);

}  // namespace immunobot::assets
