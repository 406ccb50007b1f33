#include "text/tokens.hpp"

#include "text/fold.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace immunobot::text {
namespace {

bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) >= 0x80);
}

bool is_upper(char32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7);
}

bool is_digit(char32_t code)
{
    return code >= '0' && code <= '9';
}

// Of a name: "Ste. Marguerite".
bool is_short_saint(std::string_view word)
{
    return word == "st" || word == "ste";
}

class Splitter {
public:
    Splitter(std::string_view text, Tokens& out) : text_(text), out_(out) {}

    void run()
    {
        std::string folded;
        for (std::size_t at = 0; at < text_.size();) {
            std::size_t const begin = at;
            char32_t const code = next_code_point(text_, at);
            folded.clear();
            append_folded(folded, code == 0xFFFD ? U' ' : code);
            if (folded.empty())
                continue;  // invisible: neither part of a word nor the end of one
            if (is_word_byte(folded[0]))
                add(begin, at, folded, code);
            else
                part(folded[0], code, at);
        }
        close();
    }

private:
    void add(std::size_t begin, std::size_t end, std::string const& folded, char32_t code)
    {
        if (!open_) {
            open_ = true;
            token_ = Token{};
            token_.begin = static_cast<std::uint32_t>(begin);
            token_.folded_begin = static_cast<std::uint32_t>(out_.folded.size());
            token_.glued = !out_.list.empty() && separators_ == 1 && (last_ == '-' || last_ == '\'' || last_ == '.');
            glue_ = last_;
            token_.sentence_start = out_.list.empty() || sentence_end_;
            token_.after_comma = comma_;
            token_.capital = is_upper(code);
            letters_ = 0;
            all_upper_ = true;
        }
        for (char const c : folded)
            if (is_word_byte(c))
                out_.folded += c;
        token_.end = static_cast<std::uint32_t>(end);
        if (!is_digit(code)) {
            ++letters_;
            all_upper_ = all_upper_ && is_upper(code);
        }
    }

    void part(char separator, char32_t code, std::size_t at)
    {
        bool abbreviated = false;
        if (open_) {
            auto const word = std::string_view(out_.folded).substr(token_.folded_begin);
            abbreviated = separator == '.' && ((word.size() == 1 && token_.capital) || is_short_title(word) || is_short_saint(word));
            token_.elided = separator == '\'';
            close();
            separators_ = 0;
            sentence_end_ = comma_ = false;
        }
        ++separators_;
        last_ = separator;
        bool const space_follows = at >= text_.size() || text_[at] == ' ' || text_[at] == '\n';
        if (separator == '?' || code == 0xBF)
            out_.question_mark = true;
        if (separator == '?' || separator == '!' || separator == ';' || code == '\n' || (separator == '.' && space_follows && !abbreviated))
            sentence_end_ = true;
        if (separator == ',' || separator == ':' || separator == '(' || separator == ')' || (separator == '-' && space_follows))
            comma_ = true;
    }

    void close()
    {
        if (!open_)
            return;
        open_ = false;
        token_.folded_end = static_cast<std::uint32_t>(out_.folded.size());
        token_.upper = all_upper_ && letters_ >= 2;
        out_.folded += ' ';
        if (joins_dotted_acronym())
            join();
        else
            out_.list.push_back(token_);
    }

    // "C.I.M.L.": a single letter glued by a dot to single letters before it.
    bool joins_dotted_acronym() const
    {
        if (!token_.glued || glue_ != '.' || token_.folded_end - token_.folded_begin != 1 || letters_ != 1)
            return false;
        auto const& before = out_.list.back();
        return dotted_until_ == before.end || before.folded_end - before.folded_begin == 1;
    }

    void join()
    {
        auto& before = out_.list.back();
        out_.folded.erase(before.folded_end, token_.folded_begin - before.folded_end);
        before.folded_end += 1;
        before.end = token_.end;
        before.upper = true;
        dotted_until_ = before.end;
    }

    std::string_view text_;
    Tokens& out_;
    Token token_;
    bool open_ = false;
    bool all_upper_ = true;
    bool sentence_end_ = false;
    bool comma_ = false;
    std::uint32_t dotted_until_ = 0;  // end of the dotted acronym made last
    int letters_ = 0;
    int separators_ = 0;   // code points between the last word and the next
    char last_ = ' ';
    char glue_ = ' ';      // what stood between the two words, if it was one character
};

}  // namespace

void Tokens::clear()
{
    folded.clear();
    list.clear();
    question_mark = false;
}

void tokenise(std::string_view text, Tokens& out)
{
    out.clear();
    Splitter(text, out).run();
}

bool is_short_title(std::string_view word)
{
    constexpr std::string_view words[] = {"dr", "mr", "mrs", "ms", "mme", "mlle", "pr", "prof"};
    return std::ranges::find(words, word) != std::end(words);
}

Tokens tokenise(std::string_view text)
{
    Tokens out;
    tokenise(text, out);
    return out;
}

std::string folded_words(Tokens const& tokens)
{
    std::string out;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        out.append(out.empty() ? "" : " ").append(tokens.word(i));
    return out;
}

}  // namespace immunobot::text
