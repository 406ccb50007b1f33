#include "channels/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace immunobot::channels {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

unsigned char const* bytes_of(std::string_view text)
{
    return reinterpret_cast<unsigned char const*>(text.data());
}

}  // namespace

std::string hmac_sha256(std::string_view key, std::string_view message)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(message), message.size(), digest.data(),
         &size);
    return {reinterpret_cast<char const*>(digest.data()), size};
}

std::string to_base64(std::string_view bytes)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto const left = bytes.size() - i;
        unsigned group = static_cast<unsigned char>(bytes[i]) * 65536U;
        if (left > 1)
            group += static_cast<unsigned char>(bytes[i + 1]) * 256U;
        if (left > 2)
            group += static_cast<unsigned char>(bytes[i + 2]);
        out += alphabet[group >> 18];
        out += alphabet[group >> 12 & 63];
        out += left > 1 ? alphabet[group >> 6 & 63] : '=';
        out += left > 2 ? alphabet[group & 63] : '=';
    }
    return out;
}

std::optional<std::string> from_base64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::size_t const padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    std::string out;
    out.reserve(text.size() / 4 * 3);
    unsigned group = 0;
    for (std::size_t i = 0; i < text.size() - padding; ++i) {
        auto const value = alphabet.find(text[i]);
        if (value == std::string_view::npos)
            return std::nullopt;
        group = group << 6 | static_cast<unsigned>(value);
        if (i % 4 != 0)
            out += static_cast<char>(group >> (6 - i % 4 * 2) & 255);
    }
    return out;
}

bool same_secret(std::string_view secret, std::string_view given)
{
    return !secret.empty() && secret.size() == given.size() &&
           CRYPTO_memcmp(secret.data(), given.data(), secret.size()) == 0;
}

}  // namespace immunobot::channels
