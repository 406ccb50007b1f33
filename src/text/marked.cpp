#include "text/marked.hpp"

#include <algorithm>

namespace immunobot::text {
namespace {

constexpr std::string_view stars = "**";
constexpr std::string_view secure = "https://";
constexpr std::string_view mail = "mailto:";
constexpr std::string_view phone = "tel:";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Behind exactly two asterisks that begin at `at`; else `at`.
std::size_t end_of_stars(std::string_view text, std::size_t at)
{
    bool const two = text.substr(at, stars.size()) == stars && (at == 0 || text[at - 1] != '*');
    return two && text.substr(at + stars.size(), 1) != "*" ? at + stars.size() : at;
}

// Where the asterisks stand that end what those before `begin` begin; npos: there are none. Looks no further than the next two
// asterisks, so that all of it together is linear.
std::size_t closing_stars(std::string_view text, std::size_t begin)
{
    if (begin == text.size() || is_blank(text[begin]))
        return std::string_view::npos;
    for (auto at = begin; at < text.size() && text[at] != '\n'; ++at)
        if (end_of_stars(text, at) > at)
            return is_blank(text[at - 1]) ? std::string_view::npos : at;
    return std::string_view::npos;
}

bool may_stand_in_address(char c)
{
    return static_cast<unsigned char>(c) > ' ' && c != '\x7f' && std::string_view("()[]<>\"|*\\`").find(c) == std::string_view::npos;
}

bool is_mail_address(std::string_view text)
{
    auto const fits = [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_' || c == '+'; };
    auto const sign = text.find('@');
    if (sign == std::string_view::npos || sign == 0)
        return false;
    auto const host = text.substr(sign + 1);
    auto const dot = host.find('.');
    return std::ranges::all_of(text.substr(0, sign), fits) && std::ranges::all_of(host, fits) && dot != std::string_view::npos && dot > 0 && host.back() != '.';
}

bool is_number(std::string_view text)
{
    auto const fits = [](char c) { return is_digit(c) || c == '.' || c == '-'; };
    auto const digits = text.substr(text.starts_with('+') ? 1 : 0);
    return !digits.empty() && is_digit(digits.front()) && std::ranges::all_of(digits, fits);
}

bool is_followed(std::string_view address)
{
    if (address.starts_with(mail))
        return is_mail_address(address.substr(mail.size()));
    if (address.starts_with(phone))
        return is_number(address.substr(phone.size()));
    if (!address.starts_with(secure))
        return false;
    auto const rest = address.substr(secure.size());
    auto const host = rest.substr(0, rest.find_first_of("/?#"));
    return !host.empty() && (is_letter(host[0]) || is_digit(host[0])) && host.find('@') == std::string_view::npos;   // "https://good.org@evil.org" leads to the latter
}

// What of an address is for people to read or type.
std::string_view readable(std::string_view address)
{
    return address.starts_with(mail) ? address.substr(mail.size()) : address.starts_with(phone) ? address.substr(phone.size()) : address;
}

bool says(std::string_view label, std::string_view address)
{
    auto const read = readable(address);
    return label == read || (read.starts_with(secure) && label == read.substr(secure.size()));
}

// A label that looks like an address is believed to be the one that is followed.
bool misleads(std::string_view label, std::string_view address)
{
    return (label.find("://") != std::string_view::npos || label.starts_with("www.")) && !says(label, address);
}

struct Link {
    std::string_view label;
    std::string_view address;
    std::size_t end = 0;   // behind it; 0: there is none
};

// The label ends at the next bracket of either kind and the address at the next that may not stand in it: linear as well.
Link link_at(std::string_view text, std::size_t at)
{
    auto const middle = std::min(text.find_first_of("[]\n", at + 1), text.size());
    auto const label = text.substr(at + 1, middle - at - 1);
    if (label.empty() || is_blank(label.front()) || is_blank(label.back()) || text.substr(middle, 2) != "](")
        return {};
    auto const begin = middle + 2;
    auto const end = static_cast<std::size_t>(std::ranges::find_if_not(text.substr(begin), may_stand_in_address) - text.substr(begin).begin()) + begin;
    auto const address = text.substr(begin, end - begin);
    if (text.substr(end, 1) != ")" || !is_followed(address) || misleads(label, address))
        return {};
    return {label, address, end + 1};
}

class Reader {
public:
    explicit Reader(Marked& out) : out_(out) {}

    void read(std::string_view text, bool in_strong = false)
    {
        for (std::size_t at = 0; at < text.size();) {
            auto const inside = in_strong ? at : end_of_stars(text, at);
            auto const closing = inside > at ? closing_stars(text, inside) : std::string_view::npos;
            auto const link = text[at] == '[' ? link_at(text, at) : Link{};
            if (closing != std::string_view::npos) {
                strong([&] { read(text.substr(inside, closing - inside), true); });
                at = closing + stars.size();
            } else if (link.end > 0) {
                put(link, in_strong);
                at = link.end;
            } else {
                out_.text += text[at++];
            }
        }
    }

private:
    template <class Inside>
    void strong(Inside const& inside)
    {
        auto const number = out_.marks.size();
        out_.marks.push_back({out_.text.size()});
        inside();
        out_.marks[number].end = out_.marks[number].shown = out_.text.size();
    }

    // "[**label**](address)" is a strong link.
    void put(Link const& link, bool in_strong)
    {
        auto const inside = end_of_stars(link.label, 0);
        if (!in_strong && inside > 0 && closing_stars(link.label, inside) == link.label.size() - stars.size())
            return strong([&] { put({link.label.substr(inside, link.label.size() - 2 * stars.size()), link.address, link.end}, true); });
        Mark mark{out_.text.size(), 0, 0, std::string(link.address)};
        out_.text += link.label;
        mark.shown = out_.text.size();
        if (!says(link.label, link.address))
            out_.text.append(" (").append(readable(link.address)).append(")");
        mark.end = out_.text.size();
        out_.marks.push_back(std::move(mark));
    }

    Marked& out_;
};

}  // namespace

Marked marked(std::string_view written)
{
    Marked out;
    out.text.reserve(written.size());
    Reader(out).read(written);
    return out;
}

void move_by(std::vector<Mark>& marks, std::size_t bytes)
{
    for (auto& mark : marks) {
        mark.begin += bytes;
        mark.end += bytes;
        mark.shown += bytes;
    }
}

std::string without_marks(std::string_view written)
{
    return marked(written).text;
}

LocalText without_marks(LocalText const& written)
{
    return {without_marks(written.en), without_marks(written.fr)};
}

}  // namespace immunobot::text
