// The few marks of an answer that staff write: **strong**, and [label](https://address), also with mailto: or tel:. Taken out once;
// everything that shows the answer works on what is left and on where the marks were. Pure.
#pragma once

#include "base/language.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::text {

struct Mark {
    std::size_t begin = 0;      // bytes of the plain text
    std::size_t end = 0;
    std::size_t shown = 0;      // of a link: where its label ends; up to the end, the address for who cannot follow it
    std::string address = {};   // of a link: https:, mailto: or tel:; empty: the text is strong
    friend bool operator==(Mark const&, Mark const&) = default;
};

struct Marked {
    std::string text;           // without marks: "the plan (https://example.org/plan)"
    std::vector<Mark> marks;    // by where they begin; strong texts may hold links, nothing else holds anything
};

// Takes the marks out. What is no whole mark stays as it stands: marks begin and end on one line, beside a letter and not a blank;
// strong is exactly two asterisks; an address has no blanks, brackets, asterisks or quotation marks. Any bytes, in linear time.
Marked marked(std::string_view written);

// For marks of a text that comes to stand behind `bytes` of another.
void move_by(std::vector<Mark>& marks, std::size_t bytes);

// Its text alone.
std::string without_marks(std::string_view written);
LocalText without_marks(LocalText const& written);

}  // namespace immunobot::text
