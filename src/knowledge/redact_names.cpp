#include "knowledge/redact_names.hpp"

#include "knowledge/people_words.hpp"
#include "knowledge/unicode.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace immunobot::knowledge {
namespace {

// How people say who they are; `surely`: nothing but a name can follow.
struct Introduction {
    std::vector<std::string_view> words;
    bool surely;
};

std::vector<Introduction> const& introductions()
{
    static std::vector<Introduction> const all = {
        {{"je", "m'appelle"}, true}, {{"je", "m", "appelle"}, true}, {{"je", "me", "nomme"}, true}, {{"mon", "nom", "est"}, true},
        {{"mon", "nom", "c'est"}, true}, {{"mon", "prenom", "est"}, true}, {{"my", "name", "is"}, true}, {{"my", "name's"}, true},
        {{"my", "first", "name", "is"}, true}, {{"i", "am", "called"}, true}, {{"i'm", "called"}, true},
        {{"je", "suis"}, false}, {{"moi", "c'est"}, false}, {{"i", "am"}, false}, {{"i'm"}, false}};
    return all;
}

struct Word {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t letters = 0;
    bool capital = false;   // its first letter
    bool small = false;     // has a small letter
    bool dot = false;       // stands behind it: "M.", "J."
    std::string folded = {};
};

constexpr std::size_t longest_looked_at = 60;   // bytes that are looked at

// Letters, with hyphens and apostrophes between them.
std::optional<Word> word_at(std::string_view text, std::size_t at)
{
    Word word{.begin = at, .end = at};
    while (at < text.size()) {
        std::size_t next = at;
        auto const code = text::next_code_point(text, next);
        if (is_letter(code)) {
            bool const joined = word.letters == 1 && word.end != at;   // "d'Orsini"
            word.capital = word.letters == 0 || joined ? is_capital(code) : word.capital;
            word.small = word.small || !is_capital(code);
            ++word.letters;
            word.end = next;
        } else if (word.end != at || word.letters == 0 || (code != '-' && code != '\'' && code != 0x2019)) {
            break;   // no joint, or the second in a row
        }
        at = next;
    }
    if (word.letters == 0)
        return std::nullopt;
    word.dot = word.end < text.size() && text[word.end] == '.';
    word.folded = text::fold(text.substr(word.begin, std::min(word.end - word.begin, longest_looked_at)));
    return word;
}

std::size_t behind_blanks(std::string_view text, std::size_t at)
{
    while (at < text.size()) {
        std::size_t next = at;
        auto const code = text::next_code_point(text, next);
        if (code != ' ' && code != '\t' && code != 0xa0 && code != 0x202f)
            break;
        at = next;
    }
    return at;
}

bool has_small_letters(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();)
        if (auto const code = text::next_code_point(text, at); is_letter(code) && !is_capital(code))
            return true;
    return false;
}

bool is_first_name(Word const& word)
{
    return people::is_first_name(std::string_view(word.folded).substr(0, word.folded.find('-')));
}

bool is_title(Word const& word)
{
    return people::is_manner(word.folded) || people::is_profession(word.folded);
}

class NameMask {
    static constexpr std::size_t most_words = 5;   // of a name with capitals
    static constexpr std::size_t most_small = 2;   // ... without

public:
    explicit NameMask(std::string_view text) : text_(text), shouted_(!has_small_letters(text)) {}

    std::string run()
    {
        for (std::size_t at = 0; at < text_.size();) {
            auto const word = word_at(text_, at);
            if (!word) {
                text::next_code_point(text_, at);
                continue;
            }
            at = word->end;
            if (auto const name = name_behind(*word)) {
                out_ += text_.substr(copied_, name->begin - copied_);
                out_ += "[name]";
                at = copied_ = name->end;
            }
        }
        out_ += text_.substr(copied_);
        return std::move(out_);
    }

private:
    struct Span {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    // With nothing but blanks before it, or the dot of an abbreviation.
    std::optional<Word> next(Word const& word) const
    {
        bool const dotted = word.dot && (word.letters == 1 || people::is_manner(word.folded));
        auto const end = word.end + (dotted ? 1 : 0);
        auto const begin = behind_blanks(text_, end);
        return begin == word.end ? std::nullopt : word_at(text_, begin);
    }

    std::optional<Span> name_behind(Word const& first) const
    {
        for (auto const& introduction : introductions())
            if (auto const last = last_of(first, introduction.words)) {
                auto begin = behind_blanks(text_, last->end);
                if (introduction.surely && begin < text_.size() && text_[begin] == ':')
                    begin = behind_blanks(text_, begin + 1);
                auto const word = begin == last->end ? std::nullopt : word_at(text_, begin);
                return word ? name_at(*word, introduction.surely) : std::nullopt;
            }
        return std::nullopt;
    }

    std::optional<Word> last_of(Word const& first, std::vector<std::string_view> const& words) const
    {
        std::optional<Word> at = first;
        for (std::size_t i = 0; at && at->folded == words[i]; at = next(*at))
            if (++i == words.size())
                return at;
        return std::nullopt;
    }

    std::optional<Span> name_at(Word word, bool surely) const
    {
        if (word.folded == "le" || word.folded == "la" || word.folded == "the")
            if (auto const title = next(word); title && is_title(*title))
                word = *title;
        bool polite = false;
        bool titled = false;
        while (is_title(word)) {
            polite = polite || people::is_manner(word.folded);
            titled = true;
            auto const behind = next(word);
            if (!behind)
                return std::nullopt;
            word = *behind;
        }
        if (joins(word) && (surely || titled))
            return with_capitals(word, true);
        if (people::is_little_word(word.folded))
            return std::nullopt;
        bool const has_capital = word.capital && !(shouted_ && word.letters > 1);
        // "I am professor emeritus"
        return has_capital ? with_capitals(word, surely || titled) : without(word, surely || polite);
    }

    // "de Gaulle", "de la Tour"
    bool joins(Word const& word) const
    {
        auto const behind = people::is_particle(word.folded) ? next(word) : std::nullopt;
        if (!behind || behind->capital)
            return behind.has_value();
        auto const last = people::is_particle(behind->folded) ? next(*behind) : std::nullopt;
        return last && last->capital;
    }

    std::optional<Span> with_capitals(Word const& first, bool surely) const
    {
        Span span{first.begin, first.end};
        bool is_role = people::is_no_name(first.folded);
        bool small = first.small;
        std::size_t words = 1;
        for (auto word = next(first); word && words < most_words; word = next(*word)) {
            if (joins(*word))
                continue;
            if (!word->capital || people::is_little_word(word->folded))
                break;
            is_role = is_role || people::is_no_name(word->folded);
            small = small || word->small;
            ++words;
            span.end = word->end;
        }
        bool const two = words > 1 && small && !is_role;   // "CNRS INSERM" is nobody
        return surely || two || is_first_name(first) ? std::optional(span) : std::nullopt;
    }

    std::optional<Span> without(Word const& first, bool surely) const
    {
        if (!surely && !is_first_name(first))
            return std::nullopt;
        Span span{first.begin, first.end};
        auto word = next(first);
        for (std::size_t words = 1; word && words < most_small; ++words, word = next(*word)) {
            if (people::is_little_word(word->folded) || people::is_no_name(word->folded))
                break;
            span.end = word->end;
        }
        return span;
    }

    std::string_view text_;
    bool shouted_;   // all of it in capitals, which say nothing then
    std::string out_ = {};
    std::size_t copied_ = 0;
};

}  // namespace

std::string mask_names(std::string_view text)
{
    return NameMask(text).run();
}

}  // namespace immunobot::knowledge
