// What changed from one text to another, word by word. Pure.
#pragma once

#include "base/language.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::staff {

struct Piece {
    enum class Kind { same, removed, added } kind = Kind::same;
    std::string text;
    friend bool operator==(Piece const&, Piece const&) = default;
};

// The pieces in order: without the added ones it is `before`, without the removed ones `after`. Texts that are too long to
// compare (more than 1,500 words) are one piece removed and one added.
std::vector<Piece> difference(std::string_view before, std::string_view after);

// The language of the text that alone is another now, where there were two: whether the other is still true has to be asked.
std::optional<Language> changed_alone(LocalText const& before, LocalText const& after);

}  // namespace immunobot::staff
