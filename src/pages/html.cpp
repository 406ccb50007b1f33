#include "pages/html.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <array>

namespace immunobot::pages {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

constexpr std::array<std::string_view, 4> schemes = {"https://", "http://", "mailto:", "tel:"};

char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

bool begins_with(std::string_view text, std::string_view start)
{
    return text.size() >= start.size() &&
           std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

bool is_control(char c)
{
    auto const byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

// Where the address that begins at `at` ends: before white space, quotes, angle brackets, and the punctuation of the sentence.
std::size_t end_of_address(std::string_view text, std::size_t at)
{
    auto end = std::min(text.find_first_of(" \t\r\n\"<>", at), text.size());
    if (auto const space = text.find("\xC2\xA0", at); space < end)
        end = space;
    while (end > at && std::string_view(".,;:!?)'").find(text[end - 1]) != std::string_view::npos)
        --end;
    return end;
}

std::size_t find_address(std::string_view text, std::size_t from)
{
    return std::min(text.find("https://", from), text.find("http://", from));
}

}  // namespace

void append_escaped(std::string& out, std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        char const c = text[i];
        auto const byte = static_cast<unsigned char>(c);
        auto const size = byte < 0x80 ? std::size_t{1} : text::character_size(text, i);
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default:
                if (size == 0 || (is_control(c) && c != '\n' && c != '\t' && c != '\r'))
                    out += replacement;
                else
                    out.append(text.substr(i, size));
        }
        i += std::max<std::size_t>(size, 1);
    }
}

std::string_view safe_address(std::string_view address)
{
    if (address.empty() || std::any_of(address.begin(), address.end(), is_control) || address.find('\\') != std::string_view::npos)
        return {};
    if (std::any_of(schemes.begin(), schemes.end(), [&](auto scheme) { return begins_with(address, scheme); }))
        return address;
    auto const stop = address.find_first_of(":/?#");
    bool const has_scheme = stop != std::string_view::npos && address[stop] == ':';
    return has_scheme || address.starts_with("//") || address.front() == ' ' ? std::string_view() : address;
}

Html& Html::json(std::string_view text)
{
    for (char const c : text) {
        switch (c) {
            case '<': bytes_ += "\\u003c"; break;
            case '>': bytes_ += "\\u003e"; break;
            case '&': bytes_ += "\\u0026"; break;
            default: bytes_ += c;
        }
    }
    return *this;
}

Html& Html::linked(std::string_view text)
{
    std::size_t done = 0;
    for (auto at = find_address(text, 0); at != std::string_view::npos; at = find_address(text, done)) {
        auto const end = end_of_address(text, at);
        auto const address = text.substr(at, end - at);
        (*this)(text.substr(done, at - done));
        if (address.size() > std::string_view("https://").size() && !safe_address(address).empty())
            (*this)("<a href=\"", address, "\" rel=\"noopener noreferrer\">", address, "</a>");
        else
            (*this)(address);
        done = std::max(end, at + 1);
        if (end <= at)
            (*this)(text.substr(at, 1));
    }
    return (*this)(text.substr(done));
}

}  // namespace immunobot::pages
