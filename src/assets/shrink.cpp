#include "assets/shrink.hpp"

#include "assets/script_tokens.hpp"

namespace immunobot::assets {
namespace {

using Kind = ScriptToken::Kind;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_one_of(char c, std::string_view set)
{
    return set.find(c) != std::string_view::npos;
}

// The fewest characters that keep `before` and `after` what they are.
std::string_view between(char before, char after, bool line)
{
    if (line && !is_one_of(before, "{;,([:?=&|") && !is_one_of(after, ")],;}:?=&|."))
        return "\n";
    bool const words = is_word_part(before) && is_word_part(after);
    bool const would_join = (before == after && is_one_of(before, "+-")) || before == '/' || (is_digit(before) && after == '.') ||
                            (before == '<' && after == '!') || (before == '-' && after == '>');
    return words || would_join ? " " : "";
}

// Marks that mean nothing: the comma after the last of a list, the brackets of an arrow's only parameter.
class IdleMarks {
public:
    explicit IdleMarks(std::vector<ScriptToken> const& tokens) : idle_(tokens.size())
    {
        std::vector<std::size_t> code;
        for (std::size_t i = 0; i < tokens.size(); ++i)
            if (tokens[i].kind != Kind::gap)
                code.push_back(i);
        auto const text = [&](std::size_t i) { return i < code.size() ? tokens[code[i]].text : std::string_view(); };
        for (std::size_t i = 1; i < code.size(); ++i) {
            if (text(i) == "," && is_mark(text(i + 1), "]})") && !is_mark(text(i - 1), ",["))
                idle_[code[i]] = true;
            if (text(i) == "(" && is_mark(text(i - 1), "(,=:?[{;&|>") && text(i + 2) == ")" && text(i + 3) == "=" && text(i + 4) == ">" &&
                tokens[code[i + 1]].kind == Kind::word)
                idle_[code[i]] = idle_[code[i + 2]] = true;
        }
    }

    bool contains(std::size_t token) const { return idle_[token]; }

private:
    static bool is_mark(std::string_view text, std::string_view set) { return text.size() == 1 && is_one_of(text[0], set); }

    std::vector<bool> idle_;
};

}  // namespace

Result<std::string> shrink_script(std::string_view source)
{
    auto const tokens = script_tokens(source);
    if (!tokens)
        return tokens.error();
    IdleMarks const idle(*tokens);
    std::string out;
    for (std::size_t i = 0; i < tokens->size(); ++i) {
        auto const& token = (*tokens)[i];
        if (token.kind != Kind::gap)
            out += idle.contains(i) ? std::string_view() : token.text;
        else if (!out.empty() && i + 1 < tokens->size())
            out += between(out.back(), (*tokens)[i + 1].text[0], token.ends_line);
    }
    return out;
}

Result<std::string> shrink_styles(std::string_view source)
{
    std::string out;
    bool space = false;
    for (std::size_t at = 0; at < source.size();) {
        auto const rest = source.substr(at);
        if (is_space(rest[0])) {
            space = true;
            ++at;
            continue;
        }
        if (rest.starts_with("/*")) {
            auto const end = rest.find("*/", 2);
            if (end == std::string_view::npos)
                return Error{Errc::internal, "comment without an end", "close it"};
            at += end + 2;
            continue;
        }
        if (rest[0] == '}' && !out.empty() && out.back() == ';')
            out.pop_back();
        // Before a ':' white space means "inside", as in "p :first-child".
        if (space && !out.empty() && !is_one_of(out.back(), "{};,:") && !is_one_of(rest[0], "{};,"))
            out += ' ';
        space = false;
        std::size_t length = 1;
        if (rest[0] == '"' || rest[0] == '\'') {
            auto const end = end_of_string(source, at);
            if (end == std::string_view::npos)
                return Error{Errc::internal, "string without an end", "close it"};
            length = end - at;
        }
        out += rest.substr(0, length);
        at += length;
    }
    return out;
}

}  // namespace immunobot::assets
