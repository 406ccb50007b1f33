#include "base/digest.hpp"

#include <bit>
#include <cstring>

namespace immunobot {

void Digest::mix(std::uint64_t word)
{
    // As in MurmurHash3, with both halves fed by every word.
    one_ = std::rotl(one_ ^ (word * 0x87c37b91114253d5u), 27) * 5 + 0x52dce729u + two_;
    two_ = std::rotl(two_ ^ (word * 0x4cf5ad432745937fu), 31) * 0x9e3779b97f4a7c15u + one_;
}

Digest& Digest::add(std::string_view part)
{
    add(std::uint64_t{part.size()});
    std::uint64_t word = 0;
    for (; part.size() >= sizeof word; part.remove_prefix(sizeof word)) {
        std::memcpy(&word, part.data(), sizeof word);
        mix(word);
    }
    word = 0;
    if (!part.empty())  // an empty view may have no address at all
        std::memcpy(&word, part.data(), part.size());
    mix(word);
    return *this;
}

Digest& Digest::add(std::uint64_t number)
{
    mix(number);
    return *this;
}

std::string Digest::text() const
{
    Digest last = *this;
    last.mix(one_);
    last.mix(two_);
    last.mix(0);
    std::string out;
    for (std::uint64_t const half : {last.one_, last.two_})
        for (int shift = 60; shift >= 0; shift -= 4)
            out += "0123456789abcdef"[half >> shift & 15u];
    return out;
}

}  // namespace immunobot
