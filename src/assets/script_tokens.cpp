#include "assets/script_tokens.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace immunobot::assets {
namespace {

using Kind = ScriptToken::Kind;

constexpr auto nowhere = std::string_view::npos;

Error endless(std::string_view what)
{
    return Error{Errc::internal, std::string(what).append(" without an end"), "close it"};
}

std::size_t end_of_word(std::string_view source, std::size_t begin)
{
    auto end = begin;
    while (end < source.size() && is_word_part(source[end]))
        ++end;
    return end;
}

std::size_t end_of_pattern(std::string_view source, std::size_t begin)
{
    bool in_class = false;
    for (auto at = begin + 1; at < source.size() && source[at] != '\n'; ++at) {
        if (source[at] == '\\')
            ++at;
        else if (source[at] == '[')
            in_class = true;
        else if (source[at] == ']')
            in_class = false;
        else if (source[at] == '/' && !in_class)
            return end_of_word(source, at + 1);   // with its flags
    }
    return nowhere;
}

std::size_t end_of_template(std::string_view source, std::size_t begin);

// Where the '}' stands that closes "${".
std::size_t end_of_hole(std::string_view source, std::size_t at)
{
    for (int depth = 0; at < source.size(); ++at) {
        auto const c = source[at];
        if (c == '}' && depth-- == 0)
            return at;
        if (c == '{')
            ++depth;
        if (c != '"' && c != '\'' && c != '`')
            continue;
        at = c == '`' ? end_of_template(source, at) : end_of_string(source, at);
        if (at == nowhere)
            return at;
        --at;
    }
    return nowhere;
}

std::size_t end_of_template(std::string_view source, std::size_t begin)
{
    for (auto at = begin + 1; at < source.size(); ++at) {
        if (source[at] == '\\')
            ++at;
        else if (source[at] == '`')
            return at + 1;
        else if (source.substr(at).starts_with("${")) {
            at = end_of_hole(source, at + 2);
            if (at == nowhere)
                return at;
        }
    }
    return nowhere;
}

class Cutter {
public:
    explicit Cutter(std::string_view source) : source_(source) {}

    Result<std::vector<ScriptToken>> cut()
    {
        while (at_ < source_.size())
            if (auto const step = next(); !step)
                return step.error();
        return std::move(tokens_);
    }

private:
    Result<> next()
    {
        auto const rest = source_.substr(at_);
        if (is_space(rest[0]) || rest.starts_with("//") || rest.starts_with("/*"))
            return add_gap();
        if (is_word_part(rest[0]))
            return add(Kind::word, end_of_word(source_, at_), "word");
        switch (rest[0]) {
            case '"':
            case '\'': return add(Kind::text, end_of_string(source_, at_), "string");
            case '`': return add(Kind::pattern, end_of_template(source_, at_), "template");
            case '/':
                if (expression_may_begin())
                    return add(Kind::text, end_of_pattern(source_, at_), "regular expression");
                break;
            default: break;
        }
        return add(Kind::mark, at_ + 1, "mark");
    }

    Result<> add(Kind kind, std::size_t end, std::string_view what)
    {
        if (end == nowhere)
            return endless(what);
        tokens_.push_back({kind, source_.substr(at_, end - at_)});
        if (kind != Kind::gap)
            last_ = tokens_.back();
        at_ = end;
        return {};
    }

    Result<> add_gap()
    {
        auto end = at_;
        bool line = false;
        while (end < source_.size()) {
            auto const rest = source_.substr(end);
            if (is_space(rest[0])) {
                line |= rest[0] == '\n';
                ++end;
            } else if (rest.starts_with("//")) {
                end += std::min(rest.find('\n'), rest.size());
            } else if (rest.starts_with("/*")) {
                auto const close = rest.find("*/", 2);
                if (close == nowhere)
                    return endless("comment");
                line |= rest.substr(0, close).find('\n') != nowhere;
                end += close + 2;
            } else {
                break;
            }
        }
        static_cast<void>(add(Kind::gap, end, "gap"));
        tokens_.back().ends_line = line;
        return {};
    }

    // Whether a '/' here is the beginning of a regular expression and not a division.
    bool expression_may_begin() const
    {
        if (last_.text.empty())
            return true;
        if (last_.kind == Kind::mark)
            return std::string_view("(,=:[!&|?{};+-*%~^<>}").find(last_.text) != nowhere;
        constexpr std::array<std::string_view, 12> before{"return", "typeof", "case", "in", "of", "delete",
                                                          "void", "throw", "else", "do", "yield", "await"};
        return last_.kind == Kind::word && std::find(before.begin(), before.end(), last_.text) != before.end();
    }

    std::string_view source_;
    std::size_t at_ = 0;
    std::vector<ScriptToken> tokens_;
    ScriptToken last_;   // that was no gap
};

}  // namespace

bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_word_part(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '#' || c == '\\' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::size_t end_of_string(std::string_view source, std::size_t begin)
{
    for (auto at = begin + 1; at < source.size() && source[at] != '\n'; ++at) {
        if (source[at] == '\\')
            ++at;
        else if (source[at] == source[begin])
            return at + 1;
    }
    return nowhere;
}

Result<std::vector<ScriptToken>> script_tokens(std::string_view source)
{
    return Cutter(source).cut();
}

}  // namespace immunobot::assets
