#include "text/host.hpp"

#include <idn2.h>

#include <memory>

namespace immunobot::text {
namespace {

constexpr std::string_view mark = "xn--";
constexpr std::size_t longest_host = 253;    // RFC 1035; a letter beyond ASCII takes more than one byte here, and more there

}  // namespace

std::optional<std::string> ascii_host(std::string_view host)
{
    if (host.size() > 4 * longest_host || host.find('\0') != std::string_view::npos)
        return std::nullopt;
    char* known = nullptr;
    int const failed = idn2_to_ascii_8z(std::string(host).c_str(), &known, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    std::unique_ptr<char, decltype(&idn2_free)> const held(known, &idn2_free);
    if (failed != IDN2_OK || known == nullptr)
        return std::nullopt;
    std::string out(known);
    return out.size() <= longest_host ? std::optional(std::move(out)) : std::nullopt;
}

bool has_other_letters(std::string_view ascii_host)
{
    return ascii_host.starts_with(mark) || ascii_host.find("." + std::string(mark)) != std::string_view::npos;
}

}  // namespace immunobot::text
