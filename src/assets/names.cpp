#include "assets/names.hpp"

#include "assets/script_tokens.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

namespace immunobot::assets {
namespace {

using Kind = ScriptToken::Kind;
using Word = std::string_view;

constexpr std::array<Word, 45> keywords{
    "async", "await", "break", "case", "catch", "class", "const", "constructor", "continue", "debugger", "default", "delete", "do", "else", "extends",
    "false", "finally", "for", "from", "function", "get", "if", "import", "in", "instanceof", "let", "new", "null", "of", "return", "set", "static",
    "super", "switch", "this", "throw", "true", "try", "typeof", "undefined", "var", "void", "while", "with", "yield"};

bool is_one_of(Word word, std::initializer_list<Word> list)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_name(Word word)
{
    char const c = word.empty() ? '0' : word[0];
    bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    return letter && std::find(keywords.begin(), keywords.end(), word) == keywords.end();
}

// Private, or a property that the script alone uses, by the convention of web/: "$name".
bool is_its_own(Word word)
{
    return word.size() > 1 && (word[0] == '#' || word[0] == '$');
}

class Names {
public:
    explicit Names(std::vector<ScriptToken> const& tokens) : all_(tokens)
    {
        for (std::size_t i = 0; i < all_.size(); ++i)
            if (all_[i].kind != Kind::gap)
                code_.push_back(i);
    }

    std::map<Word, std::string> shorter()
    {
        for (std::size_t i = 0; i < code_.size(); ++i) {
            if (kind(i) == Kind::word)
                look_at(i);
            else if (kind(i) == Kind::pattern)
                note_template(word(i));
            else if (kind(i) == Kind::mark)
                follow_brackets(i);
        }
        return assigned();
    }

private:
    Word word(std::size_t i) const { return i < code_.size() ? all_[code_[i]].text : Word(); }
    Word before(std::size_t i, std::size_t n = 1) const { return i >= n ? word(i - n) : Word(); }
    Kind kind(std::size_t i) const { return all_[code_[i]].kind; }

    void look_at(std::size_t i)
    {
        ++counts_[word(i)];
        if (is_its_own(word(i)))
            return;
        if (is_property(i))
            properties_.insert(word(i));
        if (is_one_of(before(i), {"const", "let", "class", "function"}) || (word(i + 1) == "=" && word(i + 2) == ">") ||
            (before(i) == "(" && before(i, 2) == "catch"))
            declared_.insert(word(i));
    }

    // Whether it is, or might be, the name of a property or method.
    bool is_property(std::size_t i) const
    {
        if (before(i) == ".")
            return !(before(i, 2) == "." && before(i, 3) == ".");   // "...name" is a name
        if (open_.empty() || word(open_.back()) != "{")
            return false;
        if (is_one_of(before(i), {"static", "get", "set", "async", "*"}))
            return true;
        if (is_one_of(before(i), {"{", ","}) && is_one_of(word(i + 1), {",", "}", ":", "=", "("}))
            return true;
        return is_one_of(before(i), {"{", "}", ";"}) && is_one_of(word(i + 1), {"(", "=", ";"});
    }

    void follow_brackets(std::size_t i)
    {
        auto const mark = word(i);
        if (is_one_of(mark, {"(", "[", "{"}))
            open_.push_back(i);
        if (!is_one_of(mark, {")", "]", "}"}) || open_.empty())
            return;
        auto const begin = open_.back();
        open_.pop_back();
        bool const arrow = mark == ")" && word(i + 1) == "=" && word(i + 2) == ">";
        bool const method = mark == ")" && word(i + 1) == "{" && begin > 0 && kind(begin - 1) == Kind::word &&
                            !is_one_of(before(begin), {"if", "for", "while", "switch", "catch", "with"});
        bool const pattern = mark == "]" && is_one_of(before(begin), {"const", "let"});
        if (arrow || method || pattern)
            declare_between(begin, i);
    }

    // Parameters, and the parts of an array that is taken apart; what stands deeper or after '=' is left alone.
    void declare_between(std::size_t begin, std::size_t end)
    {
        int depth = 0;
        for (auto i = begin + 1; i < end; ++i) {
            depth += is_one_of(word(i), {"(", "{"}) ? 1 : is_one_of(word(i), {")", "}"}) ? -1 : 0;
            if (depth == 0 && kind(i) == Kind::word && is_one_of(before(i), {"(", ",", "[", "."}))
                declared_.insert(word(i));
        }
    }

    void note_template(Word text)
    {
        for (std::size_t at = 0; at < text.size();) {
            auto end = at;
            while (end < text.size() && is_word_part(text[end]))
                ++end;
            in_templates_.insert(text.substr(at, end - at));
            at = std::max(end, at + 1);
        }
    }

    bool may_change(Word name) const
    {
        if (is_its_own(name))
            return !in_templates_.contains(name);
        return is_name(name) && declared_.contains(name) && !properties_.contains(name) && !in_templates_.contains(name);
    }

    // The most frequent get the shortest; none gets a name that the script has already.
    std::map<Word, std::string> assigned() const
    {
        std::vector<std::pair<std::size_t, Word>> order;
        for (auto const& [name, count] : counts_)
            if (may_change(name))
                order.emplace_back(count, name);
        std::sort(order.begin(), order.end(), [](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
        std::map<Word, std::string> out;
        std::size_t next = 0;
        for (auto const& [count, name] : order) {
            std::string shorter;
            do
                shorter = std::string(name[0] == '#' ? "#" : "") + letters(next++);
            while (counts_.contains(shorter) || in_templates_.contains(shorter) || std::find(keywords.begin(), keywords.end(), shorter) != keywords.end());
            out[name] = shorter.size() < name.size() ? shorter : std::string(name);
        }
        return out;
    }

    static std::string letters(std::size_t number)
    {
        constexpr std::string_view set = "etanoisrlcudpmhgvfbyxwkqjzETANOISRLCUDPMHGVFBYXWKQJZ";
        auto out = std::string(1, set[number % set.size()]);
        return number < set.size() ? out : letters(number / set.size() - 1) + out;
    }

    std::vector<ScriptToken> const& all_;
    std::vector<std::size_t> code_;      // of all_, without gaps
    std::vector<std::size_t> open_;      // brackets around, by place in code_
    std::map<Word, std::size_t, std::less<>> counts_;
    std::set<Word, std::less<>> declared_;
    std::set<Word, std::less<>> properties_;
    std::set<Word, std::less<>> in_templates_;
};

// "--_accent" and so on, in styles and in strings alike.
std::string shorten_custom_properties(std::string text)
{
    std::map<std::string, std::string> shorter;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (text.compare(at, 3, "--_") != 0) {
            out += text[at++];
            continue;
        }
        auto end = at + 3;
        while (end < text.size() && text[end] >= 'a' && text[end] <= 'z')
            ++end;
        auto const [found, fresh] = shorter.try_emplace(text.substr(at, end - at));
        if (fresh)
            found->second = "--_" + std::string(1, static_cast<char>('a' + (shorter.size() - 1) % 26)) + (shorter.size() > 26 ? "a" : "");
        out += found->second;
        at = end;
    }
    return out;
}

}  // namespace

Result<std::string> shorten_names(std::string_view script)
{
    auto const tokens = script_tokens(script);
    if (!tokens)
        return tokens.error();
    auto const shorter = Names(*tokens).shorter();
    std::string out;
    for (auto const& token : *tokens) {
        auto const found = token.kind == Kind::word ? shorter.find(token.text) : shorter.end();
        out += found == shorter.end() ? token.text : std::string_view(found->second);
    }
    return shorten_custom_properties(std::move(out));
}

}  // namespace immunobot::assets
