// One thing wrong with a file that people edit, told so that they can mend it:
// where (file:line:column), the line itself, what was expected, and a hint.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot {

enum class Severity { error, warning };

struct Diagnostic {
    Severity severity = Severity::error;
    std::string code;          // stable, for searching: "K012", "L101"
    std::string file;          // as the person gave it, not resolved
    std::size_t line = 0;      // 1-based; 0 = the whole file
    std::size_t column = 0;    // 1-based, in characters; 0 = the whole line
    std::string source_line;   // the text of that line; may be empty
    std::string message;       // what is wrong and what was expected
    std::string hint;          // what to do; may be empty
};

using Diagnostics = std::vector<Diagnostic>;

bool has_errors(Diagnostics const& found);

// "data/facts.csv:12:40: error K012: ...", then the line with a caret below the column, then the hint.
std::string format(Diagnostic const& diagnostic);

// "facts.csv:12: what is wrong": where there is room for one line.
std::string in_one_line(Diagnostic const& diagnostic);

// Fills in the lines that diagnostics name and do not show, as far as the files can be read.
void show_lines(Diagnostics& found);

// The word of `known` nearest to `text` by edit distance (at most 3 and less than half its length);
// empty if none is near. Bytes, so meant for identifiers.
std::string_view nearest(std::string_view text, std::span<std::string_view const> known);

}  // namespace immunobot
