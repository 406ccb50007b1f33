#include "server/public_address.hpp"

#include <algorithm>
#include <cstdint>

namespace immunobot::server {
namespace {

namespace ip = boost::asio::ip;

bool in(ip::address_v4 const& address, std::uint32_t network, int bits)
{
    return ((address.to_uint() ^ network) >> (32 - bits)) == 0;
}

bool is_public_v4(ip::address_v4 const& address)
{
    struct Network {
        std::uint32_t first;
        int bits;
    };
    constexpr Network reserved[] = {
        {0x00000000, 8}, {0x0a000000, 8}, {0x64400000, 10}, {0x7f000000, 8}, {0xa9fe0000, 16}, {0xac100000, 12}, {0xc0000000, 24},
        {0xc0000200, 24}, {0xc0586300, 24}, {0xc0a80000, 16}, {0xc6120000, 15}, {0xc6336400, 24}, {0xcb007100, 24}, {0xe0000000, 3}};
    return std::ranges::none_of(reserved, [&](Network const& one) { return in(address, one.first, one.bits); });
}

bool is_public_v6(ip::address_v6 const& address)
{
    auto const bytes = address.to_bytes();
    if (address.is_v4_mapped())
        return is_public_v4(ip::make_address_v4(ip::v4_mapped, address));
    bool const global = (bytes[0] & 0xe0) == 0x20;   // 2000::/3 is all that is given out
    bool const documentation = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8;
    bool const tunnelled = bytes[0] == 0x20 && (bytes[1] == 0x02 || (bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0));  // 6to4, Teredo
    return global && !documentation && !tunnelled;
}

}  // namespace

bool is_public(ip::address const& address)
{
    return address.is_v4() ? is_public_v4(address.to_v4()) : is_public_v6(address.to_v6());
}

}  // namespace immunobot::server
