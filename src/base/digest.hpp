// A short fingerprint of long inputs: tells whether two of them differ by accident. It is fast and not for secrets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace immunobot {

class Digest {
public:
    // Each part is told from its neighbours: ("ab", "c") and ("a", "bc") differ.
    Digest& add(std::string_view part);
    Digest& add(std::uint64_t number);
    // 32 hexadecimal digits.
    std::string text() const;

private:
    void mix(std::uint64_t word);

    std::uint64_t one_ = 0x243f6a8885a308d3u;
    std::uint64_t two_ = 0x13198a2e03707344u;
};

}  // namespace immunobot
