// A text as words. Letters and digits make words, everything else parts them; elisions ("l'", "qu'"),
// possessives ("'s") and hyphens are parted too, so that "l'AP-HM" is  l | ap | hm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::text {

struct Token {
    std::uint32_t begin = 0;        // bytes in the original text
    std::uint32_t end = 0;
    std::uint32_t folded_begin = 0; // bytes in Tokens::folded
    std::uint32_t folded_end = 0;
    bool elided = false;            // ended with an apostrophe: "l'", "d'"
    bool glued = false;             // follows the token before with only a hyphen, dot or apostrophe between
    bool upper = false;             // at least two letters, all of them capitals: an acronym as typed
    bool capital = false;           // its first letter is a capital
    bool sentence_start = false;    // first of the text, or after . ! ? ; or a line end
    bool after_comma = false;       // a comma, colon, dash or bracket stands before it
};

struct Tokens {
    std::string folded;             // folded words, each followed by a blank
    std::vector<Token> list;
    bool question_mark = false;

    std::string_view word(std::size_t i) const&
    {
        return std::string_view(folded).substr(list[i].folded_begin, list[i].folded_end - list[i].folded_begin);
    }
    std::size_t size() const { return list.size(); }
    void clear();
};

// Splits `text`; reuses the memory of `out`. Linear. Single letters parted by dots ("C.I.M.L.") make one word.
void tokenise(std::string_view text, Tokens& out);
Tokens tokenise(std::string_view text);

// The folded words, a blank between them.
std::string folded_words(Tokens const& tokens);

// "dr", "mme": a folded title that is written with a dot, which ends no sentence.
bool is_short_title(std::string_view word);

}  // namespace immunobot::text
