#include "assets/shrink.hpp"

#include <algorithm>
#include <array>

namespace immunobot::assets {
namespace {

bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '#' || c == '\\' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool is_one_of(char c, std::string_view set)
{
    return set.find(c) != std::string_view::npos;
}

Error endless(std::string_view what)
{
    return Error{Errc::internal, std::string(what).append(" without an end"), "close it"};
}

// Where the string that begins at `begin` ends (one past its quote); npos if it does not.
std::size_t end_of_string(std::string_view source, std::size_t begin)
{
    for (auto at = begin + 1; at < source.size() && source[at] != '\n'; ++at) {
        if (source[at] == '\\')
            ++at;
        else if (source[at] == source[begin])
            return at + 1;
    }
    return std::string_view::npos;
}

// What stands between two pieces of code: how far it goes, and whether a line ends in it.
struct Gap {
    std::size_t end = 0;
    bool line = false;
    bool closed = true;   // false: a comment has no end
};

Gap gap_at(std::string_view source, std::size_t begin)
{
    Gap gap{begin};
    while (gap.end < source.size()) {
        auto const rest = source.substr(gap.end);
        if (is_space(rest[0])) {
            gap.line |= rest[0] == '\n';
            ++gap.end;
        } else if (rest.starts_with("//")) {
            gap.end += std::min(rest.find('\n'), rest.size());
        } else if (rest.starts_with("/*")) {
            auto const end = rest.find("*/", 2);
            gap.closed = end != std::string_view::npos;
            gap.line |= rest.substr(0, end).find('\n') != std::string_view::npos;
            gap.end += gap.closed ? end + 2 : rest.size();
        } else {
            break;
        }
    }
    return gap;
}

// The fewest characters that keep `before` and `after` what they are.
std::string_view between(char before, char after, bool line)
{
    if (before == '\0' || after == '\0')
        return "";
    if (line && !is_one_of(before, "{;,([:?=&|") && !is_one_of(after, ")],;}:?=&|."))
        return "\n";
    bool const words = is_word(before) && is_word(after);
    bool const would_join = (before == after && is_one_of(before, "+-")) || before == '/' ||
                            (is_digit(before) && after == '.') || (before == '<' && after == '!') || (before == '-' && after == '>');
    return words || would_join ? " " : "";
}

class Script {
public:
    explicit Script(std::string_view source) : source_(source) {}

    Result<std::string> shrunk()
    {
        while (at_ < source_.size())
            if (auto const step = next(); !step)
                return step.error();
        return std::move(out_);
    }

private:
    Result<> next()
    {
        auto const gap = gap_at(source_, at_);
        if (!gap.closed)
            return endless("comment");
        if (gap.end != at_) {
            auto const before = out_.empty() ? '\0' : out_.back();
            auto const after = gap.end < source_.size() ? source_[gap.end] : '\0';
            out_ += between(before, after, gap.line);
            at_ = gap.end;
            return {};
        }
        switch (source_[at_]) {
            case '"':
            case '\'': return copy_to(end_of_string(source_, at_), "string");
            case '`': return copy_to(end_of_template(at_), "template");
            case '/':
                if (expression_may_begin())
                    return copy_to(end_of_pattern(), "regular expression");
                break;
            default: break;
        }
        out_ += source_[at_++];
        return {};
    }

    Result<> copy_to(std::size_t end, std::string_view what)
    {
        if (end == std::string_view::npos)
            return endless(what);
        out_ += source_.substr(at_, end - at_);
        at_ = end;
        return {};
    }

    // Whether a '/' here is the beginning of a regular expression and not a division. After ')' it is a division.
    bool expression_may_begin() const
    {
        auto end = out_.size();
        while (end > 0 && is_space(out_[end - 1]))
            --end;
        if (end == 0 || is_one_of(out_[end - 1], "(,=:[!&|?{};+-*%~^<>"))
            return true;
        auto begin = end;
        while (begin > 0 && is_word(out_[begin - 1]))
            --begin;
        constexpr std::array<std::string_view, 12> before{"return", "typeof", "case", "in", "of", "delete",
                                                          "void", "throw", "else", "do", "yield", "await"};
        return std::find(before.begin(), before.end(), std::string_view(out_).substr(begin, end - begin)) != before.end();
    }

    std::size_t end_of_pattern() const
    {
        bool in_class = false;
        for (auto at = at_ + 1; at < source_.size() && source_[at] != '\n'; ++at) {
            if (source_[at] == '\\')
                ++at;
            else if (source_[at] == '[')
                in_class = true;
            else if (source_[at] == ']')
                in_class = false;
            else if (source_[at] == '/' && !in_class)
                return at + 1;
        }
        return std::string_view::npos;
    }

    std::size_t end_of_template(std::size_t begin) const
    {
        for (auto at = begin + 1; at < source_.size(); ++at) {
            if (source_[at] == '\\')
                ++at;
            else if (source_[at] == '`')
                return at + 1;
            else if (source_.substr(at).starts_with("${")) {
                at = end_of_hole(at + 2);
                if (at == std::string_view::npos)
                    return at;
            }
        }
        return std::string_view::npos;
    }

    // Where the '}' stands that closes "${".
    std::size_t end_of_hole(std::size_t at) const
    {
        for (int depth = 0; at < source_.size(); ++at) {
            auto const c = source_[at];
            if (c == '}' && depth-- == 0)
                return at;
            if (c == '{')
                ++depth;
            if (c != '"' && c != '\'' && c != '`')
                continue;
            at = c == '`' ? end_of_template(at) : end_of_string(source_, at);
            if (at == std::string_view::npos)
                return at;
            --at;
        }
        return std::string_view::npos;
    }

    std::string_view source_;
    std::size_t at_ = 0;
    std::string out_;
};

}  // namespace

Result<std::string> shrink_script(std::string_view source)
{
    return Script(source).shrunk();
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
                return endless("comment");
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
                return endless("string");
            length = end - at;
        }
        out += rest.substr(0, length);
        at += length;
    }
    return out;
}

}  // namespace immunobot::assets
