#include "assistant/contacts.hpp"

#include "text/form_fields.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr std::string_view map_search = "https://www.openstreetmap.org/search?query=";
constexpr std::size_t longest_local_part = 64;   // of an e-mail address
constexpr std::size_t longest_street = 90;       // bytes between the kind of street and the post code

bool is_decimal(char c) { return c >= '0' && c <= '9'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
// Of a word: ASCII letters and digits, and all that is not ASCII.
bool is_word(char c) { return is_decimal(c) || is_small(c) || is_capital(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool is_label(char c) { return is_small(c) || is_decimal(c) || c == '-'; }

bool begins(std::string_view text, std::size_t at, std::string_view start)
{
    return text.substr(std::min(at, text.size())).starts_with(start);
}

template <class Test>
std::size_t skip(std::string_view text, std::size_t at, Test const& test, std::size_t most = std::string_view::npos)
{
    auto const end = most < text.size() - at ? at + most : text.size();
    while (at < end && test(text[at]))
        ++at;
    return at;
}

bool ends_word(std::string_view text, std::size_t at)
{
    return at == text.size() || !is_word(text[at]);
}

// Each of these gives where its kind ends if one begins at `at`, else `at`.

std::size_t end_of_mail(std::string_view text, std::size_t at)
{
    auto const is_local = [](char c) { return is_decimal(c) || is_small(c) || is_capital(c) || c == '_' || c == '.' || c == '+' || c == '-'; };
    auto const is_host = [](char c) { return is_decimal(c) || is_small(c) || is_capital(c) || c == '-'; };
    auto const sign = skip(text, at, is_local, longest_local_part);
    if (sign == at || sign == text.size() || text[sign] != '@')
        return at;
    auto end = skip(text, sign + 1, is_host);
    bool dotted = false;
    while (end > sign + 1 && end < text.size() && text[end] == '.') {
        auto const next = skip(text, end + 1, is_host);
        if (next == end + 1)
            break;
        end = next;
        dotted = true;
    }
    return dotted ? end : at;
}

// Up to white space, quotes or angle brackets, without the punctuation of the sentence.
std::size_t end_of_path(std::string_view text, std::size_t at)
{
    auto const begin = at;
    auto const stops = [&](std::size_t i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (c <= ' ' || c == '"' || c == '<' || c == '>')
            return true;
        return begins(text, i, "\xC2\xA0") || begins(text, i, "\xC2\xAB") || begins(text, i, "\xC2\xBB") || begins(text, i, "\xE2\x80\xAF");
    };
    while (at < text.size() && !stops(at))
        ++at;
    while (at > begin && std::string_view(".,;:!?)]'").find(text[at - 1]) != std::string_view::npos)
        --at;
    return at;
}

std::size_t end_of_web(std::string_view text, std::size_t at)
{
    for (std::string_view const scheme : {"https://", "http://"})
        if (begins(text, at, scheme)) {
            auto const end = end_of_path(text, at + scheme.size());
            return end > at + scheme.size() ? end : at;
        }
    return at;
}

// "www.example.org/page": small letters, and an ending that people write without a scheme.
std::size_t end_of_host(std::string_view text, std::size_t at)
{
    if (at > 0 && std::string_view("@.-/").find(text[at - 1]) != std::string_view::npos)
        return at;
    auto end = skip(text, at, [](char c) { return is_label(c) || c == '.'; });
    while (end > at && text[end - 1] == '.')
        --end;
    auto const name = text.substr(at, end - at);
    auto const dot = name.rfind('.');
    constexpr std::string_view endings[] = {"org", "com", "fr", "eu", "net", "edu"};
    if (dot == std::string_view::npos || dot == 0 || name.find("..") != std::string_view::npos || std::ranges::find(endings, name.substr(dot + 1)) == std::end(endings) ||
        !ends_word(text, end) || begins(text, end, "@"))
        return at;
    return begins(text, end, "/") ? std::max(end_of_path(text, end), end) : end;
}

// "04 91 26 94 94", "+33 (0)4 91 26 94 94", "+41 22 767 61 11", "0033 ...". Its digits are appended to `called`.
std::size_t end_of_phone(std::string_view text, std::size_t at, std::string& called)
{
    bool const abroad = begins(text, at, "+") || begins(text, at, "00");
    if (!abroad && !(begins(text, at, "0") && at + 1 < text.size() && text[at + 1] >= '1' && text[at + 1] <= '9'))
        return at;
    called = abroad ? "+" : "";
    std::size_t i = abroad ? at + (text[at] == '+' ? 1 : 2) : at;
    std::size_t end = i;
    while (i < text.size()) {
        if (is_decimal(text[i])) {
            called += text[i];
            end = ++i;
        } else if (abroad && begins(text, i, "(0)")) {
            i += 3;
        } else if (std::string_view(" .-").find(text[i]) != std::string_view::npos && i > 0 && (is_decimal(text[i - 1]) || text[i - 1] == ')') && i + 1 < text.size() && (is_decimal(text[i + 1]) || text[i + 1] == '(')) {
            ++i;
        } else {
            break;
        }
        if (!abroad && called.size() == 10)
            break;
    }
    auto const digits = called.size() - (abroad ? 1 : 0);
    bool const whole = abroad ? digits >= 9 && digits <= 15 && called[1] != '0' : digits == 10;
    return whole && ends_word(text, end) ? end : at;
}

std::size_t end_of_street_kind(std::string_view text, std::size_t at)
{
    for (std::string_view const kind : {"rue ", "avenue ", "boulevard ", "bd ", "place ", "chemin ", "cours ", "route ", "all\xC3\xA9" "e ", "traverse ", "quai ", "impasse "}) {
        auto const same = [&](std::size_t i) { return text[at + i] == kind[i] || (is_small(kind[i]) && text[at + i] == kind[i] - 32); };
        if (text.size() - at < kind.size())
            continue;
        std::size_t i = 0;
        while (i < kind.size() && same(i))
            ++i;
        if (i == kind.size())
            return at + i;
    }
    return at;
}

// "163 avenue de Luminy, 13009 Marseille": number, kind of street, its name, post code, town.
std::size_t end_of_place(std::string_view text, std::size_t at)
{
    auto i = skip(text, at, is_decimal, 4);
    if (i == at)
        return at;
    for (std::string_view const more : {" bis", " ter", "bis", "ter"})
        if (begins(text, i, more)) {
            i += more.size();
            break;
        }
    i += begins(text, i, ",") ? 1 : 0;
    if (!begins(text, i, " "))
        return at;
    auto const street = end_of_street_kind(text, i + 1);
    if (street == i + 1)
        return at;
    for (i = street; i < text.size() && i - street <= longest_street && std::string_view("\n;:").find(text[i]) == std::string_view::npos; ++i) {
        if (!is_decimal(text[i]) || is_word(text[i - 1]) || skip(text, i, is_decimal) != i + 5 || !begins(text, i + 5, " "))
            continue;
        auto const end = skip(text, i + 6, [](char c) { return c == '-' || (is_word(c) && !is_decimal(c)); });
        if (end > i + 6)
            return end;
    }
    return at;
}

std::size_t end_of_helpline(std::string_view text, std::size_t at)
{
    auto const end = skip(text, at, is_decimal);
    return end - at >= 2 && end - at <= 4 && ends_word(text, end) ? end : at;
}

// What begins at `at`; nothing has an empty address.
Contact contact_at(std::string_view text, std::size_t at, bool helplines)
{
    auto const span = [&](std::size_t end) { return std::string(text.substr(at, end - at)); };
    if (auto const end = end_of_mail(text, at); end > at)
        return {at, end, "mailto:" + span(end)};
    if (auto const end = end_of_web(text, at); end > at)
        return {at, end, span(end)};
    if (auto const end = end_of_host(text, at); end > at)
        return {at, end, "https://" + span(end)};
    std::string called;
    if (auto const end = end_of_phone(text, at, called); end > at)
        return {at, end, "tel:" + called};
    if (auto const end = end_of_place(text, at); end > at)
        return {at, end, std::string(map_search) + text::percent_encoded(span(end))};
    if (auto const end = helplines ? end_of_helpline(text, at) : at; end > at)
        return {at, end, "tel:" + span(end)};
    return {};
}

}  // namespace

std::vector<Contact> contacts_in(std::string_view text, std::size_t helplines)
{
    std::vector<Contact> found;
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool const starts = (is_word(text[at]) || text[at] == '+') && (at == 0 || !is_word(text[at - 1]));
        if (!starts)
            continue;
        if (auto contact = contact_at(text, at, at < helplines); contact.end > at) {
            at = contact.end - 1;
            found.push_back(std::move(contact));
        }
    }
    return found;
}

}  // namespace immunobot::assistant
