// Snowball stems of folded words. English and French stemmers both see words without accents, on both
// sides of every comparison, so that "creee" and "créée" meet.
#pragma once

#include "base/language.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace immunobot::text {

// One thread at a time. Costs about half a microsecond a word.
class Stemmer {
public:
    Stemmer();
    ~Stemmer();
    Stemmer(Stemmer&&) noexcept;
    Stemmer& operator=(Stemmer&&) noexcept;

    // The stem of a folded word; words of one or two letters and words with a digit are their own stem.
    // The view lives until the next call.
    std::string_view stem(std::string_view folded, Language language);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace immunobot::text
