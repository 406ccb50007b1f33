// Any bytes as a token and a key document, parted by a line end: neither proves anything, nor does harm.
#include "channels/jwt.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace immunobot::channels;
    std::string_view const all(reinterpret_cast<char const*>(data), size);
    auto const line = all.find('\n');
    auto const keys = line == std::string_view::npos ? std::string_view() : all.substr(line + 1);
    auto const checked = check_token(all.substr(0, line), keys, 1'767'605'400, 300);
    if (checked.proof == Proof::holds && !checked.claims.is_object())
        std::abort();
    return 0;
}
