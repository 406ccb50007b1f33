#include "channels/texts.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace immunobot::channels {
namespace {

constexpr std::string_view ellipsis = "\xe2\x80\xa6";
constexpr std::string_view zero_width_space = "\xe2\x80\x8b";
constexpr std::size_t longest_entity = 10;

bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool begins_address(std::string_view text)
{
    return text.starts_with("http://") || text.starts_with("https://");
}

// An '@' in front of a word calls somebody, unless it is part of a mail address.
bool calls(std::string_view text, std::size_t at)
{
    return text[at] == '@' && (at == 0 || !is_word(text[at - 1])) && at + 1 < text.size() && !is_blank(text[at + 1]);
}

void append_html(std::string& out, char c)
{
    switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
    }
}

void append_mrkdwn(std::string& out, char c)
{
    switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        default: out += c;
    }
}

// Google Chat has no entities and no other escape: a space that nobody sees keeps "<users/...>" and "<https://...>" from being read.
void append_google(std::string& out, char c, char next)
{
    bool const letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    out += c;
    if (c == '<' && letter)
        out += zero_width_space;
}

// What stands before the '>' that ends a link of Google Chat must have none in it: angle quotes look like it.
std::string google_label(std::string_view text)
{
    std::string out;
    for (char const c : text) {
        if (c == '<')
            out += "\xe2\x80\xb9";
        else if (c == '>')
            out += "\xe2\x80\xba";
        else
            out += c;
    }
    return out;
}

// `begins_line`: nothing but blanks stands before it on its line.
void append_markdown(std::string& out, char c, bool begins_line)
{
    constexpr std::string_view always = "\\*_~`[]<|";
    constexpr std::string_view in_front = "#>";
    if (always.find(c) != std::string_view::npos || (begins_line && in_front.find(c) != std::string_view::npos))
        out += '\\';
    out += c;
}

struct Range {
    std::size_t begin;
    std::size_t end;
};

// What must not be cut: entities, tags, elements <a>...</a> and <strong>...</strong>, links [label](address) and <address|label>.
std::vector<Range> wholes(std::string_view text)
{
    std::vector<Range> found;
    auto const add = [&](std::size_t begin, std::size_t end) {
        if (end != std::string_view::npos)
            found.push_back({begin, end});
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const before = found.size();
        if (text[i] == '&') {
            auto const end = text.find(';', i);
            add(i, end != std::string_view::npos && end - i <= longest_entity ? end + 1 : std::string_view::npos);
        } else if (text.substr(i).starts_with("<strong>")) {
            auto const end = text.find("</strong>", i);
            add(i, end == std::string_view::npos ? end : end + 9);
        } else if (text.substr(i).starts_with("<a ")) {
            auto const end = text.find("</a>", i);
            add(i, end == std::string_view::npos ? end : end + 4);
        } else if (text[i] == '<') {
            auto const end = text.find_first_of(">\n", i);
            add(i, end == std::string_view::npos || text[end] == '\n' ? std::string_view::npos : end + 1);
        } else if (text[i] == '[') {
            auto const middle = text.find("](", i);
            auto const end = middle == std::string_view::npos ? middle : text.find_first_of(")\n", middle);
            add(i, end == std::string_view::npos || text[end] == '\n' ? std::string_view::npos : end + 1);
        } else if (begins_address(text.substr(i))) {
            add(i, std::min(text.find_first_of(" \n\t", i), text.size()));
        }
        if (found.size() > before)
            i = found.back().end - 1;
    }
    return found;
}

// Bytes of the longest prefix with at most `most` units.
std::size_t prefix_size(std::string_view text, std::size_t most, Unit unit)
{
    std::size_t at = 0;
    for (std::size_t used = 0; at < text.size();) {
        auto next = at;
        auto const code = text::next_code_point(text, next);
        used += unit == Unit::bytes ? next - at : unit == Unit::utf16 && code > 0xffff ? 2 : 1;
        if (used > most)
            break;
        at = next;
    }
    return at;
}

class Splitter {
public:
    Splitter(std::string_view text, std::size_t most, Unit unit) : text_(text), most_(most), unit_(unit), wholes_(wholes(text)) {}

    bool done() const { return at_ >= text_.size(); }

    std::string_view rest() const { return text_.substr(std::min(at_, text_.size())); }

    // The next part; goes on behind the blanks that follow it.
    std::string_view next()
    {
        auto const window = std::max<std::size_t>(prefix_size(rest(), most_, unit_), text::character_size(text_, at_));
        auto const size = window >= rest().size() ? rest().size() : cut(std::max<std::size_t>(window, 1));
        auto part = text_.substr(at_, size);
        at_ += size;
        while (!done() && is_blank(text_[at_]))
            ++at_;
        while (!part.empty() && is_blank(part.back()))
            part.remove_suffix(1);
        return part;
    }

    // All that is left, in one part: shortened, where it does not fit, in front of what must not be cut.
    std::string last() const
    {
        auto const mark = unit_ == Unit::bytes ? ellipsis.size() : 1;
        if (prefix_size(rest(), most_, unit_) == rest().size() || most_ < mark)
            return shortened(rest(), most_, unit_);
        auto part = text_.substr(at_, before_whole(prefix_size(rest(), most_ - mark, unit_)));
        while (!part.empty() && is_blank(part.back()))
            part.remove_suffix(1);
        return std::string(part).append(ellipsis);
    }

private:
    // `size`, or less where that would cut what begins behind the first byte and must not be cut.
    std::size_t before_whole(std::size_t size) const
    {
        for (auto const& whole : wholes_)
            if (whole.begin > at_ && whole.begin < at_ + size && at_ + size < whole.end)
                return whole.begin - at_;
        return size;
    }

    // Where to cut within the first `window` bytes.
    std::size_t cut(std::size_t window) const
    {
        using Ends = bool (*)(std::string_view, std::size_t);
        constexpr std::array<Ends, 4> kinds = {
            [](std::string_view t, std::size_t i) { return t.substr(i).starts_with("\n\n"); },
            [](std::string_view t, std::size_t i) { return t[i] == '\n'; },
            [](std::string_view t, std::size_t i) {
                return i > 0 && is_blank(t[i]) && (t[i - 1] == '.' || t[i - 1] == '!' || t[i - 1] == '?');
            },
            [](std::string_view t, std::size_t i) { return is_blank(t[i]); }};
        for (auto const ends : kinds)
            for (auto size = window; size > window / 4; --size)
                if (ends(text_, at_ + size) && may_cut(at_ + size))
                    return size;
        return before_whole(window);   // no good place: anywhere but inside of a whole, if that is possible
    }

    bool may_cut(std::size_t at) const
    {
        return std::ranges::none_of(wholes_, [&](Range const& whole) { return whole.begin < at && at < whole.end; });
    }

    std::string_view text_;
    std::size_t most_;
    Unit unit_;
    std::vector<Range> wholes_;
    std::size_t at_ = 0;
};

std::optional<char32_t> entity(std::string_view name)
{
    constexpr std::pair<std::string_view, char32_t> named[] = {{"amp", U'&'}, {"lt", U'<'}, {"gt", U'>'}, {"quot", U'"'},
                                                               {"apos", U'\''}, {"nbsp", U' '}};
    for (auto const& [known, code] : named)
        if (known == name)
            return code;
    if (!name.starts_with('#') || name.size() < 2)
        return std::nullopt;
    bool const hexadecimal = name[1] == 'x' || name[1] == 'X';
    auto const digits = name.substr(hexadecimal ? 2 : 1);
    std::uint32_t code = 0;
    auto const [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
    bool const whole = !digits.empty() && failed == std::errc() && end == digits.data() + digits.size();
    if (!whole || code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return std::nullopt;
    return code == 0xa0 ? U' ' : static_cast<char32_t>(code);
}

}  // namespace

std::string escaped(std::string_view text, Markup markup)
{
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    bool begins_line = true;
    bool in_address = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (begins_address(text.substr(i)) && (i == 0 || !is_word(text[i - 1])))
            in_address = true;
        else if (is_blank(c))
            in_address = false;
        if (markup == Markup::html)
            append_html(out, c);
        else if (markup == Markup::mrkdwn)
            append_mrkdwn(out, c);
        else if (markup == Markup::google)
            append_google(out, c, i + 1 < text.size() ? text[i + 1] : ' ');
        else if (markup == Markup::markdown && !in_address)
            append_markdown(out, c, begins_line);
        else
            out += c;
        if (!in_address && calls(text, i))
            out += zero_width_space;
        begins_line = c == '\n' || (begins_line && is_blank(c));
    }
    return out;
}

std::string strong(std::string shown, char before, char after, Markup markup)
{
    if (shown.empty() || markup == Markup::plain)
        return shown;
    if (markup == Markup::html)
        return "<strong>" + std::move(shown) + "</strong>";
    if (markup == Markup::markdown) {
        bool const seen = (!is_word(before) || is_word(shown.front())) && (!is_word(after) || is_word(shown.back()));
        return seen ? "**" + std::move(shown) + "**" : shown;
    }
    if (shown.find('*') != std::string::npos)
        return shown;
    return std::string(is_word(before) ? zero_width_space : "").append("*").append(shown).append("*").append(is_word(after) ? zero_width_space : "");
}

std::string link(std::string_view label, std::string_view address, Markup markup)
{
    bool const usable = begins_address(address) && address.find_first_of(" \n\t<>\"|()") == std::string_view::npos;
    if (!usable)
        return escaped(label, markup);
    switch (markup) {
        case Markup::plain: return std::string(label).append(": ").append(address);
        case Markup::google: return "<" + std::string(address) + "|" + escaped(google_label(label), markup) + ">";
        case Markup::mrkdwn: return "<" + escaped(address, markup) + "|" + escaped(label, markup) + ">";
        case Markup::markdown: return "[" + escaped(label, markup) + "](" + std::string(address) + ")";
        case Markup::html: return "<a href=\"" + escaped(address, markup) + "\">" + escaped(label, markup) + "</a>";
    }
    return std::string(label);
}

std::size_t length_in(std::string_view text, Unit unit)
{
    if (unit == Unit::bytes)
        return text.size();
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();)
        count += text::next_code_point(text, at) > 0xffff && unit == Unit::utf16 ? 2 : 1;
    return count;
}

std::string shortened(std::string_view text, std::size_t most, Unit unit)
{
    if (prefix_size(text, most, unit) == text.size())
        return std::string(text);
    auto const mark = unit == Unit::bytes ? ellipsis.size() : 1;
    if (most < mark)
        return {};
    auto kept = text.substr(0, prefix_size(text, most - mark, unit));
    while (!kept.empty() && is_blank(kept.back()))
        kept.remove_suffix(1);
    return std::string(kept).append(ellipsis);
}

std::string fitted(std::string_view text, std::size_t most, Unit unit)
{
    return Splitter(text, most, unit).last();
}

std::vector<std::string> split(std::string_view text, std::size_t most, Unit unit, std::size_t parts)
{
    std::vector<std::string> out;
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    Splitter splitter(text, most, unit);
    while (!splitter.done() && out.size() < parts) {
        if (out.size() + 1 == parts) {
            out.push_back(splitter.last());
            break;
        }
        if (auto const part = splitter.next(); !part.empty())
            out.emplace_back(part);
    }
    return out;
}

std::string entities_decoded(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const end = text[i] == '&' ? text.find(';', i) : std::string_view::npos;
        auto const code = end != std::string_view::npos && end - i <= longest_entity ? entity(text.substr(i + 1, end - i - 1)) : std::nullopt;
        if (!code) {
            out += text[i];
            continue;
        }
        text::append_code_point(out, *code);
        i = end;
    }
    return out;
}

std::string tidy(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (char const c : text) {
        if (!is_blank(c))
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

}  // namespace immunobot::channels
