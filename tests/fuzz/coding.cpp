// Any bytes as the fields that choose how an asset is sent, and as its name.
#include "assets/asset.hpp"
#include "server/coding.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const coding = immunobot::server::best_coding(text);
    static_cast<void>(immunobot::server::has_tag(text, "0123456789abcdef"));
    if (!immunobot::server::has_tag(immunobot::server::entity_tag("0123456789abcdef", coding), "0123456789abcdef"))
        std::abort();
    if (auto const found = immunobot::assets::find_named(text); found.asset && found.asset->plain.empty())
        std::abort();
    return 0;
}
