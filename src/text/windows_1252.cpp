#include "text/windows_1252.hpp"

#include "text/utf8.hpp"

#include <array>
#include <cstdint>

namespace immunobot::text {
namespace {

// From 0x80 to 0x9F; 0: there is no letter. The others are the code points of their number.
constexpr std::array<std::uint16_t, 32> high = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
                                                0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

}  // namespace

std::optional<std::string> from_windows_1252(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (char const c : bytes) {
        unsigned const byte = static_cast<unsigned char>(c);
        unsigned const point = byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
        if (point == 0)
            return std::nullopt;
        append_code_point(out, point);
    }
    return out;
}

}  // namespace immunobot::text
