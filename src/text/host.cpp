#include "text/host.hpp"

#include "text/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>

namespace immunobot::text {
namespace {

constexpr std::string_view mark = "xn--";
constexpr std::size_t longest_host = 253;    // RFC 1035
constexpr char32_t full_stop_of_han = 0x3002;

// The numbers of RFC 3492.
constexpr std::uint32_t base = 36;
constexpr std::uint32_t t_min = 1;
constexpr std::uint32_t t_max = 26;
constexpr std::uint32_t skew = 38;
constexpr std::uint32_t damp = 700;
constexpr std::uint32_t initial_bias = 72;
constexpr std::uint32_t initial_n = 128;

char digit(std::uint32_t value)
{
    return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26));
}

std::uint32_t adapted(std::uint32_t delta, std::uint32_t points, bool first)
{
    delta = first ? delta / damp : delta / 2;
    delta += delta / points;
    std::uint32_t k = 0;
    for (; delta > (base - t_min) * t_max / 2; k += base)
        delta /= base - t_min;
    return k + (base - t_min + 1) * delta / (delta + skew);
}

void append_number(std::string& out, std::uint32_t number, std::uint32_t bias)
{
    for (std::uint32_t k = base;; k += base) {
        auto const t = k <= bias ? t_min : std::min(k - bias, t_max);
        if (number < t)
            break;
        out += digit(t + (number - t) % (base - t));
        number = (number - t) / (base - t);
    }
    out += digit(number);
}

// A label of at most 253 code points: nothing overflows.
std::string punycode(std::u32string const& label)
{
    std::string out;
    for (auto const code : label)
        if (code < initial_n)
            out += static_cast<char>(code);
    auto const basic = static_cast<std::uint32_t>(out.size());
    auto handled = basic;
    if (basic > 0)
        out += '-';
    std::uint32_t n = initial_n;
    std::uint32_t delta = 0;
    for (std::uint32_t bias = initial_bias; handled < label.size(); ++delta, ++n) {
        std::uint32_t next = 0x10FFFF;
        for (auto const code : label)
            if (code >= n)
                next = std::min(next, static_cast<std::uint32_t>(code));
        delta += (next - n) * (handled + 1);
        n = next;
        for (auto const code : label) {
            if (code < n)
                ++delta;
            if (code != n)
                continue;
            append_number(out, delta, bias);
            bias = adapted(delta, handled + 1, handled == basic);
            delta = 0;
            ++handled;
        }
    }
    return out;
}

// As browsers read it: letters of other widths and shapes as the plain ones, small, composed.
std::optional<std::string> mapped(std::string_view host)
{
    utf8proc_uint8_t* plain = nullptr;
    auto const size = utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(host.data()), static_cast<utf8proc_ssize_t>(host.size()), &plain,
                                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE));
    std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> const held(plain, &std::free);
    if (size < 0)
        return std::nullopt;
    std::string_view const text(reinterpret_cast<char const*>(plain), static_cast<std::size_t>(size));
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        auto const code = next_code_point(text, at);
        append_code_point(out, code == full_stop_of_han ? U'.' : static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(code))));
    }
    return to_nfc(out);
}

}  // namespace

std::optional<std::string> ascii_host(std::string_view host)
{
    auto const read = mapped(host.substr(0, 4 * longest_host));
    if (!read || length(*read) > longest_host)
        return std::nullopt;
    std::string out;
    std::u32string label;
    auto const end_label = [&] {
        bool const plain = std::ranges::all_of(label, [](char32_t code) { return code < initial_n; });
        out += plain ? std::string() : std::string(mark);
        out += plain ? std::string(label.begin(), label.end()) : punycode(label);
        label.clear();
    };
    for (std::size_t at = 0; at < read->size();) {
        auto const code = next_code_point(*read, at);
        if (code != U'.') {
            label += code;
            continue;
        }
        end_label();
        out += '.';
    }
    end_label();
    return out.size() <= longest_host ? std::optional(out) : std::nullopt;
}

bool has_other_letters(std::string_view ascii_host)
{
    return ascii_host.starts_with(mark) || ascii_host.find("." + std::string(mark)) != std::string_view::npos;
}

}  // namespace immunobot::text
