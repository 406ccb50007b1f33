#include "staff/secret.hpp"

#include "knowledge/sha256.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace immunobot::staff {

std::string new_secret()
{
    if (sodium_init() < 0)
        throw std::runtime_error("the system has no source of random numbers");
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    constexpr int form = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string out(sodium_base64_ENCODED_LEN(bytes.size(), form), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), form);
    out.pop_back();  // the NUL that the C function adds
    return out;
}

std::string digest_of(std::string_view secret)
{
    return knowledge::sha256_hex(secret);
}

bool same_secret(std::string_view one, std::string_view other)
{
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace immunobot::staff
