#include "server/head_rules.hpp"

#include "text/trim.hpp"

#include <algorithm>
#include <array>

namespace immunobot::server {
namespace {

constexpr char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

constexpr bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr bool is_letter_or_digit(char c)
{
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z');
}

constexpr bool is_hex(char c)
{
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}

constexpr std::array<bool, 256> target_characters = [] {
    std::array<bool, 256> allowed{};
    for (std::size_t c = 0; c < 128; ++c)
        allowed[c] = is_letter_or_digit(static_cast<char>(c));
    for (char const c : std::string_view("-._~!$&'()*+,;=:@/?"))
        allowed[static_cast<unsigned char>(c)] = true;
    return allowed;
}();

bool is_port(std::string_view port)
{
    return port.size() <= 5 && std::all_of(port.begin(), port.end(), is_digit);
}

// `type`, in UTF-8 if a charset is named at all.
bool is_text_type(std::string_view content_type, std::string_view type)
{
    auto const end = std::min(content_type.find(';'), content_type.size());
    if (!same_letters(text::trimmed_field(content_type.substr(0, end)), type))
        return false;
    if (end == content_type.size())
        return true;
    auto const parameter = text::trimmed_field(content_type.substr(end + 1));
    return parameter.empty() || same_letters(parameter, "charset=utf-8") || same_letters(parameter, "charset=\"utf-8\"");
}

Problem check_framing(Request const& request)
{
    auto const& coding = request.header(Known::transfer_encoding);
    auto const& length = request.header(Known::content_length);
    if (length.count > 1 || coding.count > 1 || (coding.count == 1 && length.count == 1))
        return Problem::bad_framing;
    if (coding.count == 1 && (request.version != 11 || !same_letters(coding.value, "chunked")))
        return Problem::bad_framing;
    if (length.count == 1 && !std::all_of(length.value.begin(), length.value.end(), is_digit))
        return Problem::bad_framing;
    return Problem::none;
}

Problem check_single_fields(Request const& request)
{
    for (auto const which : {Known::content_type, Known::origin, Known::authorization, Known::expect})
        if (request.header(which).count > 1)
            return Problem::bad_request;
    return Problem::none;
}

}  // namespace

bool same_letters(std::string_view one, std::string_view other)
{
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

bool is_valid_host(std::string_view host)
{
    if (host.empty() || host.size() > 255)
        return false;
    if (host.front() == '[') {
        auto const end = host.find(']');
        if (end == std::string_view::npos || end < 3)
            return false;
        auto const address = host.substr(1, end - 1);
        auto const rest = host.substr(end + 1);
        return std::all_of(address.begin(), address.end(), [](char c) { return is_hex(c) || c == ':' || c == '.'; }) &&
               (rest.empty() || (rest.front() == ':' && is_port(rest.substr(1))));
    }
    auto const colon = std::min(host.find(':'), host.size());
    auto const host_name = host.substr(0, colon);
    return !host_name.empty() &&
           std::all_of(host_name.begin(), host_name.end(),
                       [](char c) { return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_'; }) &&
           (colon == host.size() || is_port(host.substr(colon + 1)));
}

bool is_valid_target(std::string_view target)
{
    if (target.empty() || target.front() != '/')
        return false;
    for (std::size_t i = 0; i < target.size(); ++i) {
        if (target_characters[static_cast<unsigned char>(target[i])])
            continue;
        if (target[i] != '%' || target.size() - i < 3 || !is_hex(target[i + 1]) || !is_hex(target[i + 2]))
            return false;
    }
    return true;
}

bool is_json_type(std::string_view content_type)
{
    return is_text_type(content_type, "application/json");
}

bool is_form_type(std::string_view content_type)
{
    return is_text_type(content_type, "application/x-www-form-urlencoded");
}

Problem check_head(Request const& request)
{
    auto const& host = request.header(Known::host);
    if (host.count > 1 || (host.count == 0 && request.version == 11) || (host.count == 1 && !is_valid_host(host.value)))
        return Problem::bad_host;
    if (auto const framing = check_framing(request); framing != Problem::none)
        return framing;
    if (!is_valid_target(request.target))
        return Problem::bad_target;
    if (request.method == Method::other)
        return Problem::method_unknown;
    if (auto const doubled = check_single_fields(request); doubled != Problem::none)
        return doubled;
    auto const& expect = request.header(Known::expect);
    if (expect.count == 1 && !same_letters(expect.value, "100-continue"))
        return Problem::expectation_failed;
    if (request.header(Known::content_encoding).count > 0)
        return Problem::unsupported_coding;
    return Problem::none;
}

}  // namespace immunobot::server
